import type { Ctx } from '@/lib/auth/actor';
import { NO_RULES } from '@/lib/booking/border-row.rules';
import { searchOf } from '@/lib/booking/call.rules';
import { callToDecideOn } from '@/lib/booking/call.queries';
import type { DirectOffer } from '@/lib/booking/direct-offer.queries';
import type { SlotOffer } from '@/lib/booking/offer.queries';
import { originsFrom, originsOfCall } from '@/lib/booking/origins.queries';
import type { Call } from '@/lib/booking/schema';
import { knownCommissioners } from '@/lib/crossborder/commissioner.queries';
import { commissionersOf } from '@/lib/crossborder/commissioner.rules';
import { borderRules } from '@/lib/crossborder/queries';
import { decideBorder, withOverride } from '@/lib/crossborder/rules';
import type { BorderDecision, BorderFacts, BorderRules, Commissioners, Origins } from '@/lib/crossborder/schema';
import { quotaKey } from '@/lib/crossborder/specificity.rules';
import type { ServiceRow } from '@/lib/directory/schema';
import { findServices } from '@/lib/directory/search.queries';
import { db, Prisma, sendHot, type Tx } from '@/lib/platform/db';
import { fromDateColumn } from '@/lib/platform/time';
import { londonDate } from '@/lib/platform/time-words';

/** A booking that is thought of: the border is decided for the start of its slot. */
export type Wanted = Omit<BorderFacts, keyof Commissioners> & { origins: Origins };

/**
 * What the rules say of these bookings, each by itself, in their order: one read for all of them, and none when no border is crossed.
 * `instead`: ids of appointments in whose place they come, whose own places in a quota are free for them. Knows no safety override.
 */
export async function bordersOf(tx: Tx, wanted: readonly Wanted[], instead: readonly string[]): Promise<readonly BorderDecision[]> {
  const { byCode } = await knownCommissioners();
  const facts = wanted.map(({ origins, ...rest }): BorderFacts => ({ ...rest, ...commissionersOf(origins, byCode) }));
  const rules = await rulesFor(tx, facts, instead);
  return facts.map((each) => decideBorder(each, rules));
}

/** The same of the slot of an offer, in whose call an appointment may come in the place of others. */
export async function ruledBorder(tx: Tx, offer: SlotOffer, instead: readonly string[]): Promise<BorderDecision> {
  const { call, slot, origins } = offer;
  const { id, name, typeId } = slot.service;
  const { family, timeframeMinutes } = call.disposition;
  const disposition = { code: call.dispositionCode, family, timeframeMinutes };
  return only(await bordersOf(tx, [{ origins, service: { id, name, typeId }, disposition, startsAt: slot.startsAt }], instead));
}

/** The same of the slot that another system wants, which tells no disposition. Nobody knows its search: for it there is no safety override. */
export async function directBorder({ origins, slot, service: { id, name, typeId } }: DirectOffer): Promise<BorderDecision> {
  return only(await bordersOf(db, [{ origins, service: { id, name, typeId }, disposition: null, startsAt: slot.startsAt }], []));
}

/**
 * A refusal of a service in a call, or the question that it becomes when no other service of the call's search has a slot in time that is not
 * refused, too (XB-05). Any other decision stays as it is, and costs no search.
 */
export async function safeBorder(ctx: Ctx, decision: BorderDecision, { call: { id: callId }, slot }: SlotOffer): Promise<BorderDecision> {
  if (decision.outcome !== 'refuse') return decision;
  const call = await callToDecideOn(ctx, callId);
  if (!call) throw new Error('a call that was offered a slot vanished');
  const { services } = await findServices(ctx, searchOf(ctx, call));
  const others = services.filter(({ id, earliestInTime }) => id !== slot.service.id && earliestInTime !== null);
  const decisions = await bordersOfServices(ctx, call, others);
  return (await isOpenSomewhere(ctx, others, decisions)) ? decision : withOverride(decision);
}

/** What the rules say of services in a call, by id: of each for its earliest slot in time, else after, else for now. Knows no safety override. */
export async function bordersOfServices({ now }: Ctx, { id: callId, disposition, moves }: Call, services: readonly ServiceRow[]): Promise<ReadonlyMap<string, BorderDecision>> {
  const origins = services.length > 0 ? await originsOfCall(callId) : null;
  if (!origins) return new Map();
  const wanted = services.map(({ id, name, typeId, icbCode, earliestInTime, earliestAfter }): Wanted => {
    return { origins: originsFrom(origins, icbCode), service: { id, name, typeId }, disposition, startsAt: earliestInTime ?? earliestAfter ?? now };
  });
  const decisions = await bordersOf(db, wanted, moves ? [moves.id] : []);
  return new Map(decisions.map((decision, index) => [services[index]?.id ?? '', decision]));
}

/** What the rules say of slots of one service in a call that start then, in their order. Knows no safety override. */
export async function bordersOfTimes({ id: callId, disposition, moves }: Call, { id, name, typeId, icbCode }: ServiceRow, starts: readonly Date[]): Promise<readonly BorderDecision[]> {
  const origins = starts.length > 0 ? await originsOfCall(callId) : null;
  if (!origins) return [];
  return bordersOf(db, starts.map((startsAt) => ({ origins: originsFrom(origins, icbCode), service: { id, name, typeId }, disposition, startsAt })), moves ? [moves.id] : []);
}

/** Whether one of the services has a slot in time, takes bookings of the actor's organisation, and is not refused across a border. */
export async function isOpenSomewhere({ actor }: Ctx, services: readonly ServiceRow[], decisions: ReadonlyMap<string, BorderDecision>): Promise<boolean> {
  const open = services.filter(({ id, earliestInTime }) => earliestInTime !== null && decisions.get(id)?.outcome !== 'refuse').map(({ id }) => id);
  if (open.length === 0) return false;
  // Raw, and past the engine: on the path of every search in which something is refused.
  const [taken] = await sendHot<{ isTaken: boolean }>(Prisma.sql`
    SELECT EXISTS (SELECT FROM service WHERE id = ANY (${open}::uuid[]) AND ${actor.organisation.code} <> ALL (refuses_from)) AS "isTaken"`);
  return taken?.isTaken ?? false;
}

async function rulesFor(tx: Tx, facts: readonly BorderFacts[], instead: readonly string[]): Promise<BorderRules> {
  const crossings = facts.flatMap(({ responsible: { commissioner: responsible }, host: { commissioner: host }, startsAt }) =>
    responsible && host && responsible.code !== host.code ? [{ responsible, host, day: londonDate(startsAt) }] : [],
  );
  const days = crossings.map(({ day }) => day).sort();
  const [from, to] = [days.at(0), days.at(-1)];
  if (from === undefined || to === undefined) return NO_RULES;
  const rules = await borderRules({ responsible: once(crossings.map(({ responsible }) => responsible)), hosts: once(crossings.map(({ host }) => host)), days: { from, to } }, tx === db ? undefined : tx);
  return instead.length > 0 ? withoutOwn(tx, rules, instead) : rules;
}

/** A booking never competes with the one that it replaces: what that takes of a quota comes back with it. */
async function withoutOwn(tx: Tx, rules: BorderRules, instead: readonly string[]): Promise<BorderRules> {
  const where = { appointmentId: { in: [...instead] }, quotaDay: { not: null }, appointment: { releasedAt: null } };
  const own = await tx.borderDecision.findMany({ where, select: { ruleId: true, quotaDay: true } });
  const used = new Map(rules.used);
  for (const { ruleId, quotaDay } of own) {
    if (!quotaDay) continue;
    const key = quotaKey(ruleId, fromDateColumn(quotaDay));
    used.set(key, (used.get(key) ?? 1) - 1);
  }
  return { ...rules, used };
}

function once<Item extends { code: string }>(items: readonly Item[]): Item[] {
  return [...new Map(items.map((item) => [item.code, item])).values()];
}

function only(decisions: readonly BorderDecision[]): BorderDecision {
  const [decision] = decisions;
  if (!decision) throw new Error('a booking has no decision about its border');
  return decision;
}
