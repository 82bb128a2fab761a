import { describe, expect, test } from 'vitest';
import type { Ctx, SystemActor } from '@/lib/auth/actor';
import { db } from '@/lib/platform/db';
import { ForbiddenError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/id';
import { parseLocalDate } from '@/lib/platform/time';
import { apiEntry } from '@/lib/registry/api-entry.queries';
import type { Registration } from '@/lib/registry/api-entry.schema';
import { matchKey } from '@/lib/registry/commands';
import { firstCheckAt } from '@/lib/registry/reconcile.rules';
import { registerEntry } from '@/lib/registry/register.commands';
import { aSystem } from '@/prisma/factories/client';
import { syntheticNhsNumber } from '@/prisma/factories/patient';
import { aRegistration } from '@/prisma/factories/registration';
import { aService } from '@/prisma/factories/service';
import { A_TUESDAY_AT_TEN } from '@/prisma/factories/staff';
import { unique } from '@/prisma/factories/unique';

const SEXUAL_HEALTH = 29;

/** The same system with another request. */
const again = (ctx: Ctx<SystemActor>): Ctx<SystemActor> => ({ ...ctx, requestId: newId(), correlationId: newId() });

async function registered(ctx: Ctx<SystemActor>, given: Partial<Registration> = {}) {
  const outcome = await registerEntry(ctx, aRegistration(given));
  if (!outcome.ok) throw new Error(outcome.error.code);
  return db.registryEntry.findUniqueOrThrow({ where: { id: outcome.value.entryId }, include: { versions: true } });
}

const refusals = (ctx: Ctx<SystemActor>) => db.auditEvent.findMany({ where: { requestId: ctx.requestId, type: 'registry.register-refused' } });

describe('B-910 to B-914: a registration', () => {
  test('is an entry, its version 1, the audit row and the request id, or none of them', async () => {
    const ctx = await aSystem();
    const nhsNumber = syntheticNhsNumber();
    const sent = aRegistration({ patient: { by: 'nhs-number', nhsNumber } });
    const outcome = await registerEntry(ctx, sent);
    if (!outcome.ok) return expect.unreachable();
    const { entryId } = outcome.value;

    const entry = await db.registryEntry.findUniqueOrThrow({ where: { id: entryId }, include: { versions: true } });
    const times = { startsAt: sent.startsAt, endsAt: sent.endsAt };
    expect(entry).toMatchObject({
      ...{ source: 'registered', externalId: sent.url, appointmentId: null, nhsNumber, matchKey: null, ...times },
      ...{ status: 'booked', serviceName: null, serviceDosId: null, place: null, organisationCode: ctx.actor.organisation.code, registeredByCode: ctx.actor.organisation.code },
      ...{ registeredById: ctx.actor.id, isSealed: false, version: 1, createdAt: sent.createdAt, confirmedAt: ctx.now, checkDueAt: null },
    });
    expect(entry.versions).toMatchObject([{ version: 1, status: 'booked', ...times, nhsNumber, at: ctx.now }]);
    expect(await db.auditEvent.findMany({ where: { subject: entryId } })).toMatchObject([
      { type: 'registry.registered', actorId: ctx.actor.id, requestId: ctx.requestId, correlationId: ctx.correlationId, provenance: ctx.actor.provenance, detail: { version: 1, isSealed: false } },
    ]);
    expect(await db.inboundRequest.findMany({ where: { sender: ctx.actor.id } })).toMatchObject([{ door: 'registry', method: 'POST', requestId: ctx.correlationId, answer: `${entryId}:1` }]);
  });

  test('answers with what a read of it gives', async () => {
    const ctx = await aSystem();
    const { dosId, odsCode } = await aService({ typeId: SEXUAL_HEALTH });
    for (const given of [{}, { service: { dosId, name: null }, holderCode: odsCode, place: 'LS1 3EX' }, { patient: { by: 'local', system: 'https://other.example.nhs.uk/Id/patient', value: `p-${unique()}`, display: 'T. Notreal' } }] as const) {
      const outcome = await registerEntry(again(ctx), aRegistration(given));
      if (!outcome.ok) return expect.unreachable();
      expect(outcome.value).toMatchObject({ version: 1 });
      expect(outcome.value.entry).toEqual(await apiEntry(ctx, { id: outcome.value.entryId }));
    }
  });

  test('B-913: of a patient without NHS number the sender’s identifier is kept, and the digest by which they may be recognised', async () => {
    const traits = { familyName: 'O’Notreal', birthDate: parseLocalDate('1984-03-02') ?? expect.unreachable(), postcode: 'LS1 4AP' };
    const patient = { by: 'local', system: 'https://other.example.nhs.uk/Id/patient', value: 'p-1', display: 'T. Notreal' } as const;
    const entry = await registered(await aSystem(), { patient, traits });
    expect(entry).toMatchObject({ nhsNumber: null, patientSystem: patient.system, patientValue: 'p-1', patientDisplay: 'T. Notreal', matchKey: matchKey({ id: '', isUnknown: false, ...traits }) });
    expect(JSON.stringify(entry)).not.toContain('1984');
  });

  test('a service that is known by its DoS id lends its name when none was sent', async () => {
    const ctx = await aSystem();
    const { dosId, name } = await aService();
    expect(await registered(again(ctx), { service: { dosId, name: null } })).toMatchObject({ serviceDosId: dosId, serviceName: name, isSealed: false });
    expect(await registered(again(ctx), { service: { dosId, name: 'Night clinic' } })).toMatchObject({ serviceDosId: dosId, serviceName: 'Night clinic' });
    expect(await registered(again(ctx), { service: { dosId: '0', name: null } })).toMatchObject({ serviceDosId: '0', serviceName: null });
  });

  test('is sealed when the sender says so, or when the service is a sensitive one here', async () => {
    const ctx = await aSystem();
    const { dosId } = await aService({ typeId: SEXUAL_HEALTH });
    expect(await registered(again(ctx), { isSealed: true })).toMatchObject({ isSealed: true });
    expect(await registered(again(ctx), { service: { dosId, name: null } })).toMatchObject({ isSealed: true });
  });

  test('B-928: is due to be read again only when it points below a source that is on', async () => {
    const ctx = await aSystem();
    const number = unique();
    const source = (isOn: boolean) => ({ id: newId(), name: 'Test source', readsForCode: 'T1', addedAt: A_TUESDAY_AT_TEN, changedAt: A_TUESDAY_AT_TEN, isOn, root: `https://source-${isOn ? 'on' : 'off'}-${number}.example.nhs.uk/STU3` });
    await db.registrySource.createMany({ data: [source(true), source(false)] });
    const due = async (url: string) => (await registered(again(ctx), { url })).checkDueAt;
    const { startsAt, endsAt } = aRegistration();
    expect(await due(`https://source-on-${number}.example.nhs.uk/STU3/Appointment/1`)).toEqual(firstCheckAt({ startsAt, endsAt }, ctx.now));
    expect(await due(`https://source-off-${number}.example.nhs.uk/STU3/Appointment/1`)).toBeNull();
    expect(await due(`https://source-on-${number}.example.nhs.uk.example.com/STU3/Appointment/1`)).toBeNull();
  });

  test('B-904: a scope that may only read registers nothing', async () => {
    await expect(registerEntry(await aSystem({ scopes: ['registry/appointment.read'] }), aRegistration())).rejects.toThrow(ForbiddenError);
  });
});

describe('a registration is refused, audited, and writes nothing', () => {
  async function refused(ctx: Ctx<SystemActor>, registration: Registration) {
    const before = await db.registryEntry.count();
    const outcome = await registerEntry(ctx, registration);
    expect(await db.registryEntry.count()).toBe(before);
    const [audited] = await refusals(ctx);
    expect(audited).toMatchObject({ subject: null });
    if (outcome.ok) return expect.unreachable();
    // No address in the audit.
    expect(audited?.detail).toEqual({ code: outcome.error.code });
    return outcome.error;
  }

  test('B-901: an appointment of Onward’s own', async () => {
    expect(await refused(await aSystem(), aRegistration({ url: `https://onward.example.nhs.uk/STU3/Appointment/${newId()}` }))).toEqual({ code: 'pointer-own' });
  });

  test('a holder that nobody knows', async () => {
    expect(await refused(await aSystem(), aRegistration({ holderCode: 'ZZZ99' }))).toEqual({ code: 'organisation-unknown', odsCode: 'ZZZ99' });
  });

  test('a sender whose own organisation nobody knows', async () => {
    const ctx = await aSystem();
    const unknown = { ...ctx, actor: { ...ctx.actor, organisation: { code: 'ZZZ98', name: 'Nobody' } } };
    expect(await refused(unknown, aRegistration({ holderCode: ctx.actor.organisation.code }))).toEqual({ code: 'organisation-unknown', odsCode: 'ZZZ98' });
  });

  test('B-915: a pointer that is registered already, also by another organisation', async () => {
    const { externalId: url } = await registered(await aSystem());
    expect(await refused(await aSystem(), aRegistration({ url }))).toEqual({ code: 'pointer-taken' });
  });

  test('B-915: a repeat of the request, with what it led to the first time, whatever it says now', async () => {
    const ctx = await aSystem();
    const { id: entryId, externalId: url } = await registered(ctx);
    for (const registration of [aRegistration({ url }), aRegistration(), aRegistration({ holderCode: 'ZZZ99' })]) {
      const repeat = { ...ctx, requestId: newId() };
      expect(await refused(repeat, registration)).toEqual({ code: 'registration-repeated', entryId, version: 1 });
    }
  });

  test('B-046: a refused request does not use its id up', async () => {
    const ctx = await aSystem();
    await registerEntry(ctx, aRegistration({ holderCode: 'ZZZ99' }));
    expect(await registerEntry(ctx, aRegistration())).toMatchObject({ ok: true });
  });
});

describe('two at once', () => {
  test('ten systems register one pointer at once: one does, nine are told that it is taken', async () => {
    const { url } = aRegistration();
    const systems = await Promise.all(Array.from({ length: 10 }, () => aSystem()));
    const outcomes = await Promise.all(systems.map((ctx) => registerEntry(ctx, aRegistration({ url }))));
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
    expect(outcomes.filter((outcome) => !outcome.ok && outcome.error.code === 'pointer-taken')).toHaveLength(9);
    expect(await db.registryEntry.count({ where: { externalId: url } })).toBe(1);
  });

  test.each([
    ['one pointer', true],
    ['different pointers', false],
  ])('B-047: one request id ten times at once, with %s: one entry, nine times the first answer', async (_what, isOnePointer) => {
    const ctx = await aSystem();
    const { url } = aRegistration();
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => registerEntry({ ...ctx, requestId: newId() }, isOnePointer ? aRegistration({ url }) : aRegistration())));
    const [won] = outcomes.flatMap((outcome) => (outcome.ok ? [outcome.value] : []));
    expect(outcomes.filter((outcome) => !outcome.ok)).toEqual(Array.from({ length: 9 }, () => ({ ok: false, error: { code: 'registration-repeated', entryId: won?.entryId, version: 1 } })));
    expect(await db.registryEntry.count({ where: { registeredById: ctx.actor.id } })).toBe(1);
  });
});
