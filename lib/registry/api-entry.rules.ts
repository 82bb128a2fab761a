import type { RefusalOf } from '@/lib/platform/errors';
import { ok, refuse, type Result } from '@/lib/platform/result';
import type { ApiEntry, EntryChange } from '@/lib/registry/api-entry.schema';
import type { EntryPointer } from '@/lib/registry/schema';

/** An entry as far as changing it goes. `registeredByCode`: null of Onward's own, which nobody outside changes. */
type EntryNow = Pick<ApiEntry, 'version' | 'status' | 'startsAt' | 'endsAt'> & { registeredByCode: string | null };
type EntryRefusal = RefusalOf<'entry-other-organisation' | 'entry-changed' | 'entry-ended' | 'appointment-in-past'>;

/** Whose an entry is: who registered it, who holds it, who booked it with Onward; ODS codes. */
type Belonging = { isSealed: boolean; registeredByCode: string | null; organisationCode: string; bookedByCode: string | null };

/** The identifier system of Onward's own patient ids, for patients without an NHS number (B-255). `root`: the address at which others reach Onward. */
export function ownPatientSystem(root: string): string {
  return `${root}/Id/patient`;
}

/**
 * May an appointment with this absolute URL be registered? Not when it lies under Onward's own address: those entries are written with
 * their bookings (B-901). Written otherwise it is the same address: letter case of the host, its default port, steps back in the path.
 */
export function decidePointer(url: string, root: string): Result<null, RefusalOf<'pointer-own'>> {
  return new URL(url).href.startsWith(new URL(`${root}/`).href) ? refuse({ code: 'pointer-own' }) : ok(null);
}

/** Whether an organisation is not told where a sealed appointment is: it is neither whose it is, nor who registered or booked it. */
export function isVeiledFrom({ isSealed, registeredByCode, organisationCode, bookedByCode }: Belonging, asker: string): boolean {
  return isSealed && ![registeredByCode, organisationCode, bookedByCode].includes(asker);
}

/**
 * May this organisation change the entry now, in the version that it read? Only the one that registered it, at any time of which it has the
 * newest version, as long as the appointment is booked and has not begun; it has begun at `startsAt`, inclusive. In the order of B-926 and of
 * B-605, B-607 and B-608, which hold for every change (B-923, B-925).
 */
export function decideEntryChange(entry: EntryNow, seen: { version: number; asker: string }, now: Date): Result<null, EntryRefusal> {
  if (entry.registeredByCode !== seen.asker) return refuse({ code: 'entry-other-organisation', organisation: seen.asker });
  if (entry.version !== seen.version) return refuse({ code: 'entry-changed', version: entry.version });
  if (entry.status !== 'booked') return refuse({ code: 'entry-ended', status: entry.status });
  return entry.startsAt <= now ? refuse({ code: 'appointment-in-past', startsAt: entry.startsAt }) : ok(null);
}

/**
 * What would an allowed change do? A status alone, or other times of an appointment that stays booked (B-923, B-925). `elements`: FHIRPaths
 * of what else differs in what was sent.
 */
export function decideWanted(
  entry: Pick<EntryNow, 'status' | 'startsAt' | 'endsAt'>,
  { wanted, elements }: { wanted: EntryChange['wanted']; elements: readonly string[] },
): Result<null, RefusalOf<'entry-differs' | 'entry-unchanged'>> {
  const times = [
    ...(same(entry.startsAt, wanted.startsAt) ? [] : ['Appointment.start']),
    ...(same(entry.endsAt, wanted.endsAt) ? [] : ['Appointment.end']),
  ];
  const excess = wanted.status === 'booked' ? elements : [...elements, ...times];
  if (excess.length > 0) return refuse({ code: 'entry-differs', elements: excess });
  return wanted.status === entry.status && times.length === 0 ? refuse({ code: 'entry-unchanged' }) : ok(null);
}

/** Where an entry points: by its source, its external id, and the appointment of Onward's own. */
export function pointerOf({ appointmentId, externalId }: { appointmentId: string | null; externalId: string }): EntryPointer {
  return appointmentId === null ? { at: 'elsewhere', url: externalId } : { at: 'onward', appointmentId };
}

function same(one: Date, other: Date): boolean {
  return one.getTime() === other.getTime();
}
