import { record } from '@/lib/audit/record';
import type { Ctx, JobActor } from '@/lib/auth/actor';
import { requirePermission } from '@/lib/auth/permissions';
import { Prisma, type Tx } from '@/lib/platform/db';
import { newId } from '@/lib/platform/id';
import { ok } from '@/lib/platform/result';
import { fromDateColumn } from '@/lib/platform/time';
import { transact } from '@/lib/platform/transact';
import { newEntrySql, VERSIONED, writeEntryVersion } from '@/lib/registry/commands';
import { wrongWithEntries, withoutEntry, type Finding, type FindingKind } from '@/lib/registry/verify.queries';

/** What the appointment says, which is right; or only the entry; or nothing here, so that a person must look. */
type Source = 'appointment' | 'entry' | 'nothing';

const MENDED_FROM: Record<FindingKind, Source> = {
  'entry-missing': 'appointment',
  'status-differs': 'appointment',
  'times-differ': 'appointment',
  'number-differs': 'appointment',
  'service-differs': 'appointment',
  'seal-differs': 'appointment',
  'appointment-missing': 'entry',
  'history-ends-otherwise': 'entry',
  // Versions that were lost cannot be made up, nor can an organisation.
  'history-broken': 'nothing',
  'registrar-unknown': 'nothing',
};

/** All that an entry of Onward's own says after its appointment. */
const SAID = {
  status: true,
  startsAt: true,
  endsAt: true,
  patient: { select: { nhsNumber: true } },
  service: { select: { name: true, dosId: true, postcode: true, odsCode: true, type: { select: { isSensitive: true } } } },
} as const;

/**
 * Mends one finding, in one transaction: the entry is written, or made to say what its appointment says, with a version of its own. An entry
 * without an appointment is marked as one that should never have been. What was found may have been mended meanwhile, by a repair that was
 * broken off or runs beside this one: it is looked for again under the locks that a change of the appointment takes, and then nothing is written.
 *
 * False when it cannot be mended from what is here. Mending is audited. Throws ForbiddenError without `registry:repair`.
 */
export async function repairFinding(ctx: Ctx<JobActor>, finding: Finding): Promise<boolean> {
  requirePermission(ctx.actor, 'registry:repair');

  if (MENDED_FROM[finding.kind] === 'nothing') return false;
  await transact(async (tx) => {
    if (await isStillSo(tx, finding)) {
      const entry = await mend(tx, ctx, finding);
      await record(tx, ctx, { type: 'registry.repaired', subject: entry.id, detail: { kind: finding.kind, version: entry.version, appointmentId: finding.appointmentId } });
    }
    return ok(null);
  });
  return true;
}

// The appointment, then its entry: as whoever changes an appointment does, so that nobody waits in a circle.
async function isStillSo(tx: Tx, { kind, appointmentId, entryId }: Finding): Promise<boolean> {
  if (appointmentId) await tx.$queryRaw`SELECT FROM appointment WHERE id = ${appointmentId}::uuid FOR NO KEY UPDATE`;
  if (entryId) await tx.$queryRaw`SELECT FROM registry_entry WHERE id = ${entryId}::uuid FOR NO KEY UPDATE`;
  const [look, id] = entryId ? [wrongWithEntries, entryId] : [withoutEntry, appointmentId];
  if (!id) return false;
  const found = await look(tx, { first: id, last: id });
  return found.some((finding) => finding.kind === kind);
}

async function mend(tx: Tx, { now }: Ctx<JobActor>, { kind, appointmentId, entryId }: Finding) {
  if (appointmentId && MENDED_FROM[kind] === 'appointment') return mendFromAppointment(tx, { appointmentId, entryId, at: now });
  if (!entryId) throw new Error('a finding is about neither an appointment nor an entry');
  return renew(tx, { entryId, says: kind === 'appointment-missing' ? { status: 'entered-in-error' } : {}, at: now });
}

async function mendFromAppointment(tx: Tx, { appointmentId, entryId, at }: { appointmentId: string; entryId: string | null; at: Date }) {
  const { patient, service, ...said } = await tx.appointment.findUniqueOrThrow({ where: { id: appointmentId }, select: SAID });
  if (!entryId) return writeMissing(tx, { appointmentId, status: said.status, at });
  const { linkedAt } = await tx.registryEntry.findUniqueOrThrow({ where: { id: entryId }, select: { linkedAt: true } });
  const { name: serviceName, dosId: serviceDosId, postcode: place, odsCode: organisationCode, type } = service;
  // What a person linked stays linked.
  const number = linkedAt ? {} : { nhsNumber: patient.nhsNumber };
  return renew(tx, { entryId, says: { ...said, ...number, serviceName, serviceDosId, place, organisationCode, isSealed: type.isSensitive }, at });
}

/** Writes the entry as the booking would have, then what became of it. */
async function writeMissing(tx: Tx, { appointmentId, status, at }: { appointmentId: string; status: string; at: Date }) {
  const { patient, bookedAt } = await tx.appointment.findUniqueOrThrow({ where: { id: appointmentId }, select: { patient: true, bookedAt: true } });
  const entry = { id: newId(), appointmentId, patient: { ...patient, birthDate: fromDateColumn(patient.birthDate) }, at: bookedAt };
  await tx.$queryRaw(Prisma.sql`
    WITH claimed AS (SELECT id, service_id, starts_at, ends_at FROM appointment WHERE id = ${appointmentId}::uuid),
    ${newEntrySql(entry)}
    SELECT id FROM claimed`);
  return status === 'booked' ? { id: entry.id, version: 1 } : renew(tx, { entryId: entry.id, says: { status }, at });
}

/** Gives an entry its next version, after the newest that its history knows; a version that its history lacks is kept under its own number. */
async function renew(tx: Tx, { entryId, says, at }: { entryId: string; says: Prisma.RegistryEntryUncheckedUpdateInput; at: Date }) {
  const history = await tx.registryEntryVersion.aggregate({ where: { entryId }, _max: { version: true } });
  const { version } = await tx.registryEntry.findUniqueOrThrow({ where: { id: entryId }, select: { version: true } });
  const next = Math.max((history._max.version ?? 0) + 1, version);
  const entry = await tx.registryEntry.update({ where: { id: entryId }, data: { ...says, version: next, confirmedAt: at }, select: { id: true, ...VERSIONED } });
  await writeEntryVersion(tx, entry, at);
  return { id: entry.id, version: entry.version };
}
