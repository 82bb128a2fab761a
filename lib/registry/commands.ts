import { createHash } from 'node:crypto';
import { Prisma, type Tx } from '@/lib/platform/db';
import { matchText, type Recognised } from '@/lib/registry/match.rules';
import type { EntrySource } from '@/lib/registry/schema';

const OWN: EntrySource = 'onward';

/** All of an entry that may change. */
type EntryVersion = { version: number; status: string; startsAt: Date; endsAt: Date; nhsNumber: string | null };

/** An appointment of Onward's own as the registry points to it: the least data, nothing clinical. */
export type OwnEntry = {
  id: string;
  appointmentId: string;
  patient: Recognised & { nhsNumber: string | null };
  at: Date;
};

/**
 * Two table expressions that write an entry and its version 1, for a statement which has one named `claimed` with `service_id`,
 * `starts_at` and `ends_at`: nothing claimed, nothing written. So a booking and its entry are one statement. What the entry says of the
 * service, and whether it is sealed, is the service's own.
 */
export function newEntrySql(entry: OwnEntry): Prisma.Sql {
  return Prisma.sql`
    entry AS (
      INSERT INTO registry_entry (id, source, external_id, appointment_id, nhs_number, match_key, starts_at, ends_at, status,
        service_name, service_dos_id, place, organisation_code, is_sealed, version, created_at, confirmed_at)
      SELECT ${entry.id}::uuid, ${OWN}, ${entry.appointmentId}, ${entry.appointmentId}::uuid, ${entry.patient.nhsNumber}::char(10),
        ${matchKey(entry.patient)}, claimed.starts_at, claimed.ends_at, 'booked',
        booked_service.name, booked_service.dos_id, booked_service.postcode, booked_service.ods_code, service_type.is_sensitive,
        1, ${entry.at}::timestamptz, ${entry.at}::timestamptz
      FROM claimed
      JOIN service AS booked_service ON booked_service.id = claimed.service_id
      JOIN service_type ON service_type.id = booked_service.type_id
    ),
    entry_version AS (
      INSERT INTO registry_entry_version (entry_id, version, status, starts_at, ends_at, nhs_number, at)
      SELECT ${entry.id}::uuid, 1, 'booked', claimed.starts_at, claimed.ends_at, ${entry.patient.nhsNumber}::char(10), ${entry.at}::timestamptz
      FROM claimed
    )`;
}

/**
 * Two table expressions that give the entry of a replaced appointment its next version, for a statement which has one named
 * `replaced` with `id`: nothing replaced, nothing written.
 */
export function movedEntrySql({ at }: { at: Date }): Prisma.Sql {
  return Prisma.sql`
    moved_entry AS (
      UPDATE registry_entry
      SET status = 'moved', version = registry_entry.version + 1, confirmed_at = ${at}::timestamptz
      FROM replaced
      WHERE registry_entry.appointment_id = replaced.id
      RETURNING registry_entry.id, registry_entry.version, registry_entry.starts_at, registry_entry.ends_at, registry_entry.nhs_number
    ),
    moved_entry_version AS (
      INSERT INTO registry_entry_version (entry_id, version, status, starts_at, ends_at, nhs_number, at)
      SELECT moved_entry.id, moved_entry.version, 'moved', moved_entry.starts_at, moved_entry.ends_at, moved_entry.nhs_number, ${at}::timestamptz
      FROM moved_entry
    )`;
}

/** Gives the entry of one of Onward's own appointments its next version, with the appointment's status. Part of the caller's transaction. */
export async function changeEntry(tx: Tx, { appointmentId, status, at }: { appointmentId: string; status: string; at: Date }): Promise<void> {
  const entry = await tx.registryEntry.update({
    where: { appointmentId },
    data: { status, version: { increment: 1 }, confirmedAt: at },
    select: { id: true, ...VERSIONED },
  });
  await writeEntryVersion(tx, entry, at);
}

/** What each version of an entry keeps: all of it that may change. */
export const VERSIONED = { version: true, status: true, startsAt: true, endsAt: true, nhsNumber: true } as const;

/** Keeps a version of an entry as it is now. Part of the caller's transaction. */
export async function writeEntryVersion(tx: Tx, entry: EntryVersion & { id: string }, at: Date): Promise<void> {
  const { id: entryId, version, status, startsAt, endsAt, nhsNumber } = entry;
  await tx.registryEntryVersion.create({ data: { entryId, version, status, startsAt, endsAt, nhsNumber, at } });
}

/** The digest by which an entry without an NHS number is found. */
export function matchKey(patient: Recognised): string {
  return createHash('sha256').update(matchText(patient)).digest('hex');
}
