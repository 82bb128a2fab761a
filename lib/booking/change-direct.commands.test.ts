import { describe, expect, test } from 'vitest';
import type { Ctx, SystemActor } from '@/lib/auth/actor';
import { versionOf } from '@/lib/booking/api-appointment.queries';
import { earlierDirect } from '@/lib/booking/booked.queries';
import { changeDirectly } from '@/lib/booking/change-direct.commands';
import type { DirectChange } from '@/lib/booking/direct.schema';
import { db } from '@/lib/platform/db';
import { ForbiddenError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/id';
import { addMinutes } from '@/lib/platform/time';
import { anApiAppointment } from '@/prisma/factories/api-appointment';
import { anAppointment } from '@/prisma/factories/appointment';
import { aSystem } from '@/prisma/factories/client';
import { aHandler } from '@/prisma/factories/staff';

const CANCEL = { method: 'cancel' } as const;
const ENTER_IN_ERROR = { method: 'enter-in-error' } as const;
const AMEND = { method: 'amend', reason: 'Earache, now on both sides' } as const;

/** The same system with another request, some minutes later. */
const later = (ctx: Ctx<SystemActor>, minutes: number): Ctx<SystemActor> => ({ ...ctx, now: addMinutes(ctx.now, minutes), requestId: newId(), correlationId: newId() });

/** What is sent to change the first version of an appointment, in which nothing else differs. */
const asked = (appointmentId: string, wanted: DirectChange['wanted']): DirectChange => ({ appointmentId, version: 1, wanted, differences: () => [] });

async function aBooking() {
  const ctx = await aSystem();
  return { ctx, appointment: await anApiAppointment(ctx) };
}

const asItStands = (id: string) => db.appointment.findUniqueOrThrow({ where: { id }, include: { slot: true, versions: true, registryEntry: true } });

describe('B-611 to B-615: a change of another system', () => {
  test.each([
    ['cancels', CANCEL, 'cancelled', 'appointment.cancelled'],
    ['enters in error', ENTER_IN_ERROR, 'entered-in-error', 'appointment.entered-in-error'],
  ] as const)('%s: the slot is free at once, all versions stay, and who did it is kept', async (_does, wanted, status, type) => {
    const { ctx, appointment } = await aBooking();
    const at = later(ctx, 5);
    expect(await changeDirectly(at, asked(appointment.id, wanted))).toEqual({ ok: true, value: { appointmentId: appointment.id, version: 2, at: at.now, isRepeat: false } });

    const after = await asItStands(appointment.id);
    expect(after).toMatchObject({ status, version: 2, releasedAt: at.now, cancelReason: null, cancelText: null, slot: { status: 'free' }, registryEntry: { status, version: 2 } });
    expect(after.versions).toMatchObject([{ version: 1 }, { version: 2, actorId: ctx.actor.id, provenance: ctx.actor.provenance, body: { status } }]);
    const said = { requestId: at.requestId, correlationId: at.correlationId, organisationCode: ctx.actor.organisation.code, provenance: ctx.actor.provenance };
    expect(await db.auditEvent.findMany({ where: { subject: appointment.id, type } })).toMatchObject([{ ...said, detail: { before: 'booked', after: status, version: 2 } }]);
    expect(await db.inboundRequest.findMany({ where: { sender: ctx.actor.id, method: 'PUT' } })).toMatchObject([{ door: 'stu3', requestId: at.correlationId, answer: `${appointment.id}:2` }]);
  });

  test('B-612: amends the reason and nothing else; the slot stays taken', async () => {
    const { ctx, appointment } = await aBooking();
    expect(await changeDirectly(later(ctx, 5), asked(appointment.id, AMEND))).toMatchObject({ ok: true, value: { version: 2 } });
    expect(await asItStands(appointment.id)).toMatchObject({ status: 'booked', reason: AMEND.reason, startsAt: appointment.startsAt, slot: { status: 'busy' } });
  });

  test('U-106: any organisation may, also of a booking that was made on a screen', async () => {
    const appointment = await anAppointment(await aHandler());
    expect(await changeDirectly(later(await aSystem(), 5), asked(appointment.id, CANCEL))).toMatchObject({ ok: true });
    expect(await db.referral.findMany({ where: { appointmentId: appointment.id } })).toMatchObject([{ uncoupledAt: addMinutes(appointment.bookedAt, 5) }]);
  });

  test('B-122: a token that may only read changes nothing', async () => {
    const ctx = await aSystem({ scopes: ['patient/appointment.read'] });
    for (const wanted of [CANCEL, ENTER_IN_ERROR, AMEND]) await expect(changeDirectly(ctx, asked(newId(), wanted))).rejects.toThrow(ForbiddenError);
  });
});

describe('it is refused in the order of B-603 to B-609, audited, and changes nothing', () => {
  async function refusalOf(ctx: Ctx<SystemActor>, request: DirectChange) {
    const outcome = await changeDirectly(ctx, request);
    if (outcome.ok) throw new Error('it was changed');
    const [audit] = await db.auditEvent.findMany({ where: { requestId: ctx.requestId } });
    expect(audit).toMatchObject({ subject: request.appointmentId, correlationId: ctx.correlationId, provenance: ctx.actor.provenance, detail: { code: outcome.error.code, method: request.wanted.method } });
    expect(await db.inboundRequest.count({ where: { sender: ctx.actor.id, requestId: ctx.correlationId ?? '' } })).toBe(0);
    return outcome.error;
  }

  test.each([newId(), 'no-such-id'])('B-603: appointment-not-found for %s', async (id) => {
    expect(await refusalOf(await aSystem(), asked(id, CANCEL))).toEqual({ code: 'appointment-not-found' });
  });

  test('B-604: cancel-restricted where the service lets only the booker cancel, before the version is looked at; the booker may', async () => {
    const { ctx, appointment } = await aBooking();
    const { name } = await db.service.update({ where: { id: appointment.serviceId }, data: { cancelBy: 'booker' } });
    const refused = await refusalOf(await aSystem(), { ...asked(appointment.id, CANCEL), version: 7 });
    expect(refused).toEqual({ code: 'cancel-restricted', serviceName: name, bookedBy: ctx.actor.organisation.name });
    const colleague = await aSystem({ organisationCode: ctx.actor.organisation.code });
    expect(await changeDirectly(colleague, asked(appointment.id, CANCEL))).toMatchObject({ ok: true });
  });

  test('B-604: organisation-refused where the service takes nothing from it, or its registration is for other services', async () => {
    const { ctx, appointment } = await aBooking();
    const [refused, elsewhere] = [await aSystem(), await aSystem({ cancel: ['2000099999'] })];
    const { code } = refused.actor.organisation;
    const { name } = await db.service.update({ where: { id: appointment.serviceId }, data: { refusesFrom: [code, ctx.actor.organisation.code] } });
    expect(await refusalOf(refused, asked(appointment.id, CANCEL))).toEqual({ code: 'organisation-refused', serviceName: name, organisation: code, what: 'cancel' });
    expect(await refusalOf(elsewhere, asked(appointment.id, CANCEL))).toMatchObject({ code: 'organisation-refused', what: 'cancel' });
    // Its own bookings it may take back, though the service takes no more from it.
    expect(await changeDirectly(later(ctx, 1), asked(appointment.id, CANCEL))).toMatchObject({ ok: true });
  });

  test('B-605: appointment-changed, with the version, for another than the current one, though it is cancelled', async () => {
    const { ctx, appointment } = await aBooking();
    await changeDirectly(later(ctx, 1), asked(appointment.id, CANCEL));
    expect(await refusalOf(later(ctx, 2), asked(appointment.id, CANCEL))).toEqual({ code: 'appointment-changed', version: 2 });
  });

  test('B-607: appointment-already-cancelled, with when', async () => {
    const { ctx, appointment } = await aBooking();
    await changeDirectly(later(ctx, 1), asked(appointment.id, CANCEL));
    const request = { ...asked(appointment.id, CANCEL), version: 2 };
    expect(await refusalOf(later(ctx, 90), request)).toEqual({ code: 'appointment-already-cancelled', at: addMinutes(ctx.now, 1) });
  });

  test.each([
    ['arrived', CANCEL, 'cancelled'],
    ['fulfilled', ENTER_IN_ERROR, 'entered-in-error'],
    ['noshow', AMEND, 'amended'],
  ] as const)('B-607: appointment-cannot-become when it is %s', async (status, wanted, done) => {
    const { ctx, appointment } = await aBooking();
    const steps = status === 'fulfilled' ? (['arrived', 'fulfilled'] as const) : [status];
    for (const step of steps) await db.appointment.update({ where: { id: appointment.id }, data: { status: step } });
    expect(await refusalOf(later(ctx, 90), asked(appointment.id, wanted))).toEqual({ code: 'appointment-cannot-become', status, wanted: done });
  });

  test.each([CANCEL, ENTER_IN_ERROR, AMEND])('B-608, B-611: appointment-in-past once it has begun, for $method', async (wanted) => {
    const { ctx, appointment } = await aBooking();
    expect(await refusalOf(later(ctx, 60), asked(appointment.id, wanted))).toEqual({ code: 'appointment-in-past', startsAt: appointment.startsAt });
  });

  test('B-609: appointment-differs, with every element, compared with the version that was read', async () => {
    const { ctx, appointment } = await aBooking();
    const differences: DirectChange['differences'] = ({ version, reason }) => [`Appointment.description:${version}:${reason}`, 'Appointment.start'];
    const elements = [`Appointment.description:1:${appointment.reason}`, 'Appointment.start'];
    expect(await refusalOf(later(ctx, 5), { ...asked(appointment.id, CANCEL), differences })).toEqual({ code: 'appointment-differs', elements });
    expect(await asItStands(appointment.id)).toMatchObject({ status: 'booked', version: 1, slot: { status: 'busy' } });
  });

  test('B-611: appointment-unchanged for the reason that it has', async () => {
    const { ctx, appointment } = await aBooking();
    expect(await refusalOf(later(ctx, 5), asked(appointment.id, { method: 'amend', reason: appointment.reason }))).toEqual({ code: 'appointment-unchanged' });
  });
});

describe('B-043 to B-047: the same request again', () => {
  test('is not carried out, and is told the version that it made, whatever came after', async () => {
    const { ctx, appointment } = await aBooking();
    const at = later(ctx, 5);
    await changeDirectly(at, asked(appointment.id, AMEND));
    await changeDirectly(later(ctx, 6), { ...asked(appointment.id, CANCEL), version: 2 });
    const repeat = { ok: false, error: { code: 'request-repeated', appointmentId: appointment.id, version: 2 } };
    expect(await changeDirectly({ ...at, requestId: newId() }, asked(appointment.id, AMEND))).toEqual(repeat);
    expect(await db.auditEvent.findMany({ where: { subject: appointment.id, type: 'appointment.amend-refused' } })).toMatchObject([{ detail: { code: 'request-repeated' } }]);
    expect(await earlierDirect(at, 'PUT')).toEqual({ appointmentId: appointment.id, version: 2 });
    expect(await earlierDirect(at, 'POST')).toBeNull();
  });

  test('ten times at once is one change, and nine are told which', async () => {
    const { ctx, appointment } = await aBooking();
    const at = later(ctx, 5);
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => changeDirectly({ ...at, requestId: newId() }, asked(appointment.id, CANCEL))));
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect(outcomes.filter((outcome) => !outcome.ok && outcome.error.code === 'request-repeated' && outcome.error.version === 2)).toHaveLength(9);
  });

  test('without a correlation id it is carried out, and nothing is kept of it', async () => {
    const { ctx, appointment } = await aBooking();
    expect(await changeDirectly({ ...later(ctx, 5), correlationId: null }, asked(appointment.id, CANCEL))).toMatchObject({ ok: true });
    expect(await db.inboundRequest.count({ where: { sender: ctx.actor.id, method: 'PUT' } })).toBe(0);
  });
});

test('B-605: twenty systems change one version at once: one does, nineteen are told of version 2, and there are two versions', async () => {
  const { appointment } = await aBooking();
  const systems = await Promise.all(Array.from({ length: 20 }, () => aSystem()));
  const outcomes = await Promise.all(systems.map((ctx, index) => changeDirectly(ctx, asked(appointment.id, index % 2 ? CANCEL : AMEND))));
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
  expect(outcomes.filter((outcome) => !outcome.ok && outcome.error.code === 'appointment-changed' && outcome.error.version === 2)).toHaveLength(19);
  expect((await asItStands(appointment.id)).versions).toHaveLength(2);
  expect(await versionOf({ id: appointment.id, version: 1 })).toMatchObject({ status: 'booked', isCurrent: false });
});

test('a fault after the claim leaves the appointment, its slot and the registry as they were', async () => {
  const { ctx, appointment } = await aBooking();
  const { id } = appointment;
  await db.outbox.create({ data: { id: newId(), topic: 'appointment.cancelled', body: {}, dedupeKey: `appointment.cancelled:${id}:2`, notBefore: ctx.now } });
  await expect(changeDirectly(later(ctx, 5), asked(id, CANCEL))).rejects.toThrow(/dedupe_key/);
  expect(await asItStands(id)).toMatchObject({ status: 'booked', version: 1, slot: { status: 'busy' }, registryEntry: { status: 'booked' } });
});
