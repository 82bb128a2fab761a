import { expect, test } from 'vitest';
import { anAppointment } from '@/prisma/factories/appointment';
import { aCrossing } from '@/prisma/factories/border';
import { aCall } from '@/prisma/factories/call';
import { aHandler, A_TUESDAY_AT_TEN } from '@/prisma/factories/staff';
import { approvalTexts, keptDecision, keptDecisions } from '@/lib/crossborder/kept.queries';
import { db } from '@/lib/platform/db';
import { newId } from '@/lib/platform/id';

const ANSWERED = new Date('2026-11-24T10:04:00Z');

test('what was decided is read as it was kept, commissioners by their names', async () => {
  const looked = [
    { ruleId: 'default-E', version: 1, title: 'National default', why: null },
    { ruleId: newId(), version: 2, title: 'Nights', why: 'hours' },
  ];
  const crossing = await aCrossing({ bookedAt: A_TUESDAY_AT_TEN, decision: { ruleKind: 'default', ruleId: 'default-E', ruleWords: 'National default: urgent, within 6 h', looked } });

  expect(await keptDecision(crossing.id)).toEqual({
    ...{ isCrossing: true, outcome: 'allow', isOverride: false, pricePence: 1_250, noshowPence: 500, failedContact: 'booker', followUp: 'host-service', approvers: [] },
    responsible: { commissioner: { code: 'QWO', name: 'West Yorkshire', regionCode: 'Y63' }, how: 'gp-practice' },
    host: { commissioner: { code: 'QOP', name: 'Greater Manchester', regionCode: 'Y62' }, how: 'service' },
    contractArea: { commissioner: { code: 'QWO', name: 'West Yorkshire', regionCode: 'Y63' }, how: 'current-location' },
    payer: { code: 'QWO', name: 'West Yorkshire', regionCode: 'Y63' },
    rule: { kind: 'default', id: 'default-E', version: 1, words: 'National default: urgent, within 6 h' },
    ...{ looked, at: A_TUESDAY_AT_TEN, approval: null, isCarriedOn: false },
  });
});

test('who approved it, as what and with which words, is read with it', async () => {
  const asks = await aHandler();
  const answers = await aHandler({ role: 'clinician', name: 'Dr Dana Test', organisationCode: asks.actor.organisation.code });
  const call = await aCall(asks);
  const plain = await anAppointment(asks);
  const approval = await db.borderApproval.create({
    data: {
      ...{ callId: call.id, slotId: plain.slotId, serviceId: plain.serviceId, organisationCode: asks.actor.organisation.code, ruleId: 'default-E', ruleVersion: 1, ruleWords: 'National default', isOverride: true },
      ...{ approvers: ['host', 'clinician'], askedAt: A_TUESDAY_AT_TEN, askedById: asks.actor.id, askedText: 'Nothing nearer' },
      ...{ state: 'approved', answeredAt: ANSWERED, answeredById: answers.actor.id, answeredAs: 'clinician', answerText: 'Go ahead' },
    },
  });
  const crossing = await aCrossing({ decision: { outcome: 'approval', isOverride: true, approvalId: approval.id } });

  expect(await keptDecision(crossing.id)).toMatchObject({
    ...{ outcome: 'approval', isOverride: true, approvers: ['host', 'clinician'] },
    approval: { state: 'approved', by: 'Dr Dana Test', as: 'clinician', at: ANSWERED, text: 'Go ahead' },
  });
  expect(await approvalTexts([approval.id, 'not-an-id'])).toEqual(new Map([[approval.id, { asked: 'Nothing nearer', answer: 'Go ahead' }]]));
});

test('a decision that goes on with another slot says so', async () => {
  const first = await aCrossing();
  const second = await aCrossing({ decision: { carriedFromId: first.id } });
  expect((await keptDecision(second.id))?.isCarriedOn).toBe(true);
});

test('a commissioner that is listed no more stands by its code', async () => {
  const crossing = await aCrossing({ payer: 'QZZ' });
  expect((await keptDecision(crossing.id))?.payer).toEqual({ code: 'QZZ', name: 'QZZ', regionCode: null });
});

test('several are read at once; what has none, and what is no id, is left out', async () => {
  const [one, other] = [await aCrossing(), await aCrossing()];
  const found = await keptDecisions([one.id, other.id, newId(), 'not-an-id']);
  expect([...found.keys()].sort()).toEqual([one.id, other.id].sort());
  expect(await keptDecision(newId())).toBeNull();
});
