import { expect, test } from 'vitest';
import { answerWords, approvalMark, askWords } from '@/components/crossborder/ask-words';
import type { ApprovalNow } from '@/lib/crossborder/approval.schema';
import type { Approver, Found } from '@/lib/crossborder/schema';

const A_TUESDAY_AT_TEN = new Date('2026-11-24T10:00:00Z');
const LEEDS: Found = { commissioner: { code: 'QWO', name: 'West Yorkshire', regionCode: 'Y63' }, how: 'gp-practice' };
const MANCHESTER: Found = { commissioner: { code: 'QOP', name: 'Greater Manchester', regionCode: 'Y62' }, how: 'service' };

function ask(approvers: readonly Approver[], onDuty: number) {
  return askWords({ approvers, responsible: LEEDS, host: MANCHESTER }, onDuty);
}

function asked(given: Partial<ApprovalNow>): ApprovalNow {
  return { id: '0192f0c1-0000-7000-8000-000000000003', state: 'waiting', askedAt: A_TUESDAY_AT_TEN, heldUntil: null, onDuty: 1, approvers: ['host'], answered: null, ...given };
}

test('it is said who may approve, and how many commissioners of those are on duty', () => {
  expect(ask(['host'], 1)).toEqual({ who: 'A commissioner of Greater Manchester may approve it.', duty: '1 commissioner is on duty.' });
  expect(ask(['host', 'responsible', 'supervisor', 'clinician'], 3)).toEqual({
    who: 'A commissioner of Greater Manchester, a commissioner of West Yorkshire, your supervisor or a clinician may approve it.',
    duty: '3 commissioners are on duty.',
  });
});

test('with no commissioner on duty the colleagues who may approve are named, or what else to do', () => {
  expect(ask(['host', 'supervisor', 'clinician'], 0).duty).toBe('No commissioner is on duty: ask your supervisor or a clinician.');
  expect(ask(['host'], 0).duty).toBe('No commissioner is on duty: ring them, or choose another service.');
  expect(ask(['supervisor'], 0)).toEqual({ who: 'Your supervisor may approve it.', duty: null });
});

test('each state of the question has its words, with who answered, as what and what they said', () => {
  const by = { at: A_TUESDAY_AT_TEN, by: 'Yusuf Rahman', as: 'host', text: null } as const;
  expect(answerWords(null)).toBeNull();
  expect(answerWords(asked({}))).toBe('Waiting for an answer since 10:00.');
  expect(answerWords(asked({ state: 'approved', answered: by }))).toBe('Approved by Yusuf Rahman (host commissioner). Now book the appointment.');
  expect(answerWords(asked({ state: 'declined', answered: { ...by, text: 'Leeds has slots at 14:00' } }))).toBe('Declined by Yusuf Rahman (host commissioner): “Leeds has slots at 14:00”.');
  expect(answerWords(asked({ state: 'lapsed' }))).toBe('Nobody answered before the hold ran out. Ask again while you hold a slot.');
});

test('beside the button that books the state is told in a word or two', () => {
  expect([null, asked({}), asked({ state: 'approved' }), asked({ state: 'declined' }), asked({ state: 'lapsed' })].map(approvalMark)).toEqual(['not asked', 'waiting', 'approved', 'declined', 'not answered']);
});
