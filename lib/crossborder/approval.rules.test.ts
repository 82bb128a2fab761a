import { describe, expect, test } from 'vitest';
import type { StaffActor } from '@/lib/auth/actor';
import { decideAnswer, isForThem, type Question } from '@/lib/crossborder/approval.rules';
import { APPROVERS } from '@/lib/crossborder/schema';

const QUESTION: Question = {
  organisationCode: 'X1',
  askedById: 'asker',
  responsible: { code: 'QWO', name: 'West Yorkshire', regionCode: 'Y63' },
  host: { code: 'QOP', name: 'Greater Manchester', regionCode: 'Y62' },
  approvers: APPROVERS,
};

function somebody(given: Partial<StaffActor>): StaffActor {
  return { kind: 'staff', id: 'somebody', name: 'Ruth Test', organisation: { code: 'X1', name: 'Test 111' }, roles: [], ...given };
}

function commissioner(...scopes: string[]): StaffActor {
  return somebody({ organisation: { code: 'C1', name: 'Commissioning' }, roles: scopes.map((scope) => ({ role: 'commissioner', scope })) });
}

const colleague = (...roles: ('supervisor' | 'clinician' | 'call-handler')[]) => somebody({ roles: roles.map((role) => ({ role, scope: 'X1' })) });

describe('who answers as what', () => {
  test.each([
    ['a commissioner of the host', commissioner('QOP'), 'host'],
    ['one of its region', commissioner('Y62'), 'host'],
    ['one of the responsible side', commissioner('QWO'), 'responsible'],
    ['one of that region', commissioner('Y63'), 'responsible'],
    ['the national team, for the host first', commissioner('national'), 'host'],
    ['one of both sides, for the host first', commissioner('QWO', 'QOP'), 'host'],
    ['a supervisor of the organisation that asks', colleague('supervisor'), 'supervisor'],
    ['a clinician of it', colleague('clinician'), 'clinician'],
    ['somebody who is both, as a supervisor', colleague('clinician', 'supervisor'), 'supervisor'],
  ] as const)('%s', (_who, actor, as) => {
    expect(decideAnswer(actor, QUESTION, true)).toEqual({ ok: true, value: as });
    expect(isForThem(actor, QUESTION)).toBe(true);
  });

  test.each([
    ['a commissioner of a third area', commissioner('QYG')],
    ['a supervisor of another organisation', { ...colleague('supervisor'), organisation: { code: 'X2', name: 'Another 111' } }],
    ['a call handler of the organisation that asks', colleague('call-handler')],
  ])('approval-not-found: %s learns nothing of the question', (_who, actor) => {
    expect(decideAnswer(actor, QUESTION, true)).toEqual({ ok: false, error: { code: 'approval-not-found' } });
    expect(isForThem(actor, QUESTION)).toBe(false);
  });

  test('approval-own: nobody answers what they asked, whatever else they are', () => {
    const asker = { ...colleague('supervisor', 'clinician'), id: 'asker' };
    expect(decideAnswer(asker, QUESTION, true)).toEqual({ ok: false, error: { code: 'approval-own' } });
    expect(isForThem(asker, QUESTION)).toBe(false);
  });

  test.each([
    ['the host', commissioner('QOP'), ['responsible', 'supervisor', 'clinician']],
    ['the responsible side', commissioner('QWO'), ['host']],
    ['a supervisor', colleague('supervisor'), ['host', 'clinician']],
    ['a clinician', colleague('clinician'), ['supervisor']],
  ] as const)('approval-not-yours: %s, where the rule names others', (_who, actor, approvers) => {
    expect(decideAnswer(actor, { ...QUESTION, approvers }, true)).toEqual({ ok: false, error: { code: 'approval-not-yours' } });
  });

  test.each(['QOP', 'QWO', 'national'])('approver-off-duty: a commissioner of %s off duty, though the question is in their inbox', (scope) => {
    expect(decideAnswer(commissioner(scope), QUESTION, false)).toEqual({ ok: false, error: { code: 'approver-off-duty' } });
    expect(isForThem(commissioner(scope), QUESTION)).toBe(true);
  });

  test('a commissioner off duty who is also a supervisor of the organisation answers as that', () => {
    const both = somebody({ roles: [{ role: 'commissioner', scope: 'QOP' }, { role: 'supervisor', scope: 'X1' }] });
    expect(decideAnswer(both, QUESTION, false)).toEqual({ ok: true, value: 'supervisor' });
  });

  test('where a commissioner is not known, nobody answers for them, not even nationally', () => {
    expect(decideAnswer(commissioner('national'), { ...QUESTION, host: null, responsible: null }, true)).toMatchObject({ ok: false, error: { code: 'approval-not-found' } });
  });
});
