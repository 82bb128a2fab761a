import { beforeEach, describe, expect, test } from 'vitest';
import type { Ctx, JobActor } from '@/lib/auth/actor';
import { bookAppointment } from '@/lib/booking/book.commands';
import { cancelAppointment } from '@/lib/booking/cancel.commands';
import { db, Prisma } from '@/lib/platform/db';
import { newId } from '@/lib/platform/id';
import { addMinutes, fromDateColumn } from '@/lib/platform/time';
import { linkEntry } from '@/lib/registry/link.commands';
import { repairFinding } from '@/lib/registry/verify.commands';
import { verifyRegistry, type Finding, type FindingKind } from '@/lib/registry/verify.queries';
import { anAppointment } from '@/prisma/factories/appointment';
import { aCancelRequest, aHeldSlot } from '@/prisma/factories/call';
import { aSystem } from '@/prisma/factories/client';
import { aRegisteredEntry } from '@/prisma/factories/entry';
import { aPatient, syntheticNhsNumber } from '@/prisma/factories/patient';
import { A_TUESDAY_AT_TEN, aHandler } from '@/prisma/factories/staff';

const LATER = addMinutes(A_TUESDAY_AT_TEN, 30);
const job = (): Ctx<JobActor> => ({ actor: { kind: 'job', id: 'registry-verify' }, now: LATER, requestId: newId() });

/** Everything that is wrong, looked for in chunks of few. */
async function allFindings(chunk = 3): Promise<Finding[]> {
  const findings: Finding[] = [];
  for await (const looked of verifyRegistry({ chunk })) findings.push(...looked.findings);
  return findings;
}

/** Changes what constraints and triggers forbid, as only a fault or a hand in the database could. */
async function plant(statement: Prisma.Sql): Promise<void> {
  await db.$transaction([db.$executeRaw`SET LOCAL session_replication_role = replica`, db.$executeRaw(statement)]);
}

async function anOwnEntry() {
  const ctx = await aHandler();
  const appointment = await anAppointment(ctx);
  const entry = await db.registryEntry.findUniqueOrThrow({ where: { appointmentId: appointment.id } });
  return { ctx, appointment, entry };
}

/** The entry of an appointment that was booked without an NHS number, and which a call handler said is this patient's. */
async function aLinkedEntry() {
  const ctx = await aHandler();
  const traits = { familyName: `Notreal ${newId()}` };
  const [unnumbered, known] = [await aPatient({ ...traits, nhsNumber: null }), await aPatient(traits)];
  const appointment = await anAppointment(ctx, { call: { patientId: unnumbered.id } });
  const { id: entryId } = await db.registryEntry.findUniqueOrThrow({ where: { appointmentId: appointment.id } });
  const linked = await linkEntry(ctx, { callId: newId(), patient: { ...known, birthDate: fromDateColumn(known.birthDate) }, entryId, version: 1 });
  if (!linked.ok) throw new Error(linked.error.code);
  return { entryId, nhsNumber: known.nhsNumber };
}

const versionsOf = (entryId: string) => db.registryEntryVersion.findMany({ where: { entryId }, orderBy: { version: 'asc' } });

// Each test stands in a registry in which nothing is wrong.
beforeEach(async () => {
  for (const finding of await allFindings(1_000)) {
    if (finding.kind === 'registrar-unknown') await db.registryEntry.updateMany({ where: { id: finding.entryId ?? '' }, data: { registeredByCode: (await aSystem()).actor.organisation.code } });
    else await repairFinding(job(), finding);
  }
});

test('where every door was used and nothing is wrong, nothing is found', async () => {
  const { ctx, appointment } = await anOwnEntry();
  await cancelAppointment(ctx, aCancelRequest(appointment));
  await anOwnEntry();
  await aRegisteredEntry({ nhsNumber: syntheticNhsNumber() });
  expect(await allFindings()).toEqual([]);
});

test('a number that a person linked is not taken for a wrong one', async () => {
  await aLinkedEntry();
  expect(await allFindings()).toEqual([]);
});

describe('the five planted inconsistencies, and more: each is found by its kind, mended from the appointment, and then nothing is found', () => {
  type Planted = { appointmentId: string; entryId: string; serviceId: string };
  const set = (columns: Prisma.Sql) => ({ entryId }: Planted) => Prisma.sql`UPDATE registry_entry SET ${columns} WHERE id = ${entryId}::uuid`;
  const PLANTED: [FindingKind, (planted: Planted) => Prisma.Sql][] = [
    ['entry-missing', ({ entryId }) => Prisma.sql`WITH gone AS (DELETE FROM registry_entry_version WHERE entry_id = ${entryId}::uuid) DELETE FROM registry_entry WHERE id = ${entryId}::uuid`],
    ['appointment-missing', ({ appointmentId }) => Prisma.sql`DELETE FROM appointment WHERE id = ${appointmentId}::uuid`],
    ['status-differs', ({ appointmentId }) => Prisma.sql`UPDATE appointment SET status = 'cancelled', released_at = booked_at WHERE id = ${appointmentId}::uuid`],
    ['times-differ', ({ appointmentId }) => Prisma.sql`UPDATE appointment SET ends_at = ends_at + interval '5 minutes' WHERE id = ${appointmentId}::uuid`],
    ['number-differs', ({ appointmentId }) => Prisma.sql`UPDATE patient SET nhs_number = NULL WHERE id = (SELECT patient_id FROM appointment WHERE id = ${appointmentId}::uuid)`],
    ['service-differs', set(Prisma.sql`service_dos_id = '1'`)],
    ['service-differs', set(Prisma.sql`organisation_code = 'ZZZ99'`)],
    ['seal-differs', ({ serviceId }) => Prisma.sql`UPDATE service SET type_id = 29 WHERE id = ${serviceId}::uuid`],
    ['history-ends-otherwise', ({ entryId }) => Prisma.sql`DELETE FROM registry_entry_version WHERE entry_id = ${entryId}::uuid`],
    ['history-ends-otherwise', ({ entryId }) => Prisma.sql`UPDATE registry_entry_version SET status = 'arrived' WHERE entry_id = ${entryId}::uuid`],
    ['history-ends-otherwise', ({ entryId }) => Prisma.sql`INSERT INTO registry_entry_version (entry_id, version, status, starts_at, ends_at, nhs_number, at) SELECT entry_id, 2, status, starts_at, ends_at, nhs_number, at FROM registry_entry_version WHERE entry_id = ${entryId}::uuid`],
  ];

  test.each(PLANTED)('%s', async (kind, statement) => {
    const { appointment, entry } = await anOwnEntry();
    await anOwnEntry();
    await plant(statement({ appointmentId: appointment.id, entryId: entry.id, serviceId: appointment.serviceId }));

    const found = await allFindings();
    expect(found).toEqual([{ kind, entryId: kind === 'entry-missing' ? null : entry.id, appointmentId: appointment.id }]);
    const ctx = job();
    for (const finding of found) expect(await repairFinding(ctx, finding)).toBe(true);
    expect(await allFindings()).toEqual([]);
    expect(await db.auditEvent.findMany({ where: { requestId: ctx.requestId } })).toMatchObject([{ type: 'registry.repaired', actorId: 'registry-verify', detail: { kind, appointmentId: appointment.id } }]);
  });

  test('several at one entry are mended by one version, and the others are found to be mended', async () => {
    const { appointment, entry } = await anOwnEntry();
    await plant(Prisma.sql`UPDATE registry_entry SET status = 'arrived', ends_at = ends_at + interval '5 minutes', is_sealed = TRUE WHERE id = ${entry.id}::uuid`);
    const found = await allFindings();
    expect(found.map(({ kind }) => kind)).toEqual(['history-ends-otherwise', 'seal-differs', 'status-differs', 'times-differ']);
    const ctx = job();
    for (const finding of found.toReversed()) await repairFinding(ctx, finding);
    expect(await db.auditEvent.count({ where: { requestId: ctx.requestId } })).toBe(1);
    expect(await versionsOf(entry.id)).toMatchObject([{ version: 1 }, { version: 2, status: 'booked', endsAt: appointment.endsAt, at: LATER }]);
  });
});

describe('what a repair writes', () => {
  test('a missing entry is what the booking would have written, with what became of it since', async () => {
    const { appointment, entry } = await anOwnEntry();
    await db.appointment.update({ where: { id: appointment.id }, data: { status: 'arrived' } });
    await plant(Prisma.sql`WITH gone AS (DELETE FROM registry_entry_version WHERE entry_id = ${entry.id}::uuid) DELETE FROM registry_entry WHERE id = ${entry.id}::uuid`);
    for (const finding of await allFindings()) await repairFinding(job(), finding);

    const { nhsNumber, matchKey, startsAt, endsAt, serviceName, serviceDosId, place, organisationCode, isSealed, createdAt } = entry;
    const after = await db.registryEntry.findUniqueOrThrow({ where: { appointmentId: appointment.id } });
    expect(after).toMatchObject({
      ...{ nhsNumber, matchKey, startsAt, endsAt, serviceName, serviceDosId, place, organisationCode, isSealed, createdAt },
      ...{ status: 'arrived', version: 2 },
    });
    expect(await versionsOf(after.id)).toMatchObject([{ version: 1, status: 'booked' }, { version: 2, status: 'arrived' }]);
  });

  test('an entry without an appointment is marked as one that should never have been', async () => {
    const { appointment, entry } = await anOwnEntry();
    await plant(Prisma.sql`DELETE FROM appointment WHERE id = ${appointment.id}::uuid`);
    for (const finding of await allFindings()) await repairFinding(job(), finding);
    expect(await db.registryEntry.findUniqueOrThrow({ where: { id: entry.id } })).toMatchObject({ status: 'entered-in-error', version: 2 });
  });

  test('what a person linked stays linked', async () => {
    const { entryId, nhsNumber } = await aLinkedEntry();
    await plant(Prisma.sql`UPDATE registry_entry SET status = 'arrived' WHERE id = ${entryId}::uuid`);
    for (const finding of await allFindings()) await repairFinding(job(), finding);
    expect(await db.registryEntry.findUniqueOrThrow({ where: { id: entryId } })).toMatchObject({ status: 'booked', nhsNumber, linkedAt: A_TUESDAY_AT_TEN });
    expect(await allFindings()).toEqual([]);
  });
});

describe('what cannot be mended is said, and left as it is', () => {
  test('versions that were lost cannot be made up', async () => {
    const { ctx, appointment, entry } = await anOwnEntry();
    await cancelAppointment(ctx, aCancelRequest(appointment));
    await plant(Prisma.sql`DELETE FROM registry_entry_version WHERE entry_id = ${entry.id}::uuid AND version = 1`);
    const found = await allFindings();
    expect(found).toEqual([{ kind: 'history-broken', entryId: entry.id, appointmentId: appointment.id }]);
    for (const finding of found) expect(await repairFinding(job(), finding)).toBe(false);
    expect(await allFindings()).toEqual(found);
    await plant(Prisma.sql`INSERT INTO registry_entry_version (entry_id, version, status, starts_at, ends_at, nhs_number, at) SELECT entry_id, 1, status, starts_at, ends_at, nhs_number, at FROM registry_entry_version WHERE entry_id = ${entry.id}::uuid`);
  });

  test('nor can an organisation that nobody knows', async () => {
    const entry = await aRegisteredEntry({ nhsNumber: syntheticNhsNumber() });
    await db.registryEntry.update({ where: { id: entry.id }, data: { registeredByCode: 'ZZZ99' } });
    const found = await allFindings();
    expect(found).toEqual([{ kind: 'registrar-unknown', entryId: entry.id, appointmentId: null }]);
    for (const finding of found) expect(await repairFinding(job(), finding)).toBe(false);
  });
});

describe('beside others', () => {
  test('a repair that was broken off is begun again; five at once write one version', async () => {
    const { appointment, entry } = await anOwnEntry();
    await plant(Prisma.sql`UPDATE appointment SET status = 'arrived' WHERE id = ${appointment.id}::uuid`);
    const [finding] = await allFindings();
    if (!finding) return expect.unreachable();
    await Promise.all(Array.from({ length: 5 }, () => repairFinding(job(), finding)));
    expect(await repairFinding(job(), finding)).toBe(true);
    expect(await versionsOf(entry.id)).toMatchObject([{ version: 1, status: 'booked' }, { version: 2, status: 'arrived' }]);
  });

  test('five repairs of a missing entry at once write one', async () => {
    const { appointment, entry } = await anOwnEntry();
    await plant(Prisma.sql`WITH gone AS (DELETE FROM registry_entry_version WHERE entry_id = ${entry.id}::uuid) DELETE FROM registry_entry WHERE id = ${entry.id}::uuid`);
    const [finding] = await allFindings();
    if (!finding) return expect.unreachable();
    await Promise.all(Array.from({ length: 5 }, () => repairFinding(job(), finding)));
    expect(await db.registryEntry.count({ where: { appointmentId: appointment.id } })).toBe(1);
    expect(await allFindings()).toEqual([]);
  });

  test('bookings and cancellations that go on meanwhile raise no false alarm', async () => {
    const ctx = await aHandler();
    const requests = await Promise.all(Array.from({ length: 12 }, async () => (await aHeldSlot(ctx, { call: { patientId: (await aPatient({ familyName: `Notreal ${newId()}` })).id } })).request));
    let isDone = false;
    const working = Promise.all(requests.map(async (request) => {
      const booked = await bookAppointment(ctx, request);
      if (!booked.ok) throw new Error(booked.error.code);
      const { id, patientId } = await db.appointment.findUniqueOrThrow({ where: { id: booked.value.appointmentId } });
      await cancelAppointment(ctx, aCancelRequest({ id, patientId }));
    })).finally(() => {
      isDone = true;
    });
    const looks: Finding[][] = [];
    do looks.push(await allFindings(1_000)); while (!isDone);
    await working;
    expect(looks.length).toBeGreaterThan(1);
    expect(looks.flat()).toEqual([]);
  });
});
