import { expect, test } from 'vitest';
import { beginRefusal, codesSeen, endRefusal, mayDo, maySee, proposingSide, speaksFor, stepRefusal, type AgreementFacts, type Speaker } from '@/lib/crossborder/agreement.rules';
import type { AgreementState, AgreementStep } from '@/lib/crossborder/agreement.schema';
import type { Area, Commissioner } from '@/lib/crossborder/schema';
import { addDays, parseLocalDate } from '@/lib/platform/time';
import type { LocalDate } from '@/lib/platform/time-words';

const TODAY = date('2026-11-24');
const LEEDS: Area = { kind: 'commissioner', code: 'QWO' };
const NORTH_WEST: Area = { kind: 'region', code: 'Y62' };
const KNOWN = new Map<string, Commissioner>([
  ['QWO', { code: 'QWO', name: 'West Yorkshire', regionCode: 'Y63' }],
  ['QOP', { code: 'QOP', name: 'Greater Manchester', regionCode: 'Y62' }],
  ['W92000004', { code: 'W92000004', name: 'Wales', regionCode: null }],
]);

const proposer: Speaker = { id: 'asha', speaksFor: { from: true, to: false } };
const colleague: Speaker = { ...proposer, id: 'ben' };
const otherSide: Speaker = { id: 'cora', speaksFor: { from: false, to: true } };
const both: Speaker = { id: 'dev', speaksFor: { from: true, to: true } };
const outsider: Speaker = { id: 'eve', speaksFor: { from: false, to: false } };

test.each<[AgreementState, Speaker, AgreementStep[]]>([
  ['draft', proposer, ['edit', 'propose', 'withdraw', 'clone', 'what-if']],
  ['draft', otherSide, ['edit', 'propose', 'withdraw', 'clone', 'what-if']],
  ['declined', proposer, ['edit', 'propose', 'withdraw', 'clone', 'what-if']],
  ['proposed', proposer, ['take-back', 'clone', 'what-if']],
  ['proposed', colleague, ['take-back', 'clone', 'what-if']],
  ['proposed', otherSide, ['agree', 'decline', 'clone', 'what-if']],
  ['proposed', both, ['take-back', 'agree', 'decline', 'clone', 'what-if']],
  ['proposed', { ...both, id: 'asha' }, ['take-back', 'clone', 'what-if']],
  ['agreed', proposer, ['end', 'new-version', 'clone']],
  ['agreed', otherSide, ['end', 'new-version', 'clone']],
  ['superseded', proposer, ['clone']],
  ['withdrawn', proposer, ['clone']],
  ['draft', outsider, []],
  ['agreed', outsider, []],
])('%s, looked at by %o: %j', (state, who, steps) => {
  expect(mayDo({ facts: facts({ state }), who, today: TODAY })).toEqual(steps);
});

test('what is agreed may be withdrawn until it begins, unless something was booked by it', () => {
  const coming = facts({ state: 'agreed', validFrom: addDays(TODAY, 1) });
  expect(refusalOf('withdraw', coming)).toBeNull();
  expect(refusalOf('withdraw', { ...coming, isUsed: true })).toMatchObject({ code: 'agreement-not-in-state', state: 'agreed, with bookings by it already' });
  expect(refusalOf('withdraw', { ...coming, validFrom: TODAY })).toMatchObject({ code: 'agreement-not-in-state', state: 'in force since its first day' });
});

test('what is over neither ends again nor waits for another new version', () => {
  expect(refusalOf('end', facts({ state: 'agreed', validTo: addDays(TODAY, -1) }))).toMatchObject({ code: 'agreement-not-in-state', state: 'over' });
  expect(refusalOf('end', facts({ state: 'agreed', validTo: TODAY }))).toBeNull();
  expect(refusalOf('new-version', facts({ state: 'agreed', open: { version: 3 } }))).toMatchObject({ code: 'agreement-not-in-state', state: 'followed by version 3 that is not settled yet' });
});

test('an agreement begins today at the earliest', () => {
  expect(beginRefusal({ validFrom: TODAY }, TODAY)).toBeNull();
  expect(beginRefusal({ validFrom: addDays(TODAY, -1) }, TODAY)).toEqual({ code: 'agreement-starts-in-past', from: addDays(TODAY, -1) });
});

test.each([
  [-1, { code: 'agreement-end-in-past', to: addDays(TODAY, -1) }],
  [0, null],
  [29, null],
  [30, { code: 'agreement-ends-later', to: addDays(TODAY, 30) }],
  [31, { code: 'agreement-ends-later', to: addDays(TODAY, 30) }],
])('an end in %d days of what ends in 30: %o', (days, refusal) => {
  expect(endRefusal({ validFrom: addDays(TODAY, -9), validTo: addDays(TODAY, 30) }, { lastDay: addDays(TODAY, days), today: TODAY })).toEqual(refusal);
});

test('boards are spoken for by themselves, their region and the national team; regions by themselves; anybody by the national team', () => {
  const sides = (from: Area, to: Area, ...codes: string[]) => speaksFor({ isNational: codes.includes('national'), codes: new Set(codes) }, { from, to }, KNOWN);
  expect(sides(LEEDS, NORTH_WEST, 'QWO')).toEqual({ from: true, to: false });
  expect(sides(LEEDS, NORTH_WEST, 'Y63')).toEqual({ from: true, to: false });
  expect(sides(LEEDS, NORTH_WEST, 'QOP')).toEqual({ from: false, to: false });
  expect(sides(LEEDS, NORTH_WEST, 'Y62')).toEqual({ from: false, to: true });
  expect(sides({ kind: 'any' }, LEEDS, 'Y63')).toEqual({ from: false, to: true });
  expect(sides({ kind: 'any' }, NORTH_WEST, 'national')).toEqual({ from: true, to: true });
});

test('an agreement is seen by whom it concerns: also as a board of a region, or as anybody', () => {
  const sees = (code: string, from: Area, to: Area) => maySee({ isNational: code === 'national', codes: new Set([code]) }, { from, to }, KNOWN);
  expect(sees('QOP', LEEDS, NORTH_WEST)).toBe(true);
  expect(sees('Y62', LEEDS, { kind: 'commissioner', code: 'QOP' })).toBe(true);
  expect(sees('W92000004', LEEDS, NORTH_WEST)).toBe(false);
  expect(sees('W92000004', LEEDS, { kind: 'any' })).toBe(true);
  expect(sees('national', LEEDS, NORTH_WEST)).toBe(true);
  expect(codesSeen({ isNational: false, codes: new Set(['QOP']) }, KNOWN)).toEqual(['QOP', 'Y62']);
});

test('whoever speaks for both sides proposes for the patients’ one', () => {
  expect([proposer, otherSide, both].map(proposingSide)).toEqual(['from', 'to', 'from']);
});

function facts(given: Partial<AgreementFacts>): AgreementFacts {
  const proposed = given.state === 'draft' || given.state === 'withdrawn' ? null : { byId: 'asha', side: 'from' as const };
  return { state: 'draft', validFrom: TODAY, validTo: null, proposed, isUsed: false, open: null, names: { from: 'West Yorkshire', to: 'Greater Manchester' }, ...given };
}

function refusalOf(step: AgreementStep, asked: AgreementFacts) {
  return stepRefusal(step, { facts: asked, who: proposer, today: TODAY });
}

function date(text: string): LocalDate {
  const found = parseLocalDate(text);
  if (!found) throw new Error(`No date: ${text}`);
  return found;
}
