import { expect, test } from 'vitest';
import type { Ctx } from '@/lib/auth/actor';
import {
  agreeTo,
  changeDraft,
  cloneAgreement,
  createAgreement,
  declineAgreement,
  endAgreement,
  newVersion,
  proposeAgreement,
  takeBack,
  withdrawAgreement,
} from '@/lib/crossborder/agreement.commands';
import type { AgreementContent } from '@/lib/crossborder/agreement.schema';
import { db } from '@/lib/platform/db';
import { ForbiddenError, type Refusal } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/id';
import type { Result } from '@/lib/platform/result';
import { addDays, fromDateColumn, toDateColumn } from '@/lib/platform/time';
import { londonDate } from '@/lib/platform/time-words';
import { aCommissioner, agreementContent, anAgreement, GREATER_MANCHESTER, of, WEST_YORKSHIRE } from '@/prisma/factories/agreement';
import { aCrossing } from '@/prisma/factories/border';
import { aService } from '@/prisma/factories/service';
import { A_TUESDAY_AT_TEN, aHandler, later } from '@/prisma/factories/staff';

const TODAY = londonDate(A_TUESDAY_AT_TEN);
const TOMORROW = addDays(TODAY, 1);

test('one side writes, proposes, and the other agrees: it holds, each step with an audit row that tells no words', async () => {
  const { leeds, manchester } = await twoSides();
  const draft = done(await createAgreement(leeds, await ownContent({ title: 'Words of our own' })));
  expect(draft).toMatchObject({ version: 1, edition: 1 });
  const proposed = done(await proposeAgreement(later(leeds, 1), draft));
  const agreed = done(await agreeTo(manchester, proposed));

  expect(await rowOf(agreed)).toMatchObject({ state: 'agreed', edition: 3, proposedSide: 'from', proposedById: leeds.actor.id, settledById: manchester.actor.id, settledAt: manchester.now });
  const audit = await db.auditEvent.findMany({ where: { subject: draft.id }, orderBy: { seq: 'asc' }, select: { type: true, detail: true } });
  expect(audit.map(({ type }) => type)).toEqual(['agreement.created', 'agreement.proposed', 'agreement.agreed']);
  expect(audit[1]?.detail).toMatchObject({ version: 1, edition: 2, side: 'from' });
  expect(JSON.stringify(audit)).not.toContain('Words of our own');
});

test('a draft is changed in place, with what it said before and after in the audit', async () => {
  const { leeds } = await twoSides();
  const content = await ownContent({ pricePence: 1_250, noshowPence: 500 });
  const draft = done(await createAgreement(leeds, content));
  const ctx = later(leeds, 1);
  const changed = done(await changeDraft(ctx, { ...draft, content: { ...content, title: 'Another', pricePence: 2_000, dailyQuota: 50 } }));
  expect(await rowOf(changed)).toMatchObject({ state: 'draft', edition: 2, title: 'Another', pricePence: 2_000, dailyQuota: 50, changedAt: ctx.now });
  expect(await auditOf(ctx)).toMatchObject([{ type: 'agreement.changed', detail: { before: { pricePence: 1_250, dailyQuota: null }, after: { pricePence: 2_000, dailyQuota: 50 }, hasNewTitle: true } }]);
});

test('a declined version keeps the words, can be changed and proposed again', async () => {
  const { leeds, manchester, proposed } = await aProposal();
  const declined = done(await declineAgreement(manchester, { ...proposed, text: 'Too dear for us' }));
  expect(await rowOf(declined)).toMatchObject({ state: 'declined', settledText: 'Too dear for us', settledById: manchester.actor.id });
  expect(JSON.stringify(await auditOf(manchester))).not.toContain('dear');

  const changed = done(await changeDraft(later(leeds, 2), { ...declined, content: await ownContent() }));
  expect(await rowOf(changed)).toMatchObject({ state: 'draft', settledText: 'Too dear for us' });
  const once = done(await proposeAgreement(later(leeds, 3), changed));
  expect(await rowOf(once)).toMatchObject({ state: 'proposed', settledAt: null, settledText: null });
});

test('a proposal is taken back by anybody of the side that proposed it, and by nobody else', async () => {
  const { manchester, proposed } = await aProposal();
  await refused(takeBack(manchester, proposed), { code: 'agreement-outside-area', area: 'West Yorkshire' }, manchester);
  const colleague = await aCommissioner(WEST_YORKSHIRE);
  const back = done(await takeBack(colleague, proposed));
  expect(await rowOf(back)).toMatchObject({ state: 'draft', proposedAt: null, proposedById: null, proposedSide: null });
});

test('nobody agrees to their own proposal, or declines it, nor does a colleague of the same side', async () => {
  const { leeds, proposed } = await aProposal();
  for (const ctx of [later(leeds, 1), later(leeds, 2)]) await refused(agreeTo(ctx, proposed), { code: 'agreement-own-proposal' }, ctx);
  const own = later(leeds, 3);
  await refused(declineAgreement(own, { ...proposed, text: 'No' }), { code: 'agreement-own-proposal' }, own);
  const colleague = await aCommissioner(WEST_YORKSHIRE);
  await refused(agreeTo(colleague, proposed), { code: 'agreement-outside-area', area: 'Greater Manchester' }, colleague);
});

test('whoever speaks for both sides proposes for the patients’ one, and another person agrees for the other', async () => {
  const one = await aCommissioner('national');
  const draft = done(await createAgreement(one, await ownContent()));
  const proposed = done(await proposeAgreement(later(one, 1), draft));
  expect(await rowOf(proposed)).toMatchObject({ proposedSide: 'from' });
  const own = later(one, 2);
  await refused(agreeTo(own, proposed), { code: 'agreement-own-proposal' }, own);
  done(await agreeTo(await aCommissioner('national'), proposed));
});

test('for a region speak its commissioners and the national team, for anybody the national team alone', async () => {
  const { leeds } = await twoSides();
  const region = done(await createAgreement(leeds, await ownContent({ to: { kind: 'region', code: 'Y62' } })));
  const toRegion = done(await proposeAgreement(later(leeds, 1), region));
  const board = await aCommissioner(GREATER_MANCHESTER);
  await refused(agreeTo(board, toRegion), { code: 'agreement-outside-area', area: 'West Yorkshire or North West region' }, board);
  done(await agreeTo(await aCommissioner('Y62'), toRegion));

  const open = done(await createAgreement(later(leeds, 2), await ownContent({ from: { kind: 'any' }, to: of(WEST_YORKSHIRE) })));
  const toAnybody = done(await proposeAgreement(later(leeds, 3), open));
  expect(await rowOf(toAnybody)).toMatchObject({ proposedSide: 'to' });
  const other = await aCommissioner('Y62');
  await refused(agreeTo(other, toAnybody), { code: 'agreement-outside-area', area: 'the whole country or West Yorkshire' }, other);
  const colleague = await aCommissioner(WEST_YORKSHIRE);
  await refused(agreeTo(colleague, toAnybody), { code: 'agreement-outside-area', area: 'the whole country' }, colleague);
  done(await agreeTo(await aCommissioner('national'), toAnybody));
});

test('a new version says the same as a draft; agreed, the older one ends on the day before', async () => {
  const { leeds, manchester, agreed } = await anAgreed();
  const second = done(await newVersion(later(leeds, 3), agreed));
  expect(second).toEqual({ id: agreed.id, version: 2, edition: 1 });
  expect(await rowOf(second)).toMatchObject({ state: 'draft', key: (await rowOf(agreed)).key, createdById: leeds.actor.id });
  const begun = done(await changeDraft(later(leeds, 4), { ...second, content: { ...(await contentNow(agreed)), validFrom: addDays(TODAY, 30), pricePence: 900, noshowPence: 0 } }));
  done(await agreeTo(later(manchester, 6), done(await proposeAgreement(later(leeds, 5), begun))));

  const [first, now] = [await rowOf(agreed), await rowOf(second)];
  expect(first).toMatchObject({ state: 'agreed', validTo: toDateColumn(addDays(TODAY, 29)), pricePence: null });
  expect(now).toMatchObject({ state: 'agreed', validTo: null, pricePence: 900 });
});

test('a new version that begins no later than the older one supersedes it', async () => {
  const { leeds, manchester, agreed } = await anAgreed({ validFrom: TOMORROW });
  const second = done(await newVersion(later(leeds, 3), agreed));
  done(await agreeTo(later(manchester, 6), done(await proposeAgreement(later(leeds, 5), second))));
  expect(await rowOf(agreed)).toMatchObject({ state: 'superseded' });
  expect(await rowOf(second)).toMatchObject({ state: 'agreed' });
});

test('one further version at a time', async () => {
  const { leeds, agreed } = await anAgreed();
  done(await newVersion(later(leeds, 3), agreed));
  const ctx = later(leeds, 4);
  await refused(newVersion(ctx, agreed), { code: 'agreement-not-in-state', state: 'followed by version 2 that is not settled yet', wanted: 'given a new version' }, ctx);
});

test('a copy is a draft of its own', async () => {
  const { leeds, agreed } = await anAgreed();
  const copy = done(await cloneAgreement(later(leeds, 3), agreed));
  expect(copy.id).not.toBe(agreed.id);
  expect(await rowOf(copy)).toMatchObject({ version: 1, state: 'draft', key: (await rowOf(agreed)).key });
});

test('a draft is withdrawn, and so is what was agreed while it has not begun', async () => {
  const { leeds, agreed } = await anAgreed({ validFrom: TOMORROW });
  const draft = done(await cloneAgreement(later(leeds, 3), agreed));
  expect(await rowOf(done(await withdrawAgreement(later(leeds, 4), draft)))).toMatchObject({ state: 'withdrawn' });
  expect(await rowOf(done(await withdrawAgreement(later(leeds, 5), agreed)))).toMatchObject({ state: 'withdrawn' });
});

test('what something was booked by is not withdrawn, though it has not begun', async () => {
  const { leeds, agreed } = await anAgreed({ validFrom: TOMORROW });
  await aCrossing({ decision: { ruleId: agreed.id, ruleVersion: 1 } });
  const ctx = later(leeds, 3);
  await refused(withdrawAgreement(ctx, agreed), { code: 'agreement-not-in-state', state: 'agreed, with bookings by it already', wanted: 'withdrawn' }, ctx);
});

test('what has begun is not withdrawn but ends: today at the earliest, and never later than agreed', async () => {
  const { leeds, agreed } = await anAgreed({ validTo: addDays(TODAY, 60) });
  const [one, two, three, four] = [3, 4, 5, 6].map((minutes) => later(leeds, minutes));
  if (!one || !two || !three || !four) throw new Error('Four moments');
  await refused(withdrawAgreement(one, agreed), { code: 'agreement-not-in-state', state: 'in force since its first day', wanted: 'withdrawn' }, one);
  await refused(endAgreement(two, { ...agreed, lastDay: addDays(TODAY, -1) }), { code: 'agreement-end-in-past', to: addDays(TODAY, -1) }, two);
  await refused(endAgreement(three, { ...agreed, lastDay: addDays(TODAY, 60) }), { code: 'agreement-ends-later', to: addDays(TODAY, 60) }, three);
  const ended = done(await endAgreement(four, { ...agreed, lastDay: TODAY }));
  expect(await rowOf(ended)).toMatchObject({ state: 'agreed', validTo: toDateColumn(TODAY), edition: 4 });
  expect(await auditOf(four)).toMatchObject([{ type: 'agreement.ended', detail: { lastDay: { before: addDays(TODAY, 60), after: TODAY } } }]);
});

test('what has not begun does not end before its first day', async () => {
  const { leeds, agreed } = await anAgreed({ validFrom: addDays(TODAY, 10) });
  const ctx = later(leeds, 3);
  await refused(endAgreement(ctx, { ...agreed, lastDay: TOMORROW }), { code: 'agreement-not-in-state', state: 'not begun by then', wanted: 'ended before its first day: withdraw it' }, ctx);
});

test('nothing is proposed or agreed for days that are over', async () => {
  const { leeds, manchester, proposed } = await aProposal();
  const nextDay = later(manchester, 24 * 60);
  await refused(agreeTo(nextDay, proposed), { code: 'agreement-starts-in-past', from: TODAY }, nextDay);
  const draft = done(await createAgreement(leeds, await ownContent({ validFrom: addDays(TODAY, -1) })));
  const ctx = later(leeds, 4);
  await refused(proposeAgreement(ctx, draft), { code: 'agreement-starts-in-past', from: addDays(TODAY, -1) }, ctx);
});

test('what is agreed for the same on the same days is named, already to whoever proposes', async () => {
  const { leeds, agreed } = await anAgreed({ validTo: addDays(TODAY, 60) });
  const copy = done(await cloneAgreement(later(leeds, 3), agreed));
  const ctx = later(leeds, 4);
  await refused(proposeAgreement(ctx, copy), { code: 'agreement-overlaps', title: (await rowOf(agreed)).title, version: 1, from: TODAY, to: addDays(TODAY, 60) }, ctx);

  const after = done(await changeDraft(later(leeds, 5), { ...copy, content: { ...(await contentNow(agreed)), validFrom: addDays(TODAY, 61), validTo: null } }));
  done(await proposeAgreement(later(leeds, 6), after));
});

test('only areas of one’s own are agreed about, and nobody sees those of others', async () => {
  const devon = await aCommissioner('QJK');
  await refused(createAgreement(devon, await ownContent()), { code: 'agreement-outside-area', area: 'West Yorkshire or Greater Manchester' }, devon);
  const { leeds, proposed } = await aProposal();
  for (const step of [proposeAgreement, takeBack, agreeTo, withdrawAgreement, newVersion, cloneAgreement]) {
    const ctx = later(devon, 1);
    await refused(step(ctx, proposed), { code: 'agreement-not-found' }, ctx);
  }
  const draft = done(await takeBack(later(leeds, 2), proposed));
  const ctx = later(leeds, 3);
  const elsewhere = agreementContent({ from: of('QJK'), to: of(GREATER_MANCHESTER) });
  await refused(changeDraft(ctx, { ...draft, content: elsewhere }), { code: 'agreement-outside-area', area: 'Devon or Greater Manchester' }, ctx);
});

test('an abolished board is refused with its successors, an unknown one, and a service that is not there', async () => {
  const { leeds } = await twoSides();
  const inLeeds = await aService({ icbCode: WEST_YORKSHIRE });
  const nowhere = newId();
  const cases: [Partial<AgreementContent>, Refusal][] = [
    [{ to: of('QMM') }, { code: 'commissioner-abolished', name: 'Norfolk and Waveney', successors: [{ value: 'T6Y0W', words: 'Norfolk and Suffolk' }] }],
    [{ to: of('QQQ') }, { code: 'commissioner-unknown', typed: 'QQQ' }],
    [{ to: { kind: 'region', code: 'Y00' } }, { code: 'commissioner-unknown', typed: 'Y00' }],
    [{ serviceTypeId: 424_242 }, { code: 'agreement-service-unknown', typed: '424242' }],
    [{ serviceId: nowhere }, { code: 'agreement-service-unknown', typed: nowhere }],
    [{ serviceId: inLeeds.id }, { code: 'agreement-service-elsewhere', serviceName: inLeeds.name, area: 'Greater Manchester' }],
  ];
  for (const [index, [given, refusal]] of cases.entries()) {
    const ctx = later(leeds, index + 1);
    await refused(createAgreement(ctx, agreementContent(given)), refusal, ctx);
  }
});

test('what was looked at must be what there is, in edition and in state', async () => {
  const { leeds, manchester, proposed } = await aProposal();
  const stale = later(manchester, 1);
  await refused(agreeTo(stale, { ...proposed, edition: 1 }), { code: 'agreement-changed', at: (await rowOf(proposed)).changedAt }, stale);
  const unknown = later(manchester, 2);
  await refused(agreeTo(unknown, { ...proposed, version: 7 }), { code: 'agreement-not-found' }, unknown);
  const edit = later(leeds, 3);
  await refused(changeDraft(edit, { ...proposed, content: await ownContent() }), { code: 'agreement-not-in-state', state: 'proposed', wanted: 'changed' }, edit);
  const end = later(leeds, 4);
  await refused(endAgreement(end, { ...proposed, lastDay: TOMORROW }), { code: 'agreement-not-in-state', state: 'proposed', wanted: 'ended' }, end);
});

test('without the permission nothing is changed at all', async () => {
  const handler = await aHandler();
  const agreement = await anAgreement(await ownContent());
  await expect(createAgreement(handler, agreementContent())).rejects.toThrow(ForbiddenError);
  await expect(newVersion(handler, { id: agreement.id, version: 1, edition: 1 })).rejects.toThrow(ForbiddenError);
});

async function twoSides(): Promise<{ leeds: Ctx; manchester: Ctx }> {
  return { leeds: await aCommissioner(WEST_YORKSHIRE), manchester: await aCommissioner(GREATER_MANCHESTER) };
}

/** For one service of its own: no two tests agree on the same key. */
async function ownContent(given: Partial<AgreementContent> = {}): Promise<AgreementContent> {
  const icbCode = given.to?.kind === 'commissioner' ? given.to.code : GREATER_MANCHESTER;
  return agreementContent({ serviceId: (await aService({ icbCode })).id, ...given });
}

async function aProposal(given: Partial<AgreementContent> = {}) {
  const sides = await twoSides();
  const draft = done(await createAgreement(sides.leeds, await ownContent(given)));
  return { ...sides, proposed: done(await proposeAgreement(later(sides.leeds, 1), draft)) };
}

async function anAgreed(given: Partial<AgreementContent> = {}) {
  const { proposed, ...sides } = await aProposal(given);
  return { ...sides, agreed: done(await agreeTo(later(sides.manchester, 2), proposed)) };
}

function done<Value>(outcome: Result<Value, Refusal>): Value {
  if (!outcome.ok) throw new Error(`Refused: ${JSON.stringify(outcome.error)}`);
  return outcome.value;
}

/** Refused with this, with one audit row that says so, and nothing else written. */
async function refused(change: Promise<Result<unknown, Refusal>>, refusal: Refusal, ctx: Ctx): Promise<void> {
  expect(await change).toEqual({ ok: false, error: refusal });
  expect(await auditOf(ctx)).toMatchObject([{ type: 'agreement.change-refused', detail: { code: refusal.code } }]);
}

async function auditOf({ requestId }: Ctx) {
  return db.auditEvent.findMany({ where: { requestId }, orderBy: { seq: 'asc' }, select: { type: true, subject: true, detail: true } });
}

async function rowOf({ id, version }: { id: string; version: number }) {
  return db.agreement.findUniqueOrThrow({ where: { id_version: { id, version } } });
}

async function contentNow(looked: { id: string; version: number }): Promise<AgreementContent> {
  const row = await rowOf(looked);
  return agreementContent({ title: row.title, serviceId: row.serviceId, validFrom: fromDateColumn(row.validFrom) });
}
