import { createHash } from 'node:crypto';
import { Prisma, type Tx } from '@/lib/platform/db';
import type { LocalDate } from '@/lib/platform/time-words';
import { matchText } from '@/lib/registry/match.rules';

const SOURCE = 'onward';

/** An appointment of Onward's own as the registry points to it: the least data, nothing clinical. */
export type OwnEntry = {
  id: string;
  appointmentId: string;
  patient: { nhsNumber: string | null; familyName: string; birthDate: LocalDate; postcode: string };
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

/** Marks the entry of one of Onward's own appointments as cancelled and keeps the version. Part of the caller's transaction. */
export async function cancelEntry(tx: Tx, { appointmentId, at }: { appointmentId: string; at: Date }): Promise<void> {
  const entry = await tx.registryEntry.update({
    where: { appointmentId },
    data: { status: 'cancelled', version: { increment: 1 }, confirmedAt: at },
    select: { id: true, version: true },
  });
  await tx.registryEntryVersion.create({ data: { entryId: entry.id, version: entry.version, status: 'cancelled', at } });
}

function matchKey(patient: OwnEntry['patient']): string {
  return createHash('sha256').update(matchText(patient)).digest('hex');
}
