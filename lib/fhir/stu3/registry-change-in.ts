import type { Fault } from '@/lib/fhir/shared/route';
import { OTHER_ID } from '@/lib/fhir/stu3/appointment-change-in';
import { requiredCode, within, type Place } from '@/lib/fhir/stu3/place';
import { readEntry, type ReadEntry } from '@/lib/fhir/stu3/registry-in';
import type { SentEntry } from '@/lib/fhir/stu3/registry-schema';
import { unsoundIn } from '@/lib/fhir/stu3/unsound';
import type { ApiEntry, EntryChange, RegistrableStatus } from '@/lib/registry/api-entry.schema';

/** What a change is asked of: the raw body, the entry of the address, the version that was read, and who asks, by ODS code. */
type Asked = { body: unknown; entryId: string; version: number; now: Date; root: string; registrarCode: string };

/** `fault`: what is wrong with the body by itself, which the change has for its differences; null when nothing is. */
type Wanted = { change: EntryChange; fault: Fault | null };

const STATUSES = ['booked', 'cancelled', 'entered-in-error'] as const satisfies readonly RegistrableStatus[];

const NO_SERVICE = { dosId: null, name: null };

/**
 * What the body of an update wants of an entry, and what else it says otherwise (B-923 to B-925). Faults of the body are differences
 * to the command, so that it tells in the order of section 8 first who may change the entry, and which version is the newest.
 */
export function toEntryChange(sent: SentEntry, { body, entryId, version, now, root, registrarCode }: Asked): Wanted {
  if (sent.id !== undefined && sent.id.toLowerCase() !== entryId.toLowerCase()) return unfit({ entryId, version, now }, OTHER_ID);
  const place: Place = { path: 'Appointment', faults: unsoundIn('Appointment', body) };
  const status = requiredCode(within(place, 'status'), { sent: sent.status, codes: STATUSES });
  const entry = readEntry(place, { sent, now, root });
  if (!status || !entry || place.faults.length > 0) return unfit({ entryId, version, now }, { status: 422, issues: place.faults });
  const { startsAt, endsAt } = entry;
  const differences = (read: ApiEntry) => differencesOf(entry, { read, registrarCode });
  return { change: { entryId, version, wanted: { status, startsAt, endsAt }, differences }, fault: null };
}

/** A change that is refused for its differences whatever it wants. */
function unfit({ entryId, version, now }: Pick<Asked, 'entryId' | 'version' | 'now'>, fault: Fault): Wanted {
  const elements = fault.issues.map(({ expression }) => expression ?? 'Appointment');
  return { change: { entryId, version, wanted: { status: 'booked', startsAt: now, endsAt: now }, differences: () => elements }, fault };
}

/** Where a body says something else than the entry that was read, by meaning (B-610), besides status, start and end. */
function differencesOf(sent: ReadEntry, { read, registrarCode }: { read: ApiEntry; registrarCode: string }): string[] {
  const { paths } = sent;
  const whole = 'Appointment.participant';
  return [
    ...(isSameUrl(sent, read) ? [] : ['Appointment.identifier']),
    ...(sent.createdAt.getTime() === read.createdAt.getTime() ? [] : ['Appointment.created']),
    // Left out it stays sealed; to be sealed now would be a change.
    ...(sent.isSealed && !read.isSealed ? ['Appointment.meta.security'] : []),
    ...(isSamePatient(sent, read) ? [] : [paths.patient ?? whole]),
    ...(isSameService(sent, { read, registrarCode }) ? [] : [paths.service ?? whole]),
    ...(sent.place === read.place ? [] : [paths.place ?? whole]),
  ];
}

function isSameUrl({ url }: ReadEntry, { pointer }: ApiEntry): boolean {
  return pointer.at === 'elsewhere' && pointer.url === url;
}

function isSamePatient({ patient: sent }: ReadEntry, { patient: read }: ApiEntry): boolean {
  if (sent.by === 'nhs-number') return read.by === 'nhs-number' && read.nhsNumber === sent.nhsNumber;
  return read.by === 'local' && read.system === sent.system && read.value === sent.value && read.display === sent.display;
}

// Who says nothing of the holder means itself, and a service that is named by its id need not be named besides.
function isSameService({ service, holderCode }: ReadEntry, { read, registrarCode }: { read: ApiEntry; registrarCode: string }): boolean {
  const [is, was] = [service ?? NO_SERVICE, read.service ?? NO_SERVICE];
  const isNamedAlike = is.name === was.name || (is.name === null && is.dosId !== null);
  return is.dosId === was.dosId && isNamedAlike && (holderCode ?? registrarCode) === read.holderCode;
}
