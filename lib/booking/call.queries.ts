import { z } from 'zod';
import { record } from '@/lib/audit/record';
import type { Ctx } from '@/lib/auth/actor';
import { requirePermission } from '@/lib/auth/permissions';
import { callRow, type CallRow } from '@/lib/booking/call-row.queries';
import { CLOSE_REASONS, isCloseReason, isReferralReason, REFERRAL_REASONS } from '@/lib/booking/call-end.schema';
import { callState, type Call, type CallLine } from '@/lib/booking/schema';
import { heldSlotOf } from '@/lib/booking/slots.queries';
import type { Place } from '@/lib/directory/schema';
import { patientOf } from '@/lib/patient/queries';
import { fullName } from '@/lib/patient/rules';
import { db } from '@/lib/platform/db';
import { isId } from '@/lib/platform/id';
import { addDays, startOfLondonDay } from '@/lib/platform/time';
import { londonDate } from '@/lib/platform/time-words';

const MAX_LINES = 100;
const country = z.enum(['E', 'W', 'S']);
const precision = z.enum(['postcode', 'sector', 'outcode']);

/**
 * One call of the actor's own organisation, with the slot it holds at `ctx.now`; null when there is none. Every look is
 * audited. Throws ForbiddenError without `call:open`.
 */
export async function callFor(ctx: Ctx, callId: string): Promise<Call | null> {
  requirePermission(ctx.actor, 'call:open');

  const call = await callToDecideOn(ctx, callId);
  if (call) await record(db, ctx, { type: 'call.viewed', subject: callId, patientId: call.patient.id });
  return call;
}

/** The same call for what is decided about it and shown to nobody: no look, so not audited. */
export async function callToDecideOn(ctx: Ctx, callId: string): Promise<Call | null> {
  if (!isId(callId)) return null;
  const [row, held] = await Promise.all([callRow(ctx, callId), heldSlotOf(db, { callId, now: ctx.now })]);
  if (!row) return null;
  return {
    id: row.id,
    state: callState.parse(row.state),
    openedAt: row.openedAt,
    endedAt: row.endedAt,
    handler: { id: row.handlerId, name: row.handlerName },
    isMine: row.handlerId === ctx.actor.id,
    patient: patientOf({ ...row, id: row.patientId, postcode: row.homePostcode }),
    caller: row.callerName && row.callerRelationship ? { name: row.callerName, relationship: row.callerRelationship } : null,
    contacts: row.contacts,
    disposition: row.disposition,
    dispositionAt: row.dispositionAt,
    dueAt: row.dueAt,
    place: placeOf(row),
    isAtHome: row.isAtHome,
    practice: row.practiceCode && row.practiceName ? { code: row.practiceCode, name: row.practiceName } : null,
    symptomGroup: row.symptomGroup,
    discriminators: row.discriminators,
    held,
    ...outcomeOf(row),
    skips: row.skips,
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

/**
 * The calls that the actor has now: the open ones, then those that ended today in London, each the latest first; at most 100
 * of either. Audited. Throws ForbiddenError without `call:open`.
 */
export async function myCalls(ctx: Ctx): Promise<CallLine[]> {
  requirePermission(ctx.actor, 'call:open');

  const today = londonDate(ctx.now);
  // A call of a night shift began yesterday. The index leads with handler, state and opening: without its bound, every call ever taken would be read.
  const ofToday = { state: { in: ['booked', 'referred', 'closed'] }, openedAt: { gte: startOfLondonDay(addDays(today, -1)) }, endedAt: { gte: startOfLondonDay(today) } };
  const [open, ended] = await Promise.all([lines(ctx, { state: 'open' }), lines(ctx, ofToday)]);
  const shown = [...open, ...ended];
  await record(db, ctx, { type: 'call.listed', detail: { calls: shown.map(({ id }) => id) } });
  return shown.map(({ id, state, openedAt, patient, disposition, dueAt, appointments: [appointment] }) => ({
    id,
    state: callState.parse(state),
    openedAt,
    patientName: fullName(patient),
    dispositionCode: disposition.code,
    dispositionTitle: disposition.title,
    dueAt,
    appointment: appointment ? { id: appointment.id, reference: appointment.reference, serviceName: appointment.service.name, startsAt: appointment.startsAt } : null,
  }));
}

function lines({ actor }: Ctx, where: { state: string | { in: string[] }; openedAt?: { gte: Date }; endedAt?: { gte: Date } }) {
  return db.call.findMany({
    where: { handlerId: actor.id, ...where },
    orderBy: [{ openedAt: 'desc' }, { id: 'desc' }],
    take: MAX_LINES,
    select: {
      id: true,
      state: true,
      openedAt: true,
      patient: { select: { givenName: true, familyName: true, isUnknown: true } },
      disposition: { select: { code: true, title: true } },
      dueAt: true,
      appointments: {
        orderBy: [{ releasedAt: { sort: 'desc', nulls: 'first' } }, { bookedAt: 'desc' }],
        take: 1,
        select: { id: true, reference: true, startsAt: true, service: { select: { name: true } } },
      },
    },
  });
}

function outcomeOf(row: CallRow): Pick<Call, 'appointment' | 'moves' | 'referral' | 'closed'> {
  const { appointmentId, reference, movesId, movesVersion, movesReference, movesStartsAt, movesServiceId, movesServiceName, referralId, referredTo, referralReason } = row;
  return {
    appointment: appointmentId && reference ? { id: appointmentId, reference } : null,
    moves:
      movesId && movesVersion && movesReference && movesStartsAt && movesServiceId && movesServiceName
        ? { id: movesId, version: movesVersion, reference: movesReference, startsAt: movesStartsAt, serviceId: movesServiceId, serviceName: movesServiceName }
        : null,
    referral: referralId && referredTo ? { id: referralId, serviceName: referredTo, reason: isReferralReason(referralReason) ? REFERRAL_REASONS[referralReason] : 'Not stated' } : null,
    closed: row.closeReason ? { reason: isCloseReason(row.closeReason) ? CLOSE_REASONS[row.closeReason] : 'Not stated', text: row.closeText } : null,
  };
}

function placeOf(row: CallRow): Place {
  const { postcode, latitude, longitude, icbCode } = row;
  return { postcode, latitude, longitude, icbCode, country: country.parse(row.country), precision: precision.parse(row.placePrecision) };
}
