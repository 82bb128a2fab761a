import { describe, expect, test } from 'vitest';
import type { Ctx, Role } from '@/lib/auth/actor';
import { bookAppointment } from '@/lib/booking/book.commands';
import { cancelAppointment } from '@/lib/booking/cancel.commands';
import { holdSlot } from '@/lib/booking/hold.commands';
import { EMERGENCY_DEPARTMENT } from '@/lib/directory/rank.rules';
import { db } from '@/lib/platform/db';
import { ForbiddenError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/id';
import { addMinutes } from '@/lib/platform/time';
import { aBookingRequest, aCall, aCancelRequest, aHeldSlot } from '@/prisma/factories/call';
import { aPatient } from '@/prisma/factories/patient';
import { aSymptomGroup } from '@/prisma/factories/reference';
import { aService } from '@/prisma/factories/service';
import { aFreeSlot, freeSlotsInARow } from '@/prisma/factories/slot';
import { A_TUESDAY_AT_TEN, aHandler, later } from '@/prisma/factories/staff';

const TWO_HOURS_OVER = addMinutes(A_TUESDAY_AT_TEN, 240);
const refusalsOf = (subject: string) => db.auditEvent.findMany({ where: { type: 'appointment.refused', subject } });

async function aBooking() {
  const ctx = await aHandler();
  const held = await aHeldSlot(ctx);
  const outcome = await bookAppointment(ctx, held.request);
  if (!outcome.ok) throw new Error(outcome.error.code);
  return { ctx, ...held, booked: outcome.value };
}

describe('booking the slot that a call holds', () => {
  test('writes all that belongs to it: slot, appointment, version, referral, call, registry, message, audit, request', async () => {
    const { ctx, call, slot, request, booked } = await aBooking();
    expect(booked).toMatchObject({ isRepeat: false, bookedAt: ctx.now });
    expect(booked.reference).toMatch(/^ONW-/);

    const id = booked.appointmentId;
    expect(await db.slot.findUniqueOrThrow({ where: { id: slot.id } })).toMatchObject({ status: 'busy', heldByCall: null, heldUntil: null });
    const appointment = await db.appointment.findUniqueOrThrow({ where: { id }, include: { versions: true, registryEntry: { include: { versions: true } }, patient: true } });
    expect(appointment).toMatchObject({ slotId: slot.id, callId: call.id, status: 'booked', startsAt: slot.startsAt, endsAt: slot.endsAt, version: 1, reason: request.reason });
    expect(appointment.versions).toMatchObject([{ version: 1, actorId: ctx.actor.id, body: { status: 'booked', startsAt: slot.startsAt.toISOString(), reason: request.reason } }]);
    expect(appointment.registryEntry).toMatchObject({ source: 'onward', externalId: id, nhsNumber: appointment.patient.nhsNumber, startsAt: slot.startsAt, status: 'booked', versions: [{ version: 1 }] });
    expect(await db.referral.findMany({ where: { appointmentId: id } })).toMatchObject([
      { callId: call.id, patientId: call.patientId, serviceId: slot.serviceId, dispositionCode: 'Dx05', reason: null, sentAt: ctx.now, sentById: ctx.actor.id, uncoupledAt: null },
    ]);
    expect(await db.call.findUniqueOrThrow({ where: { id: call.id } })).toMatchObject({ state: 'booked', endedAt: ctx.now });
    expect(await db.callEvent.findMany({ where: { callId: call.id } })).toMatchObject([{ kind: 'booked', body: { appointmentId: id, rule: 'TF-01' } }]);
    expect(await db.outbox.findUniqueOrThrow({ where: { dedupeKey: `appointment.booked:${id}` } })).toMatchObject({ topic: 'appointment.booked', notBefore: ctx.now });
    expect(await db.auditEvent.findMany({ where: { subject: id } })).toMatchObject([
      { type: 'appointment.booked', at: ctx.now, actorId: ctx.actor.id, patientId: call.patientId, requestId: ctx.requestId, roles: ['call-handler'] },
    ]);
  });

  test('the same request again, even later and from the back button, gives the first answer', async () => {
    const { ctx, request, booked } = await aBooking();
    expect(await bookAppointment(later(ctx, 20), request)).toEqual({ ok: true, value: { ...booked, isRepeat: true } });
  });

  test('the same request ten times at once makes one appointment, and all get the same answer', async () => {
    const ctx = await aHandler();
    const { call, request } = await aHeldSlot(ctx);
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => bookAppointment(ctx, request)));

    expect(new Set(outcomes.map((outcome) => outcome.ok && outcome.value.appointmentId))).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome.ok && !outcome.value.isRepeat)).toHaveLength(1);
    expect(await db.appointment.count({ where: { callId: call.id } })).toBe(1);
  });

  test('a request id used up in one call books nothing in another: it gives the first answer', async () => {
    const { ctx, request, booked } = await aBooking();
    const other = await aHeldSlot(ctx);
    expect(await bookAppointment(ctx, { ...other.request, requestId: request.requestId })).toEqual({ ok: true, value: { ...booked, isRepeat: true } });
    expect(await db.slot.findUniqueOrThrow({ where: { id: other.slot.id } })).toMatchObject({ status: 'free', heldByCall: other.call.id });
  });

  test('an auditor may not book', async () => {
    const { request } = await aHeldSlot(await aHandler());
    await expect(bookAppointment(await aHandler({ role: 'auditor' }), request)).rejects.toThrow(ForbiddenError);
  });
});

describe('a booking is refused in words of its own, and audited', () => {
  test.each([
    ['hold-expired', { heldUntil: A_TUESDAY_AT_TEN }],
    ['hold-expired', { heldByCall: null, heldUntil: null }],
    ['slot-held', { heldByCall: newId() }],
    ['slot-taken', { status: 'busy', heldByCall: null, heldUntil: null }],
    ['slot-withdrawn', { status: 'withdrawn', heldByCall: null, heldUntil: null }],
    ['slot-in-past', { startsAt: A_TUESDAY_AT_TEN }],
  ])('%s when the slot became %o', async (code, changed) => {
    const ctx = await aHandler();
    const { call, slot, request } = await aHeldSlot(ctx);
    await db.slot.update({ where: { id: slot.id }, data: changed });

    expect(await bookAppointment(ctx, request)).toMatchObject({ ok: false, error: { code, startsAt: 'startsAt' in changed ? changed.startsAt : slot.startsAt } });
    expect(await refusalsOf(slot.id)).toMatchObject([{ detail: { code, callId: call.id } }]);
    expect(await db.callEvent.findMany({ where: { callId: call.id } })).toMatchObject([{ kind: 'booking-refused', body: { code } }]);
    expect(await db.appointment.count({ where: { slotId: slot.id } })).toBe(0);
  });

  test('call-not-found for another organisation, slot-not-found for an id that is none', async () => {
    const ctx = await aHandler();
    const { call, slot, request } = await aHeldSlot(await aHandler());
    expect(await bookAppointment(ctx, request)).toEqual({ ok: false, error: { code: 'call-not-found' } });
    expect(await refusalsOf(slot.id)).toHaveLength(1);
    expect(call.state).toBe('open');
    expect(await bookAppointment(ctx, aBookingRequest((await aCall(ctx)).id, newId()))).toEqual({ ok: false, error: { code: 'slot-not-found' } });
  });

  test('service-not-bookable when the service closed during the hold', async () => {
    const ctx = await aHandler();
    const { slot, request } = await aHeldSlot(ctx);
    await db.service.update({ where: { id: slot.serviceId }, data: { isBookable: false } });
    expect(await bookAppointment(ctx, request)).toMatchObject({ error: { code: 'service-not-bookable' } });
  });

  test('B-114: organisation-refused where the service takes no bookings from the organisation of the handler', async () => {
    const ctx = await aHandler();
    const { slot, request } = await aHeldSlot(ctx);
    const { code, name: organisation } = ctx.actor.organisation;
    const { name } = await db.service.update({ where: { id: slot.serviceId }, data: { refusesFrom: [code] } });
    expect(await bookAppointment(ctx, request)).toEqual({ ok: false, error: { code: 'organisation-refused', serviceName: name, organisation, what: 'book' } });
    expect(await refusalsOf(slot.id)).toMatchObject([{ detail: { code: 'organisation-refused' } }]);
  });

  test.each([
    ['disposition', { dispositions: ['Dx07'] }, {}],
    ['age', { ages: [{ daysFrom: 0, daysTo: 5000 }] }, {}],
    ['gender', { genders: ['F'] }, {}],
    ['role', { referralRoles: ['clinician'] }, {}],
    ['area', { areas: ['QHG'] }, {}],
    ['practices', { isRestricted: true, practices: ['B86110'] }, { practiceCode: 'B86111' }],
  ] as const)('service-not-suitable, by %s, when its profile is %o', async (check, profile, call) => {
    const ctx = await aHandler();
    const service = await aService({ ...profile, genders: 'genders' in profile ? [...profile.genders] : undefined, referralRoles: 'referralRoles' in profile ? [...profile.referralRoles] : undefined });
    const { slot, request } = await aHeldSlot(ctx, { call, slot: { serviceId: service.id } });
    expect(await bookAppointment(ctx, request)).toEqual({ ok: false, error: { code: 'service-not-suitable', serviceName: service.name, check } });
    expect(await refusalsOf(slot.id)).toMatchObject([{ detail: { code: 'service-not-suitable' } }]);
  });

  test('service-not-suitable, by symptoms, unless it takes the group and every discriminator that is valid in it (D-008, D-012)', async () => {
    const ctx = await aHandler();
    const { groupId, discriminatorIds } = await aSymptomGroup(2);
    const [one = 0, two = 0] = discriminatorIds;
    const outcomeOf = async (symptoms: number[]) => {
      const { id: serviceId } = await aService({ symptoms: symptoms.map((discriminatorId) => ({ groupId, discriminatorId })) });
      const { request } = await aHeldSlot(ctx, { call: { symptomGroup: groupId, discriminators: [one, two, 1] }, slot: { serviceId } });
      return bookAppointment(ctx, request);
    };
    for (const symptoms of [[], [one]]) expect(await outcomeOf(symptoms)).toMatchObject({ error: { code: 'service-not-suitable', check: 'symptoms' } });
    expect(await outcomeOf([one, two])).toMatchObject({ ok: true });
  });

  test('D-041: an emergency department is the catch-all and takes whoever it is; D-010, D-018: the patient’s own practice and area are no hindrance', async () => {
    const ctx = await aHandler();
    const nobodys = { typeId: EMERGENCY_DEPARTMENT, dispositions: [], ages: [], genders: [], referralRoles: [], areas: ['QHG'] };
    const own = { isRestricted: true, practices: ['B86110'], areas: ['QWO', 'QHG'] };
    for (const profile of [nobodys, own]) {
      const { id: serviceId } = await aService(profile);
      const { request } = await aHeldSlot(ctx, { call: { practiceCode: 'B86110' }, slot: { serviceId } });
      expect(await bookAppointment(ctx, request)).toMatchObject({ ok: true });
    }
  });

  test('patient-deceased when the patient was marked so between hold and booking', async () => {
    const ctx = await aHandler();
    const { call, slot, request } = await aHeldSlot(ctx);
    await db.patient.update({ where: { id: call.patientId }, data: { deceasedOn: ctx.now } });
    expect(await bookAppointment(ctx, request)).toEqual({ ok: false, error: { code: 'patient-deceased' } });
    expect(await refusalsOf(slot.id)).toMatchObject([{ detail: { code: 'patient-deceased' } }]);
  });

  test('U-140, U-144: contacts-without-primary when nobody is rung first', async () => {
    const ctx = await aHandler();
    const { call, request } = await aHeldSlot(ctx);
    await db.callContact.updateMany({ where: { callId: call.id }, data: { rank: 2 } });
    expect(await bookAppointment(ctx, request)).toEqual({ ok: false, error: { code: 'contacts-without-primary' } });
  });

  test('call-with-colleague when somebody else of the organisation has the call, even one that is booked: who', async () => {
    const { ctx, call, request } = await aBooking();
    const colleague = await aHandler({ organisationCode: ctx.actor.organisation.code });
    const refusal = { code: 'call-with-colleague', handlerName: ctx.actor.name };
    expect(await bookAppointment(colleague, request)).toEqual({ ok: false, error: refusal });
    const events = await db.callEvent.findMany({ where: { callId: call.id, kind: 'booking-refused' } });
    expect(events).toMatchObject([{ body: { code: refusal.code, by: colleague.actor.id } }]);
  });

  test.each([
    ['closed', { closeReason: 'caller-gone' }],
    ['referred', {}],
  ] as const)('call-ended when the call was %s: how and when', async (state, given) => {
    const ctx = await aHandler();
    const { call, request } = await aHeldSlot(ctx);
    await db.call.update({ where: { id: call.id }, data: { state, endedAt: ctx.now, ...given } });
    expect(await bookAppointment(ctx, request)).toEqual({ ok: false, error: { code: 'call-ended', state, endedAt: ctx.now } });
  });

  test('call-already-booked for a second, different request: which appointment, and when', async () => {
    const { ctx, request, booked } = await aBooking();
    const { appointmentId, reference, bookedAt } = booked;
    expect(await bookAppointment(ctx, { ...request, requestId: newId() })).toEqual({ ok: false, error: { code: 'call-already-booked', appointmentId, reference, bookedAt } });
  });

  test('patient-overlap when the patient was seen, and is done, at a time that has not gone by: which one', async () => {
    const { ctx, call, slot, booked } = await aBooking();
    await db.appointment.update({ where: { id: booked.appointmentId }, data: { status: 'arrived' } });
    await db.appointment.update({ where: { id: booked.appointmentId }, data: { status: 'fulfilled' } });
    await db.registryEntry.update({ where: { appointmentId: booked.appointmentId }, data: { status: 'fulfilled' } });
    const second = await aHeldSlot(ctx, { call: { patientId: call.patientId }, slot: { startsAt: addMinutes(slot.startsAt, 5) } });
    expect(await bookAppointment(ctx, second.request)).toMatchObject({ error: { code: 'patient-overlap', reference: booked.reference, startsAt: slot.startsAt } });
    const after = await aHeldSlot(ctx, { call: { patientId: call.patientId }, slot: { startsAt: slot.endsAt } });
    expect(await bookAppointment(ctx, after.request)).toMatchObject({ ok: true });
  });
});

describe('D-061: a slot after the due time', () => {
  const INFORMED = { callerInformed: 'yes' } as const;
  const WHY = 'Known to the service';

  /** A booking two hours over, approved by whoever `approver` makes for the handler. */
  async function anOverBooking({ role = 'call-handler', approver }: { role?: Role; approver?: (ctx: Ctx) => Promise<string> }) {
    const ctx = await aHandler({ role });
    const held = await aHeldSlot(ctx, { slot: { startsAt: TWO_HOURS_OVER } });
    const approvedBy = approver ? await approver(ctx) : '';
    const request = { ...held.request, ...INFORMED, approvedBy, approvalReason: WHY };
    return { ...held, ctx, approvedBy, outcome: await bookAppointment(ctx, request) };
  }

  const aColleague = (role: Role) => async ({ actor }: Ctx) => (await aHandler({ role, organisationCode: actor.organisation.code })).actor.id;

  test.each([
    ['call-handler', 'Dx05', {}, 'approval-needed'],
    ['call-handler', 'Dx05', INFORMED, 'approval-needed'],
    ['call-handler', 'Dx07', {}, 'notice-needed'],
    ['call-handler', 'Dx07', INFORMED, 'TF-03'],
    ['supervisor', 'Dx05', INFORMED, 'approval-needed'],
    ['clinician', 'Dx05', {}, 'notice-needed'],
    ['clinician', 'Dx05', INFORMED, 'TF-02'],
  ] as const)('%s, %s, %o: %s', async (role, dispositionCode, given, expected) => {
    const ctx = await aHandler({ role });
    const { call, slot, request } = await aHeldSlot(ctx, { call: { dispositionCode }, slot: { startsAt: TWO_HOURS_OVER } });
    const outcome = await bookAppointment(ctx, { ...request, ...given });

    if (outcome.ok) {
      expect(await db.callEvent.findMany({ where: { callId: call.id } })).toMatchObject([{ body: { rule: expected, minutesOver: 120, callerInformed: true } }]);
      const appointment = await db.appointment.findUniqueOrThrow({ where: { id: outcome.value.appointmentId } });
      expect(appointment).toMatchObject({ timeframeRule: expected, minutesOver: 120, callerInformed: true, approvedById: null, approvalReason: null });
    } else {
      expect(outcome.error).toEqual({ code: expected, minutesOver: 120 });
      expect(await refusalsOf(slot.id)).toMatchObject([{ detail: { code: expected } }]);
      expect(await db.slot.findUniqueOrThrow({ where: { id: slot.id } })).toMatchObject({ heldByCall: call.id });
    }
    expect(outcome.ok).toBe(expected.startsWith('TF'));
  });

  test('U-087: approved by a clinician of the same organisation, who and why are kept with the appointment; the audit has who, not why', async () => {
    const { call, approvedBy, outcome } = await anOverBooking({ approver: aColleague('clinician') });
    if (!outcome.ok) throw new Error(outcome.error.code);
    const id = outcome.value.appointmentId;
    expect(await db.appointment.findUniqueOrThrow({ where: { id } })).toMatchObject({ timeframeRule: 'TF-04', minutesOver: 120, callerInformed: true, approvedById: approvedBy, approvalReason: WHY });
    expect(await db.callEvent.findMany({ where: { callId: call.id } })).toMatchObject([{ kind: 'booked', body: { rule: 'TF-04', minutesOver: 120, callerInformed: true, approvedBy } }]);
    const [audit] = await db.auditEvent.findMany({ where: { subject: id } });
    expect(audit?.detail).toMatchObject({ isApproved: true, approvedBy });
    expect(JSON.stringify(audit?.detail)).not.toContain(WHY);
  });

  test.each<[string, string, (ctx: Ctx) => Promise<string>]>([
    ['approver-is-self', 'the person who books', async ({ actor }) => actor.id],
    ['approver-not-clinician', 'a colleague who is no clinician', aColleague('supervisor')],
    ['approver-not-clinician', 'a clinician of another organisation', async () => (await aHandler({ role: 'clinician' })).actor.id],
    ['approver-not-clinician', 'nobody who exists', async () => newId()],
    [
      'approver-not-clinician',
      'a clinician who has left',
      async (ctx) => {
        const id = await aColleague('clinician')(ctx);
        await db.staff.update({ where: { id }, data: { isActive: false } });
        return id;
      },
    ],
  ])('%s when it is said to be approved by %s', async (code, _who, approver) => {
    const { call, slot, outcome } = await anOverBooking({ approver });
    expect(outcome).toEqual({ ok: false, error: { code } });
    expect(await refusalsOf(slot.id)).toMatchObject([{ detail: { code } }]);
    expect(await db.slot.findUniqueOrThrow({ where: { id: slot.id } })).toMatchObject({ heldByCall: call.id });
  });

  test('in time, nothing is kept of an approval that a form sent besides', async () => {
    const ctx = await aHandler();
    const { request } = await aHeldSlot(ctx);
    const outcome = await bookAppointment(ctx, { ...request, ...INFORMED, approvedBy: ctx.actor.id, approvalReason: WHY });
    if (!outcome.ok) throw new Error(outcome.error.code);
    const appointment = await db.appointment.findUniqueOrThrow({ where: { id: outcome.value.appointmentId } });
    expect(appointment).toMatchObject({ timeframeRule: 'TF-01', minutesOver: 0, callerInformed: false, approvedById: null, approvalReason: null });
  });

  test('without a due time no rule applies', async () => {
    const ctx = await aHandler();
    const { request } = await aHeldSlot(ctx, { call: { dueAt: null }, slot: { startsAt: TWO_HOURS_OVER } });
    expect(await bookAppointment(ctx, request)).toMatchObject({ ok: true });
  });
});

describe('races for a slot', () => {
  test('fifty calls book one slot at once, each sure that it holds it: the holder wins, forty-nine are refused clearly', async () => {
    const ctx = await aHandler();
    const slot = await aFreeSlot({ startsAt: addMinutes(A_TUESDAY_AT_TEN, 600) });
    const calls = await Promise.all(Array.from({ length: 50 }, () => aCall(ctx, { dueAt: null })));
    // Each took over from the one before, whose hold had run out, and none of them looked again.
    for (const [index, call] of calls.entries()) await holdSlot(later(ctx, index * 6), { callId: call.id, slotId: slot.id });

    const outcomes = await Promise.all(calls.map((call, index) => bookAppointment(later(ctx, index * 6 + 1), aBookingRequest(call.id, slot.id))));
    const winner = await db.appointment.findMany({ where: { slotId: slot.id } });
    expect(winner).toMatchObject([{ callId: calls.at(-1)?.id }]);
    const codes = outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.error.code]));
    expect(codes).toHaveLength(49);
    expect(codes.filter((code) => code === 'slot-taken' || code === 'slot-held')).toHaveLength(49);
    expect(await refusalsOf(slot.id)).toHaveLength(49);
  });

  test('fifty calls take over, hold and book one slot all at once: one appointment, forty-nine clear refusals', async () => {
    const ctx = await aHandler();
    const slot = await aFreeSlot({ startsAt: addMinutes(A_TUESDAY_AT_TEN, 600) });
    const calls = await Promise.all(Array.from({ length: 50 }, () => aCall(ctx, { dueAt: null })));
    const outcomes = await Promise.all(
      calls.map(async (call, index) => {
        const at = later(ctx, index * 6);
        const held = await holdSlot(at, { callId: call.id, slotId: slot.id });
        return held.ok ? bookAppointment(at, aBookingRequest(call.id, slot.id)) : held;
      }),
    );
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
    const codes = new Set(outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.error.code])));
    expect([...codes].filter((code) => !['slot-taken', 'slot-held', 'hold-expired'].includes(code))).toEqual([]);
    expect(await db.appointment.count({ where: { slotId: slot.id } })).toBe(1);
  });

  test('U-074: whoever lost the slot has the nearest one held at once, and books it', async () => {
    const ctx = await aHandler();
    const [wanted, next] = await freeSlotsInARow(2);
    if (!wanted || !next) throw new Error('no slots');
    const [first, second] = [await aCall(ctx), await aCall(ctx)];
    await holdSlot(ctx, { callId: first.id, slotId: wanted.id });
    await holdSlot(later(ctx, 6), { callId: second.id, slotId: wanted.id });
    expect(await bookAppointment(later(ctx, 7), aBookingRequest(first.id, wanted.id))).toMatchObject({ ok: false, error: { code: 'slot-held', alternatives: { held: { slotId: next.id } } } });
    expect(await bookAppointment(later(ctx, 8), aBookingRequest(first.id, next.id))).toMatchObject({ ok: true });
  });

  test('fifty different requests of one call at once: one books, forty-nine are told which appointment the call has', async () => {
    const ctx = await aHandler();
    const { call, slot, request } = await aHeldSlot(ctx);
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => bookAppointment(ctx, { ...request, requestId: newId() })));
    const winner = outcomes.flatMap((outcome) => (outcome.ok ? [outcome.value] : []));
    expect(winner).toHaveLength(1);
    const told = outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.error]));
    expect(told.filter((refusal) => refusal.code === 'call-already-booked' && refusal.reference === winner[0]?.reference)).toHaveLength(49);
    expect(await refusalsOf(slot.id)).toHaveLength(49);
    expect(await db.appointment.count({ where: { callId: call.id } })).toBe(1);
  });

  test('one patient in ten calls, ten overlapping slots at once: one is booked, nine are asked about it', async () => {
    const ctx = await aHandler();
    const { id: patientId } = await aPatient();
    const held = await Promise.all(Array.from({ length: 10 }, (_, index) => aHeldSlot(ctx, { call: { patientId }, slot: { startsAt: addMinutes(A_TUESDAY_AT_TEN, 60 + index / 2) } })));
    const outcomes = await Promise.all(held.map(({ request }) => bookAppointment(ctx, request)));
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
    expect(outcomes.filter((outcome) => !outcome.ok && outcome.error.code === 'guard-choice-needed')).toHaveLength(9);
  });
});

describe('a fault after the claim', () => {
  test('leaves nothing behind, and the same request succeeds once the fault is gone', async () => {
    const ctx = await aHandler();
    const { call, slot, request } = await aHeldSlot(ctx);
    await db.$executeRaw`CREATE FUNCTION fail_outbox() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'injected'; END $$`;
    await db.$executeRaw`CREATE TRIGGER fail_outbox BEFORE INSERT ON outbox FOR EACH ROW EXECUTE FUNCTION fail_outbox()`;
    await expect(bookAppointment(ctx, request)).rejects.toThrow(/injected/);
    await db.$executeRaw`DROP TRIGGER fail_outbox ON outbox`;

    expect(await db.slot.findUniqueOrThrow({ where: { id: slot.id } })).toMatchObject({ status: 'free', heldByCall: call.id });
    expect(await db.call.findUniqueOrThrow({ where: { id: call.id } })).toMatchObject({ state: 'open' });
    expect(await db.appointment.count({ where: { callId: call.id } })).toBe(0);
    expect(await db.auditEvent.count({ where: { requestId: ctx.requestId } })).toBe(0);
    expect(await db.inboundRequest.count({ where: { requestId: request.requestId } })).toBe(0);
    expect(await bookAppointment(ctx, request)).toMatchObject({ ok: true, value: { isRepeat: false } });
  });

  test('a refusal that cannot be audited fails the request', async () => {
    const ctx = await aHandler();
    const { slot, request } = await aHeldSlot(ctx);
    await db.slot.update({ where: { id: slot.id }, data: { heldUntil: ctx.now } });
    await db.$executeRaw`CREATE FUNCTION fail_audit() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'injected'; END $$`;
    await db.$executeRaw`CREATE TRIGGER fail_audit BEFORE INSERT ON audit_event FOR EACH ROW EXECUTE FUNCTION fail_audit()`;
    await expect(bookAppointment(ctx, request)).rejects.toThrow(/injected/);
    await db.$executeRaw`DROP TRIGGER fail_audit ON audit_event`;
  });

  test('a slot that was marked free although it has a live appointment is refused as taken, never booked twice', async () => {
    const { ctx, slot } = await aBooking();
    const call = await aCall(ctx);
    await db.slot.update({ where: { id: slot.id }, data: { status: 'free', heldByCall: call.id, heldUntil: addMinutes(ctx.now, 5) } });
    expect(await bookAppointment(ctx, aBookingRequest(call.id, slot.id))).toMatchObject({ error: { code: 'slot-taken' } });
    expect(await db.appointment.count({ where: { slotId: slot.id, releasedAt: null } })).toBe(1);
  });

  test('a cancelled slot can be booked by the next call', async () => {
    const { ctx, call: first, slot, booked } = await aBooking();
    await cancelAppointment(ctx, aCancelRequest({ id: booked.appointmentId, patientId: first.patientId }));
    const call = await aCall(ctx);
    await holdSlot(ctx, { callId: call.id, slotId: slot.id });
    expect(await bookAppointment(ctx, aBookingRequest(call.id, slot.id))).toMatchObject({ ok: true });
  });
});
