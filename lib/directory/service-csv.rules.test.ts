import { expect, test } from 'vitest';
import { planServices } from '@/lib/directory/service-csv.rules';
import { SERVICE_COLUMNS, serviceCells, type ServiceNow } from '@/lib/directory/service-csv.schema';

const SERVICE: ServiceNow = {
  ...{ id: 'one', dosId: '2000081434', version: 3, name: 'Leeds UTC', isBookable: true, isBookingOnly: false, holdMinutes: 5, cancelBy: 'any' },
  ...{ handlerInstructions: 'Ask for the blue door.\nIt is at the back.', patientInformation: null, accessNeeds: null, publicPhone: 'see the website', staffPhone: null, website: null },
};

const plan = (...rows: Record<string, string>[]) => planServices(rows.map((cells, index) => ({ row: index + 2, cells })), [SERVICE]);

test('a service as it is exported changes nothing, also where an old value would not be let in today', () => {
  expect(plan(serviceCells(SERVICE))).toEqual({ ok: true, value: [] });
});

test('only the columns of the file change, and each is shown before and after', () => {
  expect(plan({ dos_id: '2000081434', is_bookable: 'No', hold_minutes: '8' })).toEqual({
    ok: true,
    value: [{ serviceId: 'one', version: 3, serviceName: 'Leeds UTC', cells: [{ column: 'is_bookable', before: 'yes', after: 'No' }, { column: 'hold_minutes', before: '5', after: '8' }] }],
  });
});

test('the line ends of a spreadsheet are no change', () => {
  expect(plan({ dos_id: '2000081434', handler_instructions: 'Ask for the blue door.\r\nIt is at the back. ' })).toEqual({ ok: true, value: [] });
});

test.each([
  ['dos_id', { dos_id: '999' }, 'You run no service with this DoS id'],
  ['dos_id', { dos_id: '2.00008E+09' }, 'A spreadsheet has shortened this number: enter the whole DoS id, as text'],
  ['dos_id', { dos_id: '' }, 'Enter the DoS id of the service'],
  ['name', { name: '' }, 'Enter the name of the service'],
  ['is_bookable', { is_bookable: 'maybe' }, 'Enter yes or no'],
  ['hold_minutes', { hold_minutes: '16' }, 'Enter a whole number of minutes from 1 to 15'],
  ['cancel_by', { cancel_by: 'nobody' }, 'Enter any or booker'],
  ['public_phone', { public_phone: 'ring us' }, 'Enter a telephone number, such as 01632 960001'],
  ['website', { website: 'example' }, 'Enter a whole address, such as https://www.example.com'],
])('a fault in %s is named with its row and column', (column, cells, message) => {
  expect(plan({ dos_id: '2000081434', ...cells })).toEqual({ ok: false, error: [{ row: 2, column, message }] });
});

test('every fault of every row is named, also a service that is there twice', () => {
  const outcome = plan({ dos_id: '2000081434', is_bookable: 'x', hold_minutes: 'x' }, { dos_id: '999' }, { dos_id: '2000081434' });
  expect(!outcome.ok && outcome.error.map(({ row, column }) => `${row} ${column}`)).toEqual(['2 is_bookable', '2 hold_minutes', '3 dos_id', '4 dos_id']);
});

test('there is a cell for every column', () => {
  expect(Object.keys(serviceCells(SERVICE))).toEqual([...SERVICE_COLUMNS]);
});
