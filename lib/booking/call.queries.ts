import { z } from 'zod';
import { record } from '@/lib/audit/record';
import type { Ctx } from '@/lib/auth/actor';
import { requirePermission } from '@/lib/auth/permissions';
import { callState, isId, type Call, type CallLine } from '@/lib/booking/schema';
import { heldSlotOf } from '@/lib/booking/slots.queries';
import type { Place } from '@/lib/directory/schema';
import { PATIENT_COLUMNS, patientOf } from '@/lib/patient/queries';
import { db } from '@/lib/platform/db';

const MAX_LINES = 50;
const country = z.enum(['E', 'W', 'S']);
const precision = z.enum(['postcode', 'sector', 'outcode']);

/** The live appointment of a call, else its latest. */
const APPOINTMENT_FIRST = { orderBy: [{ releasedAt: { sort: 'desc', nulls: 'first' } }, { bookedAt: 'desc' }], take: 1 } as const;

/**
 * One call of the actor's own organisation, with the slot it holds at `ctx.now`; null when there is none. Every look is
 * audited. Throws ForbiddenError without `call:open`.
 */
export async function callFor(ctx: Ctx, callId: string): Promise<Call | null> {
  requirePermission(ctx.actor, 'call:open');
  if (!isId(callId)) return null;

  const [row, held] = await Promise.all([callRow(ctx, callId), heldSlotOf(db, { callId, now: ctx.now })]);
  if (!row) return null;
  await record(db, ctx, { type: 'call.viewed', subject: callId, patientId: row.patient.id });
  const { callerName, callerRelationship, practiceCode } = row;
  const practice = practiceCode ? await db.organisation.findUnique({ where: { odsCode: practiceCode }, select: { odsCode: true, name: true } }) : null;
  return {
    id: row.id,
    state: callState.parse(row.state),
    openedAt: row.openedAt,
    handlerName: row.handler.name,
    patient: patientOf(row.patient),
    caller: callerName && callerRelationship ? { name: callerName, relationship: callerRelationship } : null,
    callbackPhone: row.callbackPhone,
    disposition: row.disposition,
    dispositionAt: row.dispositionAt,
    dueAt: row.dueAt,
    place: placeOf(row),
    isAtHome: row.isAtHome,
    practice: practice && { code: practice.odsCode, name: practice.name },
    symptomGroup: row.symptomGroup,
    discriminators: row.discriminators,
    held,
    appointment: row.appointments[0] ?? null,
  };
}

/**
 * When a call of the actor's own organisation is due, for lists that read themselves again; null when there is no such call.
 * Nothing of the patient is read, so it is no look at one and not audited. Throws ForbiddenError without `call:open`.
 */
export async function callDue(ctx: Ctx, callId: string): Promise<{ dueAt: Date | null } | null> {
  requirePermission(ctx.actor, 'call:open');
  if (!isId(callId)) return null;
  return db.call.findFirst({ where: { id: callId, organisationCode: ctx.actor.organisation.code }, select: { dueAt: true } });
}

/** The actor's own calls, open ones first, then the latest; at most 50. Audited. Throws ForbiddenError without `call:open`. */
export async function myCalls(ctx: Ctx): Promise<CallLine[]> {
  requirePermission(ctx.actor, 'call:open');

  // Two reads instead of one sort: the index leads with handler and state, and open calls must never fall off the end.
  const [open, ended] = await Promise.all([lines(ctx, { state: 'open' }), lines(ctx, { state: { not: 'open' } })]);
  const shown = [...open, ...ended].slice(0, MAX_LINES);
  await record(db, ctx, { type: 'call.listed', detail: { calls: shown.map(({ id }) => id) } });
  return shown.map(({ id, state, openedAt, patient, disposition, dueAt, appointments: [appointment] }) => ({
    id,
    state: callState.parse(state),
    openedAt,
    patientName: `${patient.givenName} ${patient.familyName}`,
    dispositionCode: disposition.code,
    dispositionTitle: disposition.title,
    dueAt,
    appointment: appointment ? { id: appointment.id, reference: appointment.reference, serviceName: appointment.service.name, startsAt: appointment.startsAt } : null,
  }));
}

function callRow({ actor }: Ctx, callId: string) {
  return db.call.findFirst({
    where: { id: callId, organisationCode: actor.organisation.code },
    select: {
      id: true,
      state: true,
      openedAt: true,
      handler: { select: { name: true } },
      patient: { select: PATIENT_COLUMNS },
      callerName: true,
      callerRelationship: true,
      callbackPhone: true,
      disposition: {
        select: { code: true, title: true, family: true, contactMode: true, timeframeMinutes: true, timeframeLabel: true, outsideTimeframeRule: true, numericId: true },
      },
      dispositionAt: true,
      dueAt: true,
      postcode: true,
      latitude: true,
      longitude: true,
      icbCode: true,
      country: true,
      placePrecision: true,
      isAtHome: true,
      practiceCode: true,
      symptomGroup: true,
      discriminators: true,
      appointments: { ...APPOINTMENT_FIRST, orderBy: [...APPOINTMENT_FIRST.orderBy], select: { id: true, reference: true } },
    },
  });
}

function lines({ actor }: Ctx, where: { state: string | { not: string } }) {
  return db.call.findMany({
    where: { handlerId: actor.id, ...where },
    orderBy: [{ openedAt: 'desc' }, { id: 'desc' }],
    take: MAX_LINES,
    select: {
      id: true,
      state: true,
      openedAt: true,
      patient: { select: { givenName: true, familyName: true } },
      disposition: { select: { code: true, title: true } },
      dueAt: true,
      appointments: {
        ...APPOINTMENT_FIRST,
        orderBy: [...APPOINTMENT_FIRST.orderBy],
        select: { id: true, reference: true, startsAt: true, service: { select: { name: true } } },
      },
    },
  });
}

function placeOf(row: { postcode: string; latitude: number; longitude: number; icbCode: string | null; country: string; placePrecision: string }): Place {
  const { postcode, latitude, longitude, icbCode } = row;
  return { postcode, latitude, longitude, icbCode, country: country.parse(row.country), precision: precision.parse(row.placePrecision) };
}
