import { describe, expect, test } from 'vitest';
import type { Ctx } from '@/lib/auth/actor';
import { answerApproval } from '@/lib/crossborder/approval.commands';
import { approvalInbox, approvalOf, waitingApprovals } from '@/lib/crossborder/approval.queries';
import { db } from '@/lib/platform/db';
import { ForbiddenError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/id';
import { addMinutes } from '@/lib/platform/time';
import { aCommissioner } from '@/prisma/factories/agreement';
import { aQuestion, onDuty } from '@/prisma/factories/approval';
import { aPatient } from '@/prisma/factories/patient';
import { aHandler, later } from '@/prisma/factories/staff';

const supervisorOf = ({ actor }: Ctx) => aHandler({ role: 'supervisor', organisationCode: actor.organisation.code });
const letGo = ({ slotId }: { slotId: string }) => db.slot.update({ where: { id: slotId }, data: { heldByCall: null, heldUntil: null } });

async function decline(ctx: Ctx, approvalId: string) {
  const { askedAt } = await db.borderApproval.findUniqueOrThrow({ where: { id: approvalId } });
  expect(await answerApproval(ctx, { approvalId, askedAt, answer: 'decline', text: 'Ask nearer first' })).toMatchObject({ ok: true });
}

describe('what the call sees of its question', () => {
  test('it waits while the call holds the slot, and lapses with the hold, without anybody sweeping', async () => {
    const asker = await aHandler();
    const { id, callId, slotId } = await aQuestion(asker);
    const heldUntil = addMinutes(asker.now, 5);
    expect(await approvalOf(asker, { callId, slotId })).toEqual({ id, state: 'waiting', askedAt: asker.now, heldUntil, onDuty: 0, approvers: ['host', 'responsible', 'supervisor', 'clinician'], answered: null });
    expect(await approvalOf(later(asker, 5), { callId, slotId })).toMatchObject({ state: 'lapsed', heldUntil: null });
  });

  test('answered, it tells who, as what, when and in which words; so it stays when the slot is let go', async () => {
    const asker = await aHandler();
    const question = await aQuestion(asker);
    const supervisor = later(await supervisorOf(asker), 1);
    await decline(supervisor, question.id);
    await letGo(question);
    const answered = { at: supervisor.now, by: supervisor.actor.name, as: 'supervisor', text: 'Ask nearer first' };
    expect(await approvalOf(asker, question)).toMatchObject({ state: 'declined', heldUntil: null, answered });
  });

  test('the newest question counts, of one slot or of the call', async () => {
    const asker = await aHandler();
    const { callId, slotId, ...first } = await aQuestion(asker, { state: 'declined', answeredAt: asker.now, answeredById: (await aHandler()).actor.id, answeredAs: 'host', answerText: 'No' });
    const { id } = await db.borderApproval.create({ data: { ...first, id: newId(), callId, slotId, askedAt: addMinutes(asker.now, 1), state: 'waiting', answeredAt: null, answeredById: null, answeredAs: null, answerText: null } });
    expect([await approvalOf(asker, { callId, slotId }), await approvalOf(asker, { callId, slotId: null })]).toMatchObject([{ id, state: 'waiting' }, { id }]);
    expect(await approvalOf(asker, { callId, slotId: newId() })).toBeNull();
  });

  test('it counts who is on duty for the sides that the rule names, and nobody where it names none', async () => {
    const asker = await aHandler();
    await onDuty(await aCommissioner('QWO'));
    const named = async (approvers: string[]) => (await approvalOf(asker, await aQuestion(asker, { approvers })))?.onDuty;
    expect([await named(['responsible', 'supervisor']), await named(['host']), await named(['supervisor'])]).toEqual([1, 0, 0]);
  });

  test('another organisation learns nothing, and an id that is none finds nothing', async () => {
    const { callId, slotId } = await aQuestion(await aHandler());
    const other = await aHandler();
    expect(await approvalOf(other, { callId, slotId })).toBeNull();
    expect(await approvalOf(other, { callId: 'x', slotId: 'y' })).toBeNull();
  });
});

describe('the inbox', () => {
  test('tells what an approver needs, and neither name nor number of the patient', async () => {
    const patient = await aPatient();
    const asker = await aHandler();
    const supervisor = await supervisorOf(asker);
    const { id } = await aQuestion(asker, { isOverride: true, pricePence: 4_500, call: { patientId: patient.id } });
    const [row] = await approvalInbox(supervisor);
    expect(row).toMatchObject({
      ...{ id, state: 'waiting', askedBy: asker.actor.name, organisation: asker.actor.organisation.name, isOverride: true, pricePence: 4_500, mayAnswerAs: 'supervisor', answered: null },
      ...{ heldUntil: addMinutes(asker.now, 5), slot: { startsAt: addMinutes(asker.now, 60) }, disposition: { code: 'Dx05', dueAt: addMinutes(asker.now, 120) } },
      ...{ responsible: { code: 'QWO', name: 'West Yorkshire' }, host: { code: 'QOP', name: 'Greater Manchester' }, patient: { sex: patient.sex } },
    });
    const text = JSON.stringify(row).toLowerCase();
    for (const secret of [patient.nhsNumber ?? '', patient.familyName, patient.postcode, patient.id]) expect(text).not.toContain(secret.toLowerCase());
  });

  test('those that wait come first, the first asked first, then those of today that are over; yesterday’s are gone', async () => {
    const asker = await aHandler();
    const supervisor = await supervisorOf(asker);
    const ask = (minutesAgo: number) => aQuestion(asker, { askedAt: addMinutes(asker.now, -minutesAgo) });
    const [second, first, lapsed, declined, yesterday] = [await ask(1), await ask(4), await ask(20), await ask(2), await ask(11 * 60)];
    await letGo(lapsed);
    await letGo(yesterday);
    await decline(supervisor, declined.id);
    const rows = await approvalInbox(supervisor);
    expect(rows.map(({ id, state }) => [id, state])).toEqual([[first.id, 'waiting'], [second.id, 'waiting'], [declined.id, 'declined'], [lapsed.id, 'lapsed']]);
    expect(await waitingApprovals(supervisor)).toBe(2);
  });

  test.each([
    ['of the host', 'QOP', 'host'],
    ['of the host’s region', 'Y62', 'host'],
    ['of the responsible side', 'QWO', 'responsible'],
    ['of the nation', 'national', 'host'],
  ] as const)('a commissioner %s sees the question off duty too, and may answer it on duty', async (_who, scope, as) => {
    const { id } = await aQuestion(await aHandler());
    const commissioner = await aCommissioner(scope);
    const mine = async () => (await approvalInbox(commissioner)).find((row) => row.id === id);
    expect(await mine()).toMatchObject({ mayAnswerAs: null });
    await onDuty(commissioner);
    expect(await mine()).toMatchObject({ mayAnswerAs: as });
    expect(await waitingApprovals(commissioner)).toBeGreaterThanOrEqual(1);
  });

  test('what one asked, what the rule leaves to others, and what others’ areas and organisations ask is not in it', async () => {
    const supervisor = await aHandler({ role: 'supervisor' });
    await aQuestion(supervisor);
    await aQuestion(await aHandler({ organisationCode: supervisor.actor.organisation.code }), { approvers: ['host', 'clinician'] });
    await aQuestion(await aHandler());
    expect([await approvalInbox(supervisor), await waitingApprovals(supervisor)]).toEqual([[], 0]);
    expect(await approvalInbox(await aCommissioner('QYG'))).toEqual([]);
  });

  test('a look is audited with the questions; read again every few seconds, only what is new is a new look', async () => {
    const asker = await aHandler();
    const supervisor = await supervisorOf(asker);
    const first = await aQuestion(asker);
    await approvalInbox(supervisor);
    await approvalInbox(supervisor, [first.id]);
    const second = await aQuestion(asker);
    await approvalInbox(supervisor, [first.id]);
    const looks = await db.auditEvent.findMany({ where: { type: 'approval.listed', actorId: supervisor.actor.id }, orderBy: { seq: 'asc' }, select: { detail: true } });
    expect(looks).toEqual([{ detail: { count: 1, approvals: [first.id] } }, { detail: { count: 1, approvals: [second.id] } }]);
  });

  test.each(['call-handler', 'service-admin', 'auditor', 'system-admin'] as const)('a %s has none', async (role) => {
    const ctx = await aHandler({ role });
    expect(await waitingApprovals(ctx)).toBe(0);
    await expect(approvalInbox(ctx)).rejects.toThrow(ForbiddenError);
  });
});
