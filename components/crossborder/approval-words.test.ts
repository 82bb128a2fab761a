import { expect, test } from 'vitest';
import { answerWords, betweenWords, needWords, slotWords, standingWords, whoWords } from '@/components/crossborder/approval-words';

const NOW = new Date('2026-11-24T10:00:00Z');
const LEEDS = { code: 'QWO', name: 'West Yorkshire', regionCode: 'Y63' };
const MANCHESTER = { code: 'QOP', name: 'Greater Manchester', regionCode: 'Y62' };

test.each([
  [0, 'female', 'under 1 year, female'],
  [1, 'male', '1 year, male'],
  [42, 'indeterminate', '42 years, sex not known'],
])('of the patient only age and sex are told', (ageYears, sex, words) => {
  expect(whoWords({ ageYears, sex })).toBe(words);
});

test('the need says by when, and nothing where the disposition sets no time', () => {
  const need = { code: 'Dx05', title: 'Contact primary care within 2 hours' };
  expect(needWords({ ...need, dueAt: new Date('2026-11-24T12:00:00Z') }, NOW)).toBe('Dx05 Contact primary care within 2 hours, due by 12:00');
  expect(needWords({ ...need, dueAt: new Date('2026-11-25T12:00:00Z') }, NOW)).toBe('Dx05 Contact primary care within 2 hours, due by tomorrow 12:00');
  expect(needWords({ ...need, dueAt: null }, NOW)).toBe('Dx05 Contact primary care within 2 hours');
});

test('a slot after the due time says so', () => {
  const slot = { startsAt: new Date('2026-11-24T14:20:00Z'), endsAt: new Date('2026-11-24T14:30:00Z') };
  const words = (due: string) => slotWords({ slot, disposition: { code: 'Dx05', title: '', dueAt: new Date(due) } }, NOW);
  expect([words('2026-11-24T14:20:00Z'), words('2026-11-24T14:00:00Z')]).toEqual(['today 14:20 to 14:30', 'today 14:20 to 14:30, after the due time']);
});

test('whose patient, and where', () => {
  expect(betweenWords(LEEDS, MANCHESTER)).toBe('West Yorkshire → Greater Manchester');
});

test('who answered, or that nobody did', () => {
  const answered = { at: NOW, by: 'Ruth Test', text: null };
  expect(answerWords({ state: 'approved', answered }, NOW)).toBe('Approved by Ruth Test, 10:00');
  expect(answerWords({ state: 'declined', answered }, NOW)).toBe('Declined by Ruth Test, 10:00');
  expect(answerWords({ state: 'lapsed', answered: null }, NOW)).toBe('Nobody answered while the call held the slot');
});

test('whoever answers for an area is told for which', () => {
  expect(standingWords('host', { host: MANCHESTER, responsible: LEEDS })).toBe('You answer for the host, Greater Manchester');
  expect(standingWords('responsible', { host: MANCHESTER, responsible: LEEDS })).toBe('You answer for the responsible commissioner, West Yorkshire');
  expect(standingWords('clinician', { host: MANCHESTER, responsible: LEEDS })).toBe('You answer as a clinician');
});
