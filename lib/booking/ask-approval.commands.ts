import { record } from '@/lib/audit/record';
import type { Ctx } from '@/lib/auth/actor';
import { requirePermission } from '@/lib/auth/permissions';
import { askedBefore } from '@/lib/booking/asked-before.queries';
import { ruledBorder, safeBorder } from '@/lib/booking/border-decision.queries';
import { isUnder } from '@/lib/booking/border.rules';
import { bookedAlready } from '@/lib/booking/booked.queries';
import { lockOwnCall } from '@/lib/booking/call-lock.commands';
import { holdNearest } from '@/lib/booking/hold.commands';
import { offerFor, type SlotOffer } from '@/lib/booking/offer.queries';
import { decideHandler, decideNotEnded, decidePatient, decideService } from '@/lib/booking/offer.rules';
import { decideBooking } from '@/lib/booking/rules';
import { untilSettled, type Settled } from '@/lib/booking/settle.commands';
import type { AskRequest } from '@/lib/crossborder/approval.schema';
import type { BorderDecision } from '@/lib/crossborder/schema';
import { db, type Tx } from '@/lib/platform/db';
import type { Refusal } from '@/lib/platform/errors';
import { isId, newId } from '@/lib/platform/id';
import { ok, refuse, type Result } from '@/lib/platform/result';
import { addMinutes } from '@/lib/platform/time';
import { transact } from '@/lib/platform/transact';

/** `heldUntil`: until when the slot is held for the answer; exclusive. */
type AskedFor = { approvalId: string; heldUntil: Date };

type Question = { offer: SlotOffer; decision: BorderDecision; text: string };

/** The slot is held for this many times its service's minutes while somebody answers. */
const HOLDS_TO_WAIT = 2;

/**
 * Asks whether the slot that a call holds may be booked across a border, of those whom the rule names. The hold then lasts at least twice the
 * minutes of the service from now, and cannot be extended besides. A question of the call about this slot is asked once under a rule: again,
 * also when it was approved, it is given back as it is.
 *
 * Refuses with `call-not-found`, `call-ended`, `call-with-colleague`, `call-already-booked`, `patient-deceased`, `slot-not-found`,
 * `organisation-refused`, `service-not-bookable`, `service-not-suitable`, `slot-in-past`, `slot-withdrawn`, `slot-notice-passed`, `slot-kept-back`,
 * `slot-not-open-yet`, `slot-taken`, `slot-held`, `hold-expired`, `border-refused`, `approval-not-needed`, `approval-declined-before` or
 * `border-approval-needed` (an appointment was booked on the former answer, which stands with it). Every refusal is audited. Throws
 * ForbiddenError without `appointment:book`. Source: docs/rules.md#approval.
 */
export async function askApproval(ctx: Ctx, request: AskRequest): Promise<Result<AskedFor, Refusal>> {
  requirePermission(ctx.actor, 'appointment:book');

  const outcome = await untilSettled(() => attempt(ctx, request));
  if (!outcome.ok) {
    const { callId, slotId } = request;
    await record(db, ctx, { type: 'approval.ask-refused', subject: isId(callId) ? callId : undefined, detail: { code: outcome.error.code, slotId } });
  }
  return outcome;
}

async function attempt(ctx: Ctx, request: AskRequest): Promise<Settled<AskedFor>> {
  const offered = await offeredTo(ctx, request);
  if (!offered.ok) return offered;
  const offer = offered.value;
  const decision = await safeBorder(ctx, await ruledBorder(db, offer, offer.movesId === null ? [] : [offer.movesId]), offer);
  if (decision.outcome === 'refuse') return refuse({ code: 'border-refused', serviceName: offer.slot.service.name, rule: decision.rule.words });
  if (decision.outcome !== 'approval') return refuse({ code: 'approval-not-needed' });
  const outcome = await transact((tx) => ask(tx, ctx, { offer, decision, text: request.text }));
  if (outcome.ok) return outcome;
  return outcome.error === 'lost' ? 'again' : refuse(outcome.error);
}

/** Whatever a booking of the slot would be refused for, asking is refused for. */
async function offeredTo(ctx: Ctx, request: AskRequest): Promise<Result<SlotOffer, Refusal>> {
  const offer = await offerFor(db, ctx, request);
  if (!offer) return refuse({ code: 'call-not-found' });
  const { call, slot } = offer;
  const open = decideNotEnded(call);
  if (!open.ok) return open;
  const mine = decideHandler(call, ctx.actor.id);
  if (!mine.ok) return mine;
  if (call.state === 'booked' && offer.movesId === null) return refuse((await bookedAlready(db, call.id)) ?? { code: 'call-not-found' });
  const patient = decidePatient(offer.patient);
  if (!patient.ok) return patient;
  if (!slot) return refuse({ code: 'slot-not-found' });
  const service = decideService(slot.service, ctx.actor.organisation.name);
  if (!service.ok) return service;
  const bookable = decideBooking(slot, call.id, ctx.now);
  return bookable.ok ? ok({ ...offer, slot }) : refuse(await holdNearest(ctx, { offer: { ...offer, slot }, refusal: bookable.error }));
}

async function ask(tx: Tx, ctx: Ctx, question: Question): Promise<Result<AskedFor, Refusal | 'lost'>> {
  const { offer, decision } = question;
  const { call, slot } = offer;
  const locked = await lockOwnCall(tx, ctx, call.id);
  if (!locked.ok) return locked;
  const former = await askedBefore(tx, { callId: call.id, slotId: slot.id });
  const isSame = former !== null && isUnder(former, decision);
  if (isSame && former.state === 'declined') return refuse({ code: 'approval-declined-before', by: former.answeredBy ?? '' });

  const heldUntil = await holdLonger(tx, ctx, { offer, isAskedAgain: isSame });
  if (!heldUntil) return refuse('lost');
  if (isSame) return ok({ approvalId: former.id, heldUntil });
  const approvalId = await writeQuestion(tx, ctx, { question, openId: former && former.state !== 'declined' ? former.id : null });
  if (!approvalId) return refuse({ code: 'border-approval-needed', serviceName: slot.service.name, rule: decision.rule.words, state: 'lapsed' });
  await recordQuestion(tx, ctx, { question, approvalId, heldUntil });
  return ok({ approvalId, heldUntil });
}

/**
 * Until when the slot is held now, never shorter than before; null when the call does not hold it. Asked again, a hold is not longer for it,
 * unless the slot was let go of and held anew.
 */
async function holdLonger(tx: Tx, { now }: Ctx, { offer: { call, slot }, isAskedAgain }: { offer: SlotOffer; isAskedAgain: boolean }): Promise<Date | null> {
  const atLeast = addMinutes(now, HOLDS_TO_WAIT * slot.service.holdMinutes);
  // Raw: the end is compared in the statement that checks the hold, so that no hold is ever cut short.
  const [held] = await tx.$queryRaw<{ heldUntil: Date }[]>`
    UPDATE slot
    SET held_until = CASE WHEN ${isAskedAgain}::boolean AND hold_extended THEN held_until ELSE greatest(held_until, ${atLeast}::timestamptz) END, hold_extended = true
    WHERE id = ${slot.id}::uuid AND held_by_call = ${call.id}::uuid AND status = 'free' AND held_until > ${now}::timestamptz
    RETURNING held_until AS "heldUntil"`;
  return held?.heldUntil ?? null;
}

/**
 * The id of the question, written anew or, where the call has one about this slot under another rule, in its place: that one is not asked any
 * more. Null when an appointment was booked on it, which keeps it.
 */
async function writeQuestion(tx: Tx, { actor, now }: Ctx, { question, openId }: { question: Question; openId: string | null }): Promise<string | null> {
  const { offer, decision, text } = question;
  const { responsible, host, rule, isOverride, approvers, pricePence } = decision;
  const asked = {
    ...{ responsibleCode: responsible.commissioner?.code ?? null, hostCode: host.commissioner?.code ?? null },
    ...{ ruleId: rule.id, ruleVersion: rule.version, ruleWords: rule.words, isOverride, approvers: [...approvers], pricePence },
    ...{ askedAt: now, askedById: actor.id, askedText: text, organisationCode: actor.organisation.code },
  };
  if (openId === null) {
    const id = newId();
    await tx.borderApproval.create({ data: { id, callId: offer.call.id, slotId: offer.slot.id, serviceId: offer.slot.service.id, ...asked } });
    return id;
  }
  const unanswered = { state: 'waiting', answeredAt: null, answeredById: null, answeredAs: null, answerText: null };
  const { count } = await tx.borderApproval.updateMany({ where: { id: openId, decisions: { none: {} } }, data: { ...asked, ...unanswered } });
  return count === 1 ? openId : null;
}

async function recordQuestion(tx: Tx, ctx: Ctx, { question: { offer, decision }, approvalId, heldUntil }: { question: Question; approvalId: string; heldUntil: Date }): Promise<void> {
  const { call, slot, patient } = offer;
  const asked = { slotId: slot.id, approvalId, heldUntil: heldUntil.toISOString() };
  const rule = { ruleId: decision.rule.id, ruleVersion: decision.rule.version, isOverride: decision.isOverride };
  await tx.callEvent.create({ data: { callId: call.id, at: ctx.now, kind: 'approval-asked', body: { ...asked, by: ctx.actor.id } } });
  await record(tx, ctx, { type: 'approval.asked', subject: approvalId, patientId: patient.id, detail: { ...asked, ...rule, callId: call.id, serviceId: slot.service.id } });
}
