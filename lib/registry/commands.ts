import { createHash } from 'node:crypto';
import { Prisma, type Tx } from '@/lib/platform/db';
import { matchText, type Recognised } from '@/lib/registry/match.rules';

const SOURCE = 'onward';

/** An appointment of Onward's own as the registry points to it: the least data, nothing clinical. */
export type OwnEntry = {
  id: string;
  appointmentId: string;
  patient: Recognised & { nhsNumber: string | null };
  serviceName: string;
  organisationCode: string;
  at: Date;
};

/**
 * Two table expressions that write an entry and its version 1, for a statement which has one named `claimed` with
 * `starts_at` and `ends_at`: nothing claimed, nothing written. So a booking and its entry are one statement.
 */
export function newEntrySql(entry: OwnEntry): Prisma.Sql {
  return Prisma.sql`
    entry AS (
      INSERT INTO registry_entry (id, source, external_id, appointment_id, nhs_number, match_key, starts_at, ends_at, status,
        service_name, organisation_code, version, confirmed_at)
      SELECT ${entry.id}::uuid, ${SOURCE}, ${entry.appointmentId}, ${entry.appointmentId}::uuid, ${entry.patient.nhsNumber}::char(10),
        ${matchKey(entry.patient)}, claimed.starts_at, claimed.ends_at, 'booked',
        ${entry.serviceName}, ${entry.organisationCode}, 1, ${entry.at}::timestamptz
      FROM claimed
    ),
    entry_version AS (
      INSERT INTO registry_entry_version (entry_id, version, status, at)
      SELECT ${entry.id}::uuid, 1, 'booked', ${entry.at}::timestamptz
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
      RETURNING registry_entry.id, registry_entry.version
    ),
    moved_entry_version AS (
      INSERT INTO registry_entry_version (entry_id, version, status, at)
      SELECT moved_entry.id, moved_entry.version, 'moved', ${at}::timestamptz
      FROM moved_entry
    )`;
}

/** Gives the entry of one of Onward's own appointments its next version, with the appointment's status. Part of the caller's transaction. */
export async function changeEntry(tx: Tx, { appointmentId, status, at }: { appointmentId: string; status: string; at: Date }): Promise<void> {
  const entry = await tx.registryEntry.update({
    where: { appointmentId },
    data: { status, version: { increment: 1 }, confirmedAt: at },
    select: { id: true, version: true },
  });
  await tx.registryEntryVersion.create({ data: { entryId: entry.id, version: entry.version, status, at } });
}

/** The digest by which an entry without an NHS number is found. */
export function matchKey(patient: OwnEntry['patient']): string {
  return createHash('sha256').update(matchText(patient)).digest('hex');
}
