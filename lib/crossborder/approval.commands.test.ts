import { describe, expect, test } from 'vitest';
import type { Ctx } from '@/lib/auth/actor';
import { answerApproval } from '@/lib/crossborder/approval.commands';
import { answerRequest, type AnswerRequest } from '@/lib/crossborder/approval.schema';
import { db } from '@/lib/platform/db';
import { ForbiddenError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/id';
import { aCommissioner } from '@/prisma/factories/agreement';
import { aQuestion, onDuty } from '@/prisma/factories/approval';
import { A_TUESDAY_AT_TEN, aHandler, later } from '@/prisma/factories/staff';

type Asked = { id: string; askedAt: Date };

const approve = ({ id, askedAt }: Asked): AnswerRequest => ({ approvalId: id, askedAt, answer: 'approve', text: '' });
const decline = ({ id, askedAt }: Asked): AnswerRequest => ({ approvalId: id, askedAt, answer: 'decline', text: 'Ask the Bradford centre first' });
const colleagueOf = ({ actor }: Ctx, role: 'supervisor' | 'clinician' | 'call-handler' = 'supervisor') => aHandler({ role, organisationCode: actor.organisation.code });

function refusals(approvalId: string) {
  return db.auditEvent.findMany({ where: { type: 'approval.answer-refused', subject: approvalId }, orderBy: { seq: 'asc' }, select: { actorId: true, detail: true } });
}

async function expectRefused(ctx: Ctx, request: AnswerRequest, code: string) {
  expect(await answerApproval(ctx, request)).toMatchObject({ ok: false, error: { code } });
  expect(await refusals(request.approvalId)).toContainEqual({ actorId: ctx.actor.id, detail: { code } });
}

describe('an answer', () => {
  test('a commissioner of the host on duty approves: kept with who, when and as what, in the call record and the audit', async () => {
    const asker = await aHandler();
    const question = await aQuestion(asker);
    const commissioner = later(await onDuty(await aCommissioner('QOP')), 2);

    expect(await answerApproval(commissioner, approve(question))).toEqual({ ok: true, value: null });
    const { actor, now } = commissioner;
    expect(await db.borderApproval.findUniqueOrThrow({ where: { id: question.id } })).toMatchObject({ state: 'approved', answeredAt: now, answeredById: actor.id, answeredAs: 'host', answerText: null });
    const { callId, slotId } = question;
    const [event] = await db.callEvent.findMany({ where: { callId, kind: 'approval-answered' } });
    expect(event).toMatchObject({ at: now, body: { slotId, approvalId: question.id, answer: 'approved', as: 'host', by: actor.id } });
    const call = await db.call.findUniqueOrThrow({ where: { id: callId } });
    expect(await db.auditEvent.findFirst({ where: { type: 'approval.approved', subject: question.id } })).toMatchObject({ actorId: actor.id, patientId: call.patientId, detail: { callId, slotId, as: 'host' } });
  });

  test('a clinician of the organisation declines with words for the call handler; the words stay out of audit and record', async () => {
    const asker = await aHandler();
    const question = await aQuestion(asker);
    const clinician = await colleagueOf(asker, 'clinician');
    expect(await answerApproval(clinician, decline(question))).toEqual({ ok: true, value: null });
    expect(await db.borderApproval.findUniqueOrThrow({ where: { id: question.id } })).toMatchObject({ state: 'declined', answeredAs: 'clinician', answerText: 'Ask the Bradford centre first' });
    const written = [await db.auditEvent.findMany({ where: { subject: question.id } }), await db.callEvent.findMany({ where: { callId: question.callId } })];
    expect(JSON.stringify(written, (_name, value: unknown) => (typeof value === 'bigint' ? String(value) : value))).not.toContain('Bradford');
  });

  test('declining without words is no answer that the form accepts; approving needs none', () => {
    const question = { approvalId: newId(), askedAt: A_TUESDAY_AT_TEN.toISOString() };
    expect(answerRequest.safeParse({ ...question, answer: 'decline', text: '  ' })).toMatchObject({ success: false });
    expect(answerRequest.safeParse({ ...question, answer: 'approve', text: '' })).toMatchObject({ success: true });
  });
});

describe('who is refused', () => {
  test('approval-not-found: whoever has nothing to do with it, an id that is none, and a question that there is not', async () => {
    const question = await aQuestion(await aHandler());
    await expectRefused(await onDuty(await aCommissioner('QYG')), approve(question), 'approval-not-found');
    const stranger = await aHandler({ role: 'supervisor' });
    await expectRefused(stranger, approve(question), 'approval-not-found');
    await expectRefused(stranger, approve({ id: newId(), askedAt: A_TUESDAY_AT_TEN }), 'approval-not-found');
    await expectRefused(stranger, approve({ id: 'no id', askedAt: A_TUESDAY_AT_TEN }), 'approval-not-found');
    expect(await db.borderApproval.findUniqueOrThrow({ where: { id: question.id } })).toMatchObject({ state: 'waiting' });
  });

  test('approval-own: a supervisor who asked in a call of their own', async () => {
    const supervisor = await aHandler({ role: 'supervisor' });
    await expectRefused(supervisor, approve(await aQuestion(supervisor)), 'approval-own');
  });

  test('approval-not-yours: the rule names the host alone', async () => {
    const asker = await aHandler();
    await expectRefused(await colleagueOf(asker), approve(await aQuestion(asker, { approvers: ['host'] })), 'approval-not-yours');
  });

  test('approver-off-duty: a commissioner who never was on duty, and one whose duty has ended', async () => {
    const question = await aQuestion(await aHandler());
    await expectRefused(await aCommissioner('QWO'), approve(question), 'approver-off-duty');
    const ended = await aCommissioner('QWO');
    await db.commissionerDuty.create({ data: { staffId: ended.actor.id, until: ended.now } });
    await expectRefused(ended, approve(question), 'approver-off-duty');
  });

  test.each([
    ['the hold has run out', { heldUntil: new Date('2026-11-24T10:00:00Z') }],
    ['the call let the slot go', { heldByCall: null, heldUntil: null }],
    ['another call holds it now', { heldByCall: newId() }],
  ])('approval-lapsed: %s', async (_why, slot) => {
    const asker = await aHandler();
    const question = await aQuestion(asker);
    await db.slot.update({ where: { id: question.slotId }, data: slot });
    await expectRefused(await colleagueOf(asker), decline(question), 'approval-lapsed');
    expect(await db.callEvent.count({ where: { callId: question.callId, kind: 'approval-answered' } })).toBe(0);
  });

  test('approval-answered: the second is told who was first, and when', async () => {
    const asker = await aHandler();
    const question = await aQuestion(asker);
    const [first, second] = [await colleagueOf(asker), await colleagueOf(asker)];
    await answerApproval(first, decline(question));
    expect(await answerApproval(later(second, 1), approve(question))).toEqual({ ok: false, error: { code: 'approval-answered', by: first.actor.name, at: first.now } });
    expect(await refusals(question.id)).toHaveLength(1);
  });

  test('approval-not-found: asked again meanwhile under another rule, it is another question', async () => {
    const asker = await aHandler();
    const question = await aQuestion(asker);
    await db.borderApproval.update({ where: { id: question.id }, data: { ruleVersion: 2, askedAt: later(asker, 1).now } });
    await expectRefused(await colleagueOf(asker), approve(question), 'approval-not-found');
    expect(await db.borderApproval.findUniqueOrThrow({ where: { id: question.id } })).toMatchObject({ state: 'waiting' });
  });

  test.each(['call-handler', 'service-admin', 'auditor', 'system-admin'] as const)('a %s may not answer at all', async (role) => {
    await expect(answerApproval(await aHandler({ role }), approve({ id: newId(), askedAt: A_TUESDAY_AT_TEN }))).rejects.toThrow(ForbiddenError);
  });
});

test('eight people answer at once, four yes and four no: one answer counts, seven are told who was first', async () => {
  const asker = await aHandler();
  const question = await aQuestion(asker);
  const people = await Promise.all(Array.from({ length: 8 }, (_, index) => (index % 2 === 0 ? colleagueOf(asker) : aCommissioner('QOP').then(onDuty))));
  const outcomes = await Promise.all(people.map((ctx, index) => answerApproval(ctx, index < 4 ? approve(question) : decline(question))));

  const winner = people[outcomes.findIndex(({ ok }) => ok)];
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
  expect(outcomes.filter(({ ok }) => !ok)).toEqual(Array.from({ length: 7 }, () => ({ ok: false, error: { code: 'approval-answered', by: winner?.actor.name, at: asker.now } })));
  expect(await db.borderApproval.findUniqueOrThrow({ where: { id: question.id } })).toMatchObject({ answeredById: winner?.actor.id });
  expect(await db.callEvent.count({ where: { callId: question.callId, kind: 'approval-answered' } })).toBe(1);
  expect(await refusals(question.id)).toHaveLength(7);
});
