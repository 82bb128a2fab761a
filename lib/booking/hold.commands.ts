import { record } from '@/lib/audit/record';
import type { Ctx } from '@/lib/auth/actor';
import { requirePermission } from '@/lib/auth/permissions';
import { alternativesTo } from '@/lib/booking/alternatives.queries';
import { ruledBorder, safeBorder } from '@/lib/booking/border-decision.queries';
import { bookedAlready } from '@/lib/booking/booked.queries';
import { lockOwnCall } from '@/lib/booking/call-lock.commands';
import { offerFor, type SlotOffer } from '@/lib/booking/offer.queries';
import { decidePatient, decideService } from '@/lib/booking/offer.rules';
import { recordRefusal } from '@/lib/booking/refusal.commands';
import { decideHold, isHeldBy, type SlotRefusal } from '@/lib/booking/rules';
import type { HeldSlot, HoldRequest } from '@/lib/booking/schema';
import { recordSkips } from '@/lib/booking/skip.commands';
import type { SkipInput } from '@/lib/booking/skip.schema';
import { freeFor, heldSlotOf } from '@/lib/booking/slots.queries';
import { knownCommissioners } from '@/lib/crossborder/commissioner.queries';
import type { BorderDecision, BorderRule } from '@/lib/crossborder/schema';
import { offeredAt, offeredSql } from '@/lib/directory/offered.queries';
import { db, Prisma, type Tx } from '@/lib/platform/db';
import type { AlternativeSlot, Refusal } from '@/lib/platform/errors';
import { ok, refuse, type Result } from '@/lib/platform/result';
import { addMinutes } from '@/lib/platform/time';
import { transact } from '@/lib/platform/transact';

/** A slot refusal on its way out of the transaction, with the offer that alternatives are looked for. */
type Lost = { offer: SlotOffer; refusal: SlotRefusal };
type HoldFault = { told: Refusal } | { lost: Lost } | { across: { offer: SlotOffer; decision: BorderDecision } };
/** `overridden`: the rule whose refusal was found to leave nothing else in time (XB-05). */
type Asked = { callId: string; slotId: string; skips: readonly SkipInput[]; overridden: BorderRule | null };

/** What a hold is recorded with. `insteadOf`: the slot that the call asked for and lost. */
type NewHold = { callId: string; slotId: string; serviceId: string; heldUntil: Date; released: string | null; insteadOf: string | null };

/**
 * Holds a slot for a call, for as many minutes as its service says, and lets go of the one it held before, in one
 * transaction. Holding the slot that it already holds changes nothing: a double click does not extend. A call that has led to
 * an appointment may hold while that stands and has not begun: it is about to move it. The reasons for passing over services
 * are kept with the hold. When the slot is lost to another and the call holds nothing, the nearest that is free is held. What needs approval
 * across a border may be held: it is asked for meanwhile.
 *
 * Refuses with `call-not-found`, `call-with-colleague`, `call-ended`, `call-already-booked`, `patient-deceased`,
 * `slot-not-found`, `organisation-refused`, `service-not-bookable`, `service-not-suitable`, `border-refused`, `skip-reason-invalid`, `skip-reason-needed`,
 * `slot-in-past`, `slot-withdrawn`, `slot-notice-passed`, `slot-kept-back`, `slot-not-open-yet`, `slot-taken` or `slot-held`; the
 * former hold then stands. Every refusal is audited. Throws ForbiddenError without `slot:hold`.
 */
export async function holdSlot(ctx: Ctx, { callId, slotId, skips = [] }: HoldRequest): Promise<Result<HeldSlot, Refusal>> {
  requirePermission(ctx.actor, 'slot:hold');

  const outcome = await attempt(ctx, { callId, slotId, skips });
  if (outcome.ok) return outcome;

  const refusal = await refusalOf(ctx, outcome.error, skips);
  await recordRefusal(ctx, { type: 'slot.hold-refused', kind: 'hold-refused', callId, slotId, refusal });
  return refuse(refusal);
}

/**
 * The refusal of a slot as it is told, with what is free instead; for the loser of a race, whose slot another has taken or
 * holds, the nearest at the same service is held at once, unless the call holds a slot. The reasons given for passing over
 * services are kept with it. Of any number of losers each gets a slot of its own, or none.
 */
export async function holdNearest(ctx: Ctx, { offer, refusal, skips = [] }: Lost & { skips?: readonly SkipInput[] }): Promise<Refusal> {
  // Only who lost a slot to somebody, or its own hold of one, is offered others.
  if (refusal.code !== 'slot-taken' && refusal.code !== 'slot-held' && refusal.code !== 'hold-expired') return refusal;
  const isLost = refusal.code !== 'hold-expired';
  const nearest = isLost ? await transact((tx) => takeNearest(tx, ctx, { offer, skips })) : null;
  return { ...refusal, alternatives: await alternativesTo(ctx, offer, nearest?.ok ? nearest.value : null) };
}

/**
 * Extends the hold of a call once, by the minutes of its service on top of its present end.
 *
 * Refuses with `call-not-found`, `call-with-colleague`, `call-ended`, `hold-missing` or `hold-already-extended`. Every refusal
 * is audited. Throws ForbiddenError without `slot:hold`.
 */
export async function extendHold(ctx: Ctx, { callId }: { callId: string }): Promise<Result<HeldSlot, Refusal>> {
  requirePermission(ctx.actor, 'slot:hold');

  const outcome = await transact((tx) => extend(tx, ctx, callId));
  if (!outcome.ok) await record(db, ctx, { type: 'slot.extend-refused', subject: callId, detail: { code: outcome.error.code } });
  return outcome;
}

/**
 * Lets go of whatever slot the call holds; holding none is no fault. Refuses with `call-not-found`, `call-with-colleague` or
 * `call-ended`. Every refusal is audited. Throws ForbiddenError without `slot:hold`.
 */
export async function letGo(ctx: Ctx, { callId }: { callId: string }): Promise<Result<{ slotId: string | null }, Refusal>> {
  requirePermission(ctx.actor, 'slot:hold');

  const outcome = await transact(async (tx): Promise<Result<{ slotId: string | null }, Refusal>> => {
    const call = await lockOwnCall(tx, ctx, callId);
    if (!call.ok) return call;
    const [released] = await releaseHolds(tx, { callId, now: ctx.now, except: null });
    if (!released) return ok({ slotId: null });
    await tx.callEvent.create({ data: { callId, at: ctx.now, kind: 'slot-let-go', body: { slotId: released.id } } });
    await record(tx, ctx, { type: 'slot.let-go', subject: released.id, detail: { callId } });
    return ok({ slotId: released.id });
  });
  if (!outcome.ok) await record(db, ctx, { type: 'call.refused', subject: callId, detail: { code: outcome.error.code, change: 'let-go' } });
  return outcome;
}

/**
 * Gives up the holds of a call that have not run out, but for one slot or none; their ids. Part of the caller's transaction,
 * which has locked the call.
 */
export function releaseHolds(tx: Tx, { callId, now, except }: { callId: string; now: Date; except: string | null }): Promise<{ id: string }[]> {
  // Waits for whoever has the row, even one whose claim of it was lost: skipped, it would leave this call with two holds. Two
  // calls that take over each other's holds as these run out may wait in a circle; `transact` then tries one of them again.
  return tx.slot.updateManyAndReturn({
    where: { heldByCall: callId, heldUntil: { gt: now }, ...(except ? { id: { not: except } } : {}) },
    data: { heldByCall: null, heldUntil: null, holdExtended: false },
    select: { id: true },
  });
}

async function attempt(ctx: Ctx, asked: Omit<Asked, 'overridden'>): Promise<Result<HeldSlot, HoldFault>> {
  // Read before the transaction, which would otherwise wait for a second connection while it keeps its own.
  await knownCommissioners();
  const outcome = await transact((tx) => hold(tx, ctx, { ...asked, overridden: null }));
  if (outcome.ok || !('across' in outcome.error)) return outcome;
  const { offer, decision } = outcome.error.across;
  // The override looks at a whole search: too long for a transaction.
  const { isOverride } = await safeBorder(ctx, decision, offer);
  return isOverride ? transact((tx) => hold(tx, ctx, { ...asked, overridden: decision.rule })) : outcome;
}

async function refusalOf(ctx: Ctx, fault: HoldFault, skips: readonly SkipInput[]): Promise<Refusal> {
  if ('told' in fault) return fault.told;
  return 'lost' in fault ? holdNearest(ctx, { ...fault.lost, skips }) : refusedAcross(fault.across);
}

async function hold(tx: Tx, ctx: Ctx, asked: Asked): Promise<Result<HeldSlot, HoldFault>> {
  const { callId, slotId } = asked;
  const wanted = await mayHold(tx, ctx, asked);
  if (!wanted.ok) return wanted;
  const offer = wanted.value;
  const { slot } = offer;
  const decided = decideHold(slot, callId, ctx.now);
  if (!decided.ok) return refuse({ lost: { offer, refusal: decided.error } });
  if (isHeldBy(slot, callId, ctx.now)) return held(tx, ctx, callId);

  const heldUntil = addMinutes(ctx.now, slot.service.holdMinutes);
  // The claim is the lock: of two concurrent requests, exactly one update finds the slot free.
  const claimed = await tx.slot.updateMany({
    where: { id: slotId, startsAt: { gt: ctx.now }, ...freeFor(callId, ctx.now), ...offeredAt(ctx.now) },
    data: { heldByCall: callId, heldUntil, holdExtended: false },
  });
  if (claimed.count === 0) return refuse({ lost: await whyLost(tx, ctx, { callId, slotId }) });

  const [former] = await releaseHolds(tx, { callId, now: ctx.now, except: slotId });
  await recordHold(tx, ctx, { callId, slotId, serviceId: slot.service.id, heldUntil, released: former?.id ?? null, insteadOf: null });
  return held(tx, ctx, callId);
}

/** Everything but the slot itself: whose call, whether it may still lead to a booking, for whom, where, across which border, and what was passed over. */
async function mayHold(tx: Tx, ctx: Ctx, { callId, slotId, skips, overridden }: Asked): Promise<Result<SlotOffer, HoldFault>> {
  const offered = await offeredTo(tx, ctx, { callId, slotId });
  if (!offered.ok) return refuse({ told: offered.error });
  const offer = offered.value;
  const decision = await borderOfHold(tx, offer);
  if (decision.outcome === 'refuse' && !isSameRule(decision.rule, overridden)) return refuse({ across: { offer, decision } });
  const skipped = await recordSkips(tx, ctx, { callId, serviceId: offer.slot.service.id, skips });
  return skipped.ok ? ok(offer) : refuse({ told: skipped.error });
}

async function offeredTo(tx: Tx, ctx: Ctx, { callId, slotId }: { callId: string; slotId: string }): Promise<Result<SlotOffer, Refusal>> {
  // The call first, then the slot: the same order as a booking, so that the two never wait for each other in a circle.
  const call = await lockOwnCall(tx, ctx, callId);
  if (!call.ok) return call;
  const offer = await offerFor(tx, ctx, { callId, slotId });
  if (!offer) throw new Error('a locked call vanished');
  if (offer.call.state === 'booked' && offer.movesId === null) return refuse((await bookedAlready(tx, callId)) ?? { code: 'call-not-found' });
  const patient = decidePatient(offer.patient);
  if (!patient.ok) return patient;

  const { slot } = offer;
  if (!slot) return refuse({ code: 'slot-not-found' });
  const service = decideService(slot.service, ctx.actor.organisation.name);
  return service.ok ? ok({ ...offer, slot }) : service;
}

function borderOfHold(tx: Tx, offer: SlotOffer): Promise<BorderDecision> {
  return ruledBorder(tx, offer, offer.movesId === null ? [] : [offer.movesId]);
}

function isSameRule({ id, version }: BorderRule, overridden: BorderRule | null): boolean {
  return overridden?.id === id && overridden.version === version;
}

function refusedAcross({ offer, decision }: { offer: SlotOffer; decision: BorderDecision }): Refusal {
  return { code: 'border-refused', serviceName: offer.slot.service.name, rule: decision.rule.words };
}

async function takeNearest(tx: Tx, ctx: Ctx, { offer, skips }: { offer: SlotOffer; skips: readonly SkipInput[] }): Promise<Result<AlternativeSlot | null, Refusal>> {
  const { call, slot } = offer;
  const { id: serviceId, name: serviceName, holdMinutes } = slot.service;
  const locked = await lockOwnCall(tx, ctx, call.id);
  if (!locked.ok) return locked;
  // Booked meanwhile, in another tab: nothing more is wanted.
  if (locked.value.state !== call.state || (await heldSlotOf(tx, { callId: call.id, now: ctx.now }))) return ok(null);
  const skipped = await recordSkips(tx, ctx, { callId: call.id, serviceId, skips });
  if (!skipped.ok) return skipped;

  const heldUntil = addMinutes(ctx.now, holdMinutes);
  // A row that somebody is just letting go of looks taken: where nothing else is left, it is waited for.
  const taken = (await claimNearest(tx, ctx, { offer, heldUntil, lock: Prisma.sql`FOR UPDATE SKIP LOCKED` })) ?? (await claimNearest(tx, ctx, { offer, heldUntil, lock: Prisma.sql`FOR UPDATE` }));
  if (!taken) return ok(null);
  // At another time of the day another rule may hold: what it refuses is let go of again.
  const decision = await borderOfHold(tx, { ...offer, slot: { ...slot, startsAt: taken.startsAt } });
  if (decision.outcome === 'refuse') return refuse(refusedAcross({ offer, decision }));
  await recordHold(tx, ctx, { callId: call.id, slotId: taken.slotId, serviceId, heldUntil, released: null, insteadOf: slot.id });
  return ok({ ...taken, serviceId, serviceName });
}

type Nearest = Pick<AlternativeSlot, 'slotId' | 'startsAt' | 'endsAt'>;

async function claimNearest(tx: Tx, { now }: Ctx, { offer: { call, slot }, heldUntil, lock }: { offer: SlotOffer; heldUntil: Date; lock: Prisma.Sql }): Promise<Nearest | null> {
  // Raw: search and claim in one statement. Whoever loses at the same time passes over a row that another is taking, so that
  // fifty losers take fifty slots without waiting for each other. In time first, then the nearest, the earlier of two.
  const [taken] = await tx.$queryRaw<Nearest[]>`
    WITH nearest AS (
      SELECT o.id
      FROM slot o
      WHERE o.service_id = ${slot.service.id}::uuid AND o.status = 'free' AND o.id <> ${slot.id}::uuid
        AND o.starts_at > ${now}::timestamptz AND (o.held_until IS NULL OR o.held_until <= ${now}::timestamptz) AND ${offeredSql(now)}
      ORDER BY coalesce(o.starts_at > ${call.dueAt}::timestamptz, false), abs(extract(epoch FROM o.starts_at - ${slot.startsAt}::timestamptz)), o.starts_at, o.id
      LIMIT 1
      ${lock}
    )
    UPDATE slot
    SET held_by_call = ${call.id}::uuid, held_until = ${heldUntil}::timestamptz, hold_extended = false
    FROM nearest
    WHERE slot.id = nearest.id
    RETURNING slot.id AS "slotId", slot.starts_at AS "startsAt", slot.ends_at AS "endsAt"`;
  return taken ?? null;
}

async function extend(tx: Tx, ctx: Ctx, callId: string): Promise<Result<HeldSlot, Refusal>> {
  const call = await lockOwnCall(tx, ctx, callId);
  if (!call.ok) return call;
  // Raw: the end is added to in the statement that checks it, so that no hold is ever extended twice.
  const [extended] = await tx.$queryRaw<{ id: string; heldUntil: Date }[]>`
    UPDATE slot
    SET held_until = slot.held_until + make_interval(mins => service.hold_minutes), hold_extended = true
    FROM service
    WHERE service.id = slot.service_id AND slot.held_by_call = ${callId}::uuid AND slot.status = 'free'
      AND slot.held_until > ${ctx.now}::timestamptz AND NOT slot.hold_extended
    RETURNING slot.id, slot.held_until AS "heldUntil"`;
  const slot = await heldSlotOf(tx, { callId, now: ctx.now });
  if (!slot) return refuse({ code: 'hold-missing' });
  if (!extended) return refuse({ code: 'hold-already-extended', heldUntil: slot.heldUntil });

  const detail = { callId, slotId: extended.id, heldUntil: extended.heldUntil.toISOString() };
  await tx.callEvent.create({ data: { callId, at: ctx.now, kind: 'slot-hold-extended', body: detail } });
  await record(tx, ctx, { type: 'slot.hold-extended', subject: extended.id, detail });
  return ok(slot);
}

async function recordHold(tx: Tx, ctx: Ctx, { heldUntil, ...hold }: NewHold): Promise<void> {
  const detail = { ...hold, heldUntil: heldUntil.toISOString() };
  await tx.callEvent.create({ data: { callId: hold.callId, at: ctx.now, kind: 'slot-held', body: detail } });
  await record(tx, ctx, { type: 'slot.held', subject: hold.slotId, detail });
}

async function whyLost(tx: Tx, ctx: Ctx, request: { callId: string; slotId: string }): Promise<Lost> {
  const offer = await offerFor(tx, ctx, request);
  if (!offer?.slot) throw new Error('a slot or its call vanished during a hold');
  const { slot } = offer;
  const decided = decideHold(slot, request.callId, ctx.now);
  // Whoever won may have let go since; it was theirs when this call asked.
  const refusal: SlotRefusal = decided.ok ? { code: 'slot-taken', startsAt: slot.startsAt } : decided.error;
  return { offer: { ...offer, slot }, refusal };
}

async function held(tx: Tx, { now }: Ctx, callId: string): Promise<Result<HeldSlot, HoldFault>> {
  const slot = await heldSlotOf(tx, { callId, now });
  if (!slot) throw new Error('a slot just held is not held');
  return ok(slot);
}
