import type { Ctx } from '@/lib/auth/actor';
import { requirePermission } from '@/lib/auth/permissions';
import { audited, auditedContent, claimVersion, insertDraft, takeStep, type Found, type Looked } from '@/lib/crossborder/agreement-change.commands';
import { contentRefusal } from '@/lib/crossborder/agreement-content.queries';
import { columnsOf, nextVersion, overlapping, sideNames } from '@/lib/crossborder/agreement-row.queries';
import { beginRefusal, endRefusal, proposingSide, speaksFor } from '@/lib/crossborder/agreement.rules';
import type { AgreementContent } from '@/lib/crossborder/agreement.schema';
import { knownCommissioners } from '@/lib/crossborder/commissioner.queries';
import { scopeOf } from '@/lib/crossborder/scope.rules';
import { violates, type Tx } from '@/lib/platform/db';
import type { Refusal } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/id';
import { refuse, type Result } from '@/lib/platform/result';
import { addDays, toDateColumn } from '@/lib/platform/time';
import { londonDate, type LocalDate } from '@/lib/platform/time-words';
import { transact } from '@/lib/platform/transact';

// Every command here is audited, and so is every refusal. Each throws ForbiddenError without `agreement:change`, and those that take what was
// looked at refuse besides as `takeStep` does.

type Changed = Promise<Result<Looked, Refusal>>;

/** Writes a new agreement down as a draft. Refuses with `agreement-outside-area` when neither side is the person's, and as `contentRefusal` does. */
export async function createAgreement(ctx: Ctx, content: AgreementContent): Changed {
  requirePermission(ctx.actor, 'agreement:change');
  return audited(ctx, { id: null, step: 'create' }, attemptCreate(ctx, content));
}

/** Writes down what a draft, or a declined version, says from now on; it is a draft then. Refuses as `createAgreement` does. */
export async function changeDraft(ctx: Ctx, { content, ...looked }: Looked & { content: AgreementContent }): Changed {
  return takeStep(ctx, { step: 'edit', looked }, async ({ row, content: before }) => {
    const refused = (await outsideRefusal(ctx, content)) ?? (await contentRefusal(content));
    if (refused) return refuse(refused);
    const detail = { before: auditedContent(before), after: auditedContent(content), hasNewTitle: before.title !== content.title };
    return transact((tx) => claimVersion(tx, ctx, { row, data: { ...columnsOf(content), state: 'draft' }, type: 'agreement.changed', detail }));
  });
}

/**
 * Proposes a draft to the other side. Refuses with `agreement-starts-in-past`, with `agreement-overlaps` when something else is agreed for the same on the
 * same days, and as `contentRefusal` does: a board may have been abolished since it was written.
 */
export async function proposeAgreement(ctx: Ctx, looked: Looked): Changed {
  return takeStep(ctx, { step: 'propose', looked }, async (found) => {
    const refused = await agreementRefusal(ctx, found);
    if (refused) return refuse(refused);
    const side = proposingSide(found.who);
    const data = { state: 'proposed', proposedAt: ctx.now, proposedById: ctx.actor.id, proposedSide: side, settledAt: null, settledById: null, settledText: null };
    return transact((tx) => claimVersion(tx, ctx, { row: found.row, data, type: 'agreement.proposed', detail: { side } }));
  });
}

/** Takes a proposal back, to be changed: anybody who speaks for the side that proposed it. */
export async function takeBack(ctx: Ctx, looked: Looked): Changed {
  return takeStep(ctx, { step: 'take-back', looked }, ({ row }) => {
    const data = { state: 'draft', proposedAt: null, proposedById: null, proposedSide: null };
    return transact((tx) => claimVersion(tx, ctx, { row, data, type: 'agreement.taken-back' }));
  });
}

/**
 * Agrees to the other side's proposal: it holds from its first day. An older version ends on the day before, or is superseded when it begins no earlier.
 *
 * Refuses with `agreement-own-proposal`, and as `proposeAgreement` does, also when an overlapping one was agreed at the same moment.
 */
export async function agreeTo(ctx: Ctx, looked: Looked): Changed {
  return takeStep(ctx, { step: 'agree', looked }, async (found) => {
    const refused = await agreementRefusal(ctx, found);
    if (refused) return refuse(refused);
    try {
      return await transact((tx) => settle(tx, ctx, found));
    } catch (error) {
      // Two were agreed at once, and the constraint let one through.
      const overlap = violates(error, 'agreement_one_at_a_time') ? await overlapRefusal(found) : null;
      if (overlap) return refuse(overlap);
      throw error;
    }
  });
}

/** Declines the other side's proposal with words; it can be changed and proposed again. Refuses with `agreement-own-proposal`. */
export async function declineAgreement(ctx: Ctx, { text, ...looked }: Looked & { text: string }): Changed {
  return takeStep(ctx, { step: 'decline', looked }, ({ row }) => {
    const data = { state: 'declined', settledAt: ctx.now, settledById: ctx.actor.id, settledText: text };
    return transact((tx) => claimVersion(tx, ctx, { row, data, type: 'agreement.declined' }));
  });
}

/** Withdraws what is never to hold: a draft, a declined version, or an agreed one that has not begun and that nothing was booked by. */
export async function withdrawAgreement(ctx: Ctx, looked: Looked): Changed {
  return takeStep(ctx, { step: 'withdraw', looked }, ({ row }) =>
    transact((tx) => claimVersion(tx, ctx, { row, data: { state: 'withdrawn' }, type: 'agreement.withdrawn', detail: { before: row.state } })),
  );
}

/** Lets an agreed version end earlier, today at the earliest. Refuses with `agreement-end-in-past`, `agreement-ends-later`, or before its first day. */
export async function endAgreement(ctx: Ctx, { lastDay, ...looked }: Looked & { lastDay: LocalDate }): Changed {
  return takeStep(ctx, { step: 'end', looked }, async ({ row, content }) => {
    const refused = endRefusal(content, { lastDay, today: londonDate(ctx.now) });
    if (refused) return refuse(refused);
    const detail = { lastDay: { before: content.validTo, after: lastDay } };
    return transact((tx) => claimVersion(tx, ctx, { row, data: { validTo: toDateColumn(lastDay) }, type: 'agreement.ended', detail }));
  });
}

/** Makes a draft of the next version of an agreed one, with the same content. Refuses while another version is not settled, also when both are made at once. */
export async function newVersion(ctx: Ctx, looked: Looked): Changed {
  return takeStep(ctx, { step: 'new-version', looked }, async ({ row, content }) => {
    try {
      return await transact(async (tx) => insertDraft(tx, ctx, { id: row.id, version: await nextVersion(tx, row.id), content, made: { after: row.version } }));
    } catch (error) {
      if (violates(error, 'agreement_one_open') || violates(error, 'agreement_pkey')) return refuse({ code: 'agreement-changed', at: ctx.now });
      throw error;
    }
  });
}

/** Makes a draft of another agreement with the same content, whatever the state of the one that is copied. */
export async function cloneAgreement(ctx: Ctx, looked: Looked): Changed {
  return takeStep(ctx, { step: 'clone', looked }, ({ row, content }) => transact((tx) => insertDraft(tx, ctx, { id: newId(), version: 1, content, made: { copyOf: row.id, copiedVersion: row.version } })));
}

async function attemptCreate(ctx: Ctx, content: AgreementContent): Changed {
  const refused = (await outsideRefusal(ctx, content)) ?? (await contentRefusal(content));
  if (refused) return refuse(refused);
  return transact((tx) => insertDraft(tx, ctx, { id: newId(), version: 1, content, made: {} }));
}

async function settle(tx: Tx, ctx: Ctx, { row, content }: Found): Changed {
  const { id, version } = row;
  const older = { id, state: 'agreed', version: { not: version } };
  const changed = { edition: { increment: 1 }, changedAt: ctx.now };
  const begins = row.validFrom;
  // First the older ones give way: one key has one agreed version on a day, at every moment.
  const ended = await tx.agreement.updateManyAndReturn({
    where: { ...older, validFrom: { lt: begins }, OR: [{ validTo: null }, { validTo: { gte: begins } }] },
    data: { ...changed, validTo: toDateColumn(addDays(content.validFrom, -1)) },
    select: { version: true },
  });
  const superseded = await tx.agreement.updateManyAndReturn({ where: { ...older, validFrom: { gte: begins } }, data: { ...changed, state: 'superseded' }, select: { version: true } });
  const detail = { after: auditedContent(content), ended: ended.map((one) => String(one.version)), superseded: superseded.map((one) => String(one.version)) };
  return claimVersion(tx, ctx, { row, data: { state: 'agreed', settledAt: ctx.now, settledById: ctx.actor.id, settledText: null }, type: 'agreement.agreed', detail });
}

async function agreementRefusal(ctx: Ctx, found: Found): Promise<Refusal | null> {
  return beginRefusal(found.content, londonDate(ctx.now)) ?? (await contentRefusal(found.content)) ?? overlapRefusal(found);
}

async function overlapRefusal({ row, content }: Found): Promise<Refusal | null> {
  const other = await overlapping({ id: row.id, content });
  return other && { code: 'agreement-overlaps', ...other };
}

async function outsideRefusal({ actor }: Ctx, { from, to }: AgreementContent): Promise<Refusal | null> {
  const known = await knownCommissioners();
  const speaks = speaksFor(scopeOf(actor), { from, to }, known.byCode);
  const names = sideNames({ from, to }, known);
  return speaks.from || speaks.to ? null : { code: 'agreement-outside-area', area: `${names.from} or ${names.to}` };
}
