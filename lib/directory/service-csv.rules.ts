import { profileChange, type ProfileWords } from '@/lib/directory/profile.schema';
import { SERVICE_COLUMNS, serviceCells, type ServiceChange, type ServiceColumn, type ServiceNow, type ServiceSettings } from '@/lib/directory/service-csv.schema';
import type { CsvFault } from '@/lib/platform/errors';
import { ok, refuse, type Result } from '@/lib/platform/result';

/** One row of a file of services; columns that the file has not are left out. */
export type ServiceRecord = { row: number; cells: Readonly<Partial<Record<string, string>>> };

/**
 * What a file of services changes in those of whoever sent it; rows that change nothing are left out. A cell that is as the service already
 * is is never a fault. Refuses with every fault at once, by the rules of the profile's own forms. Source: docs/rules.md#files.
 */
export function planServices(records: readonly ServiceRecord[], services: readonly ServiceNow[]): Result<ServiceChange[], readonly CsvFault[]> {
  const faults: CsvFault[] = [];
  const seen = new Map<string, number>();
  const changes = records.flatMap(({ row, cells }) => {
    const dosId = cells['dos_id'] ?? '';
    const service = services.find((own) => own.dosId === dosId);
    const before = seen.get(dosId);
    if (!service) faults.push({ row, column: 'dos_id', message: dosIdFault(dosId) });
    if (service && before) faults.push({ row, column: 'dos_id', message: `Row ${before} has the same service` });
    if (!service || before) return [];
    seen.set(dosId, row);
    const changed = changedCells(service, cells);
    const settings = settingsFrom(changed);
    if (!settings.ok) faults.push(...Object.entries(settings.error).map(([column, message]) => ({ row, column, message })));
    return changed.length > 0 ? [{ serviceId: service.id, version: service.version, serviceName: service.name, cells: changed }] : [];
  });
  return faults.length > 0 ? refuse(faults) : ok(changes);
}

/** The settings that these cells say, or what is wrong by column. Only the columns that are there are set. */
export function settingsFrom(cells: readonly { column: ServiceColumn; after: string }[]): Result<Partial<ServiceSettings>, Partial<Record<ServiceColumn, string>>> {
  const faults: Partial<Record<ServiceColumn, string>> = {};
  const settings: Partial<ServiceSettings> = {};
  for (const { column, after } of cells) {
    const read = READERS[column](after);
    if (read.ok) Object.assign(settings, read.value);
    else faults[column] = read.error;
  }
  return Object.keys(faults).length > 0 ? refuse(faults) : ok(settings);
}

function changedCells(service: ServiceNow, cells: ServiceRecord['cells']): ServiceChange['cells'] {
  const now = serviceCells(service);
  return SERVICE_COLUMNS.flatMap((column) => {
    const after = cells[column];
    const before = now[column];
    return after === undefined || plain(after) === plain(before) ? [] : [{ column, before, after: plain(after) }];
  });
}

// Spreadsheets have their own line ends.
function plain(cell: string): string {
  return cell.replace(/\r\n?/g, '\n').trim();
}

function dosIdFault(dosId: string): string {
  if (!dosId) return 'Enter the DoS id of the service';
  return /^\d+([.,]\d+)?E\+?\d+$/i.test(dosId) ? 'A spreadsheet has shortened this number: enter the whole DoS id, as text' : 'You run no service with this DoS id';
}

type Read = Result<Partial<ServiceSettings>, string>;

const READERS: Record<ServiceColumn, (cell: string) => Read> = {
  dos_id: () => ok({}),
  name: readName,
  is_bookable: (cell) => yesOrNo(cell, (isBookable) => ({ isBookable })),
  is_booking_only: (cell) => yesOrNo(cell, (isBookingOnly) => ({ isBookingOnly })),
  hold_minutes: (cell) => booking({ holdMinutes: cell }),
  cancel_by: (cell) => (cell === 'any' || cell === 'booker' ? ok({ cancelBy: cell }) : refuse('Enter any or booker')),
  handler_instructions: (cell) => words({ handlerInstructions: cell }),
  patient_information: (cell) => words({ patientInformation: cell }),
  access_needs: (cell) => words({ accessNeeds: cell }),
  public_phone: (cell) => words({ publicPhone: cell }),
  staff_phone: (cell) => words({ staffPhone: cell }),
  website: (cell) => words({ website: cell }),
};

function readName(cell: string): Read {
  const read = profileChange.safeParse({ section: 'place', name: cell, address: '-', postcode: '-' });
  if (!read.success) return refuse(firstFault(read.error));
  return ok(read.data.section === 'place' ? { name: read.data.name } : {});
}

function yesOrNo(cell: string, settingsOf: (value: boolean) => Partial<ServiceSettings>): Read {
  const word = cell.toLowerCase();
  if (word === 'yes' || word === 'true') return ok(settingsOf(true));
  return word === 'no' || word === 'false' ? ok(settingsOf(false)) : refuse('Enter yes or no');
}

function booking({ holdMinutes }: { holdMinutes: string }): Read {
  const read = profileChange.safeParse({ section: 'booking', isBookable: 'yes', cancelBy: 'any', holdMinutes });
  if (!read.success) return refuse(firstFault(read.error));
  return ok(read.data.section === 'booking' ? { holdMinutes: read.data.holdMinutes } : {});
}

function words(cell: Partial<Record<keyof ProfileWords, string>>): Read {
  const read = profileChange.safeParse({ section: 'words', ...cell });
  if (!read.success) return refuse(firstFault(read.error));
  const said = read.data.section === 'words' ? Object.entries(read.data.words).filter(([name]) => name in cell) : [];
  return ok(Object.fromEntries(said));
}

function firstFault({ issues }: { issues: readonly { message: string }[] }): string {
  return issues[0]?.message ?? 'This cannot be read';
}
