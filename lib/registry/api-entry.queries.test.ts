import { beforeEach, describe, expect, test } from 'vitest';
import type { Ctx, SystemActor } from '@/lib/auth/actor';
import { db } from '@/lib/platform/db';
import { ForbiddenError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/id';
import { addMinutes } from '@/lib/platform/time';
import { apiEntries, apiEntry, earlierRegistration } from '@/lib/registry/api-entry.queries';
import type { EntrySearch } from '@/lib/registry/api-entry.schema';
import { changeRegistered } from '@/lib/registry/change-entry.commands';
import { registerEntry } from '@/lib/registry/register.commands';
import { anApiAppointment } from '@/prisma/factories/api-appointment';
import { anAppointment } from '@/prisma/factories/appointment';
import { aSystem } from '@/prisma/factories/client';
import { aRegisteredEntry } from '@/prisma/factories/entry';
import { aPatient, syntheticNhsNumber } from '@/prisma/factories/patient';
import { aRegistration } from '@/prisma/factories/registration';
import { A_TUESDAY_AT_TEN, aHandler } from '@/prisma/factories/staff';
import { unique } from '@/prisma/factories/unique';

const DAY = 24 * 60;
const inMinutes = (minutes: number) => addMinutes(A_TUESDAY_AT_TEN, minutes);
const OWN_PATIENTS = 'https://onward.example.nhs.uk/Id/patient';

let ctx: Ctx<SystemActor>;
let nhsNumber: string;
beforeEach(async () => {
  ctx = { ...(await aSystem()), requestId: newId() };
  nhsNumber = syntheticNhsNumber();
});

const NOTHING: EntrySearch = { patient: null, ids: null, version: null, pointer: null, window: null, statuses: null };
const find = (search: Partial<EntrySearch>, by = ctx) => apiEntries(by, { ...NOTHING, ...search });
const idsOf = async (search: Partial<EntrySearch>) => (await find(search)).map(({ id }) => id);
const byNumber = (): Partial<EntrySearch> => ({ patient: { by: 'nhs-number', nhsNumber } });
const audited = () => db.auditEvent.findMany({ where: { requestId: ctx.requestId }, orderBy: { seq: 'asc' } });

describe('B-920: one entry', () => {
  test('is told with all that was registered, and the look is audited', async () => {
    const holder = await aSystem();
    const sent = aRegistration({ service: { dosId: '77', name: 'Leeds Dental Access' }, place: 'LS1 3EX', holderCode: holder.actor.organisation.code });
    const outcome = await registerEntry(ctx, sent);
    if (!outcome.ok) return expect.unreachable();
    const { url, startsAt, endsAt, createdAt, patient, service, place, holderCode, isSealed } = sent;
    const { entryId: id } = outcome.value;

    const reader = { ...(await aSystem()), requestId: newId() };
    expect(await apiEntry(reader, { id })).toEqual({
      ...{ id, version: 1, changedAt: ctx.now, status: 'booked', startsAt, endsAt, createdAt, patient, pointer: { at: 'elsewhere', url } },
      ...{ service, place, holderCode, isSealed, isVeiled: false },
    });
    expect(await db.auditEvent.findMany({ where: { requestId: reader.requestId } })).toMatchObject([{ type: 'registry.viewed', subject: id, detail: { version: 1 } }]);
  });

  test('each version is told as it was', async () => {
    const { startsAt, endsAt } = aRegistration();
    const outcome = await registerEntry(ctx, aRegistration());
    if (!outcome.ok) return expect.unreachable();
    const { entryId } = outcome.value;
    const wanted = { status: 'booked', startsAt: addMinutes(startsAt, 30), endsAt: addMinutes(endsAt, 30) } as const;
    await changeRegistered({ ...ctx, now: inMinutes(5), correlationId: newId() }, { entryId, version: 1, wanted, differences: () => [] });
    expect(await apiEntry(ctx, { id: entryId, version: 1 })).toMatchObject({ version: 1, startsAt, endsAt, changedAt: ctx.now });
    expect(await apiEntry(ctx, { id: entryId })).toMatchObject({ ...wanted, version: 2, changedAt: inMinutes(5) });
  });

  test('one of Onward’s own points to its appointment', async () => {
    const appointment = await anAppointment(await aHandler());
    const { id } = await db.registryEntry.findUniqueOrThrow({ where: { appointmentId: appointment.id } });
    expect(await apiEntry(ctx, { id })).toMatchObject({ pointer: { at: 'onward', appointmentId: appointment.id }, startsAt: appointment.startsAt, createdAt: appointment.bookedAt, isVeiled: false });
    expect(await audited()).toMatchObject([{ type: 'registry.viewed', subject: id, patientId: appointment.patientId }]);
  });

  test('B-255: of Onward’s own patient without an NHS number, Onward’s own id and a name are told', async () => {
    const patient = await aPatient({ nhsNumber: null, givenName: 'Pia', familyName: 'Visitson' });
    const appointment = await anAppointment(await aHandler(), { call: { patientId: patient.id } });
    const { id } = await db.registryEntry.findUniqueOrThrow({ where: { appointmentId: appointment.id } });
    expect(await apiEntry(ctx, { id })).toMatchObject({ patient: { by: 'local', system: OWN_PATIENTS, value: patient.id, display: 'Pia Visitson' } });
    expect(await idsOf({ patient: { by: 'local', system: OWN_PATIENTS, value: patient.id } })).toEqual([id]);
    expect(await idsOf({ patient: { by: 'local', system: OWN_PATIENTS, value: 'p-1' } })).toEqual([]);
  });

  test.each([
    ['no id at all', 'L-1', undefined],
    ['an id that nothing has', newId(), undefined],
  ])('%s leads to nothing, and nothing is audited', async (_what, id, version) => {
    expect(await apiEntry(ctx, { id, version })).toBeNull();
    expect(await audited()).toEqual([]);
  });

  test.each([0, 2, 1.5, 9_999_999_999])('version %s, which never was, leads to nothing', async (version) => {
    const { id } = await aRegisteredEntry({ nhsNumber });
    expect(await apiEntry(ctx, { id, version })).toBeNull();
  });
});

describe('B-921: the entries of a patient', () => {
  test('by NHS number, by start and then id, wherever they are held; the number is not audited', async () => {
    const late = await aRegisteredEntry({ nhsNumber, startsAt: inMinutes(3 * DAY) });
    const same = [await aRegisteredEntry({ nhsNumber, startsAt: inMinutes(2 * DAY) }), await aRegisteredEntry({ nhsNumber, startsAt: inMinutes(2 * DAY) })].map(({ id }) => id).sort();
    const patient = await aPatient({ nhsNumber });
    const appointment = await anAppointment(await aHandler(), { call: { patientId: patient.id } });
    const own = await db.registryEntry.findUniqueOrThrow({ where: { appointmentId: appointment.id } });
    await aRegisteredEntry({ nhsNumber: syntheticNhsNumber() });

    expect(await idsOf(byNumber())).toEqual([own.id, ...same, late.id]);
    const [row] = await audited();
    expect(row).toMatchObject({ type: 'registry.searched', subject: null, patientId: patient.id, detail: { by: 'nhs-number', count: 4 } });
    expect(JSON.stringify(row?.detail)).not.toContain(nhsNumber);
  });

  test('one that a person linked is found by the number, and told with it', async () => {
    const { id } = await aRegisteredEntry({ patientValue: `p-${unique()}` });
    await db.registryEntry.update({ where: { id }, data: { nhsNumber, linkedAt: A_TUESDAY_AT_TEN, version: 2, versions: { create: { version: 2, status: 'booked', startsAt: inMinutes(DAY), endsAt: inMinutes(DAY + 15), nhsNumber, at: A_TUESDAY_AT_TEN } } } });
    expect(await find(byNumber())).toMatchObject([{ id, version: 2, patient: { by: 'nhs-number', nhsNumber } }]);
    expect(await apiEntry(ctx, { id, version: 1 })).toMatchObject({ patient: { by: 'local' } });
  });

  test('by the identifier of the system that registered, whole and not in part', async () => {
    const value = `p-${unique()}`;
    const { id, patientSystem } = await aRegisteredEntry({ patientValue: value });
    const system = patientSystem ?? '';
    expect(await find({ patient: { by: 'local', system, value } })).toMatchObject([{ id, patient: { by: 'local', system, value, display: 'T. Notreal' } }]);
    expect(await idsOf({ patient: { by: 'local', system: `${system}s`, value } })).toEqual([]);
    expect(await idsOf({ patient: { by: 'local', system, value: `${value}0` } })).toEqual([]);
    expect(await idsOf({ patient: { by: 'local', system, value: `${value}\0` } })).toEqual([]);
  });

  test.each(['9990000000000', '999', 'banana'])('%s, which is no NHS number, is nobody’s', async (typed) => {
    expect(await find({ patient: { by: 'nhs-number', nhsNumber: typed } })).toEqual([]);
  });

  test('those that have ended are left out, unless a window is given', async () => {
    const over = await aRegisteredEntry({ nhsNumber, startsAt: inMinutes(-15) });
    const now = await aRegisteredEntry({ nhsNumber, startsAt: inMinutes(-14) });
    const tomorrow = await aRegisteredEntry({ nhsNumber, startsAt: inMinutes(DAY) });
    expect(await idsOf(byNumber())).toEqual([now.id, tomorrow.id]);
    expect(await idsOf({ ...byNumber(), window: { from: null, before: null } })).toEqual([over.id, now.id, tomorrow.id]);
    expect(await idsOf({ ...byNumber(), window: { from: inMinutes(-15), before: inMinutes(-14) } })).toEqual([over.id]);
    expect(await idsOf({ ...byNumber(), window: { from: inMinutes(-14), before: null } })).toEqual([now.id, tomorrow.id]);
  });

  test('by status', async () => {
    const booked = await aRegisteredEntry({ nhsNumber });
    const cancelled = await aRegisteredEntry({ nhsNumber, status: 'cancelled', startsAt: inMinutes(2 * DAY) });
    expect(await idsOf({ ...byNumber(), statuses: ['booked'] })).toEqual([booked.id]);
    expect(await idsOf({ ...byNumber(), statuses: ['booked', 'cancelled'] })).toEqual([booked.id, cancelled.id]);
    expect(await idsOf({ ...byNumber(), statuses: ['arrived'] })).toEqual([]);
  });
});

describe('by id and by pointer', () => {
  test('what is asked for by id is found whenever it was, and what cannot be an id is not', async () => {
    const { id } = await aRegisteredEntry({ nhsNumber, startsAt: inMinutes(-DAY) });
    expect(await idsOf({ ids: [id, newId(), 'L-1'] })).toEqual([id]);
    expect(await audited()).toMatchObject([{ detail: { by: 'id', count: 1 } }]);
  });

  test('with a version each is told as it was then, and those that never had it are left out', async () => {
    const { id } = await aRegisteredEntry({ nhsNumber });
    const other = await aRegisteredEntry({ nhsNumber });
    await db.registryEntry.update({ where: { id }, data: { status: 'cancelled', version: 2, versions: { create: { version: 2, status: 'cancelled', startsAt: inMinutes(DAY), endsAt: inMinutes(DAY + 15), nhsNumber, at: inMinutes(1) } } } });
    expect(await find({ ids: [id, other.id], version: 2 })).toMatchObject([{ id, version: 2, status: 'cancelled' }]);
    expect(await find({ ids: [id], version: 1 })).toMatchObject([{ id, version: 1, status: 'booked' }]);
  });

  test('B-922: a provider that knows only its own URL finds the entry, also when it has ended', async () => {
    const url = `https://other.example.nhs.uk/STU3/Appointment/${unique()}`;
    const { id } = await aRegisteredEntry({ nhsNumber, url, startsAt: inMinutes(-DAY) });
    expect(await idsOf({ pointer: { at: 'elsewhere', url } })).toEqual([id]);
    expect(await idsOf({ pointer: { at: 'elsewhere', url: `${url}0` } })).toEqual([]);
    expect(await audited()).toMatchObject([{ detail: { by: 'pointer', count: 1 } }, { detail: { by: 'pointer', count: 0 } }]);
  });

  test('B-922: an appointment of Onward’s own leads to its entry', async () => {
    const appointment = await anAppointment(await aHandler());
    const { id } = await db.registryEntry.findUniqueOrThrow({ where: { appointmentId: appointment.id } });
    expect(await idsOf({ pointer: { at: 'onward', appointmentId: appointment.id } })).toEqual([id]);
    expect(await idsOf({ pointer: { at: 'onward', appointmentId: 'L-1' } })).toEqual([]);
  });

  test('asked for nobody, nothing and nowhere, nothing is found', async () => {
    await aRegisteredEntry({ nhsNumber });
    expect(await find({})).toEqual([]);
    expect(await find({ window: { from: null, before: null } })).toEqual([]);
  });
});

describe('a sealed entry', () => {
  test('tells others that there is one, when, and no more; whose it is, everything', async () => {
    const holder = await aSystem();
    const sealed = { isSealed: true, serviceName: 'Test sexual health clinic', place: 'LS1 3EX', organisationCode: holder.actor.organisation.code };
    const { id } = await aRegisteredEntry({ nhsNumber, ...sealed });
    const [seen] = await find(byNumber());
    expect(seen).toMatchObject({ id, startsAt: inMinutes(DAY), status: 'booked', isSealed: true, isVeiled: true, service: null, place: null });
    expect(await find(byNumber(), holder)).toMatchObject([{ isVeiled: false, service: { name: sealed.serviceName }, place: sealed.place }]);
    expect(await apiEntry(ctx, { id })).toMatchObject({ isVeiled: true, service: null, place: null });
  });

  test('of Onward’s own is open to the organisation that booked it', async () => {
    const appointment = await anApiAppointment(ctx);
    const { id } = await db.registryEntry.update({ where: { appointmentId: appointment.id }, data: { isSealed: true } });
    expect(await apiEntry(ctx, { id })).toMatchObject({ isSealed: true, isVeiled: false });
    expect(await apiEntry(await aSystem(), { id })).toMatchObject({ isSealed: true, isVeiled: true });
  });

  test('is not found by others by where it points: that would tell whose patient it is', async () => {
    const { externalId: url, organisationCode } = await aRegisteredEntry({ nhsNumber, isSealed: true });
    expect(await find({ pointer: { at: 'elsewhere', url } })).toEqual([]);
    expect(await find({ pointer: { at: 'elsewhere', url } }, await aSystem({ organisationCode }))).toHaveLength(1);
  });
});

test('B-904: a token of the booking API alone neither reads nor searches', async () => {
  const booker = await aSystem({ scopes: ['patient/appointment.write'] });
  await expect(apiEntry(booker, { id: newId() })).rejects.toThrow(ForbiddenError);
  await expect(find(byNumber(), booker)).rejects.toThrow(ForbiddenError);
});

test('B-043: the first answer to a request is kept for each client and method; a request without an id has none', async () => {
  const outcome = await registerEntry(ctx, aRegistration());
  if (!outcome.ok) return expect.unreachable();
  expect(await earlierRegistration(ctx, 'POST')).toEqual({ entryId: outcome.value.entryId, version: 1 });
  expect(await earlierRegistration(ctx, 'PUT')).toBeNull();
  expect(await earlierRegistration({ ...(await aSystem()), correlationId: ctx.correlationId }, 'POST')).toBeNull();
  expect(await earlierRegistration({ ...ctx, correlationId: null }, 'POST')).toBeNull();
});
