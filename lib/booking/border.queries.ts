import type { Ctx } from '@/lib/auth/actor';
import { requirePermission } from '@/lib/auth/permissions';
import { bordersOfServices, bordersOfTimes, isOpenSomewhere, ruledBorder, safeBorder } from '@/lib/booking/border-decision.queries';
import { offerFor } from '@/lib/booking/offer.queries';
import type { Call } from '@/lib/booking/schema';
import { withOverride } from '@/lib/crossborder/rules';
import type { BorderDecision } from '@/lib/crossborder/schema';
import type { ServiceRow } from '@/lib/directory/schema';
import { db } from '@/lib/platform/db';

/**
 * What would be decided now about the border of a booking of this slot in this call, safety override included: for the page on which it is
 * booked, which shows the call and is the look. Null when there is no such call of the actor's organisation, or no such slot. Throws
 * ForbiddenError without `call:open`.
 */
export async function borderOf(ctx: Ctx, asked: { callId: string; slotId: string }): Promise<BorderDecision | null> {
  requirePermission(ctx.actor, 'call:open');
  const offer = await offerFor(db, ctx, asked);
  if (!offer?.slot) return null;
  const { slot, movesId } = offer;
  return safeBorder(ctx, await ruledBorder(db, { ...offer, slot }, movesId ? [movesId] : []), { ...offer, slot });
}

/**
 * What would be decided about the border at each of these services, all that the search of the call found, by service id: for the earliest slot in
 * time, else after the due time, else for now. With the safety override (XB-05) when all that has a slot in time is refused. No look: of
 * the patient nothing is told but who pays. Throws ForbiddenError without `call:open`.
 */
export async function bordersFor(ctx: Ctx, call: Call, services: readonly ServiceRow[]): Promise<ReadonlyMap<string, BorderDecision>> {
  requirePermission(ctx.actor, 'call:open');
  const decisions = await bordersOfServices(ctx, call, services);
  const isRefused = [...decisions.values()].some(({ outcome }) => outcome === 'refuse');
  if (!isRefused || (await isOpenSomewhere(ctx, services, decisions))) return decisions;
  return new Map([...decisions].map(([id, decision]) => [id, withOverride(decision)]));
}

/**
 * Whether the rules let a slot of this service be held that starts at one of these times: what refuses the earliest may be for other hours. No look,
 * as for `bordersFor`. Throws ForbiddenError without `call:open`.
 */
export async function isAnyTimeOpen(ctx: Ctx, call: Call, { service, starts }: { service: ServiceRow; starts: readonly Date[] }): Promise<boolean> {
  requirePermission(ctx.actor, 'call:open');
  return (await bordersOfTimes(call, service, starts)).some(({ outcome }) => outcome !== 'refuse');
}
