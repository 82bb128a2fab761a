import { expect, test } from 'vitest';
import { capacityRequest } from '@/lib/directory/capacity.schema';
import { fieldErrors } from '@/lib/platform/form';

const NOW = new Date('2026-11-24T10:00:00Z');
const ONE = '2026-11-24T13:00:00.000Z';
const FORM = { serviceId: 'a service', colour: 'amber', note: ' One nurse is ill ', resetsAt: ONE };
const faults = (values: unknown) => {
  const read = capacityRequest(NOW).safeParse(values);
  return read.success ? {} : fieldErrors(read.error);
};

test('D-028: colour, note and reset time as chosen; green has no reset time, and an empty one is the end of the day', () => {
  expect(capacityRequest(NOW).parse(FORM)).toEqual({ serviceId: 'a service', colour: 'amber', note: 'One nurse is ill', resetsAt: new Date(ONE) });
  expect(capacityRequest(NOW).parse({ ...FORM, colour: 'green', note: '' })).toEqual({ serviceId: 'a service', colour: 'green', note: null, resetsAt: null });
  expect(capacityRequest(NOW).parse({ ...FORM, colour: 'red', resetsAt: '' })).toMatchObject({ colour: 'red', resetsAt: null });
});

test('D-029: at most five days ahead', () => {
  expect(faults({ ...FORM, resetsAt: '2026-11-29T10:00:00.000Z' })).toEqual({});
  expect(faults({ ...FORM, resetsAt: '2026-11-29T10:15:00.000Z' })).toEqual({ resetsAt: 'Choose a time at most five days ahead' });
});

test('every fault is told at its field', () => {
  expect(faults({ colour: 'blue', note: 'x'.repeat(201), resetsAt: 'soon' })).toEqual({
    colour: 'Choose green, amber or red',
    note: 'Enter at most 200 characters',
    resetsAt: 'Choose when it ends',
  });
});
