import { expect, test } from 'vitest';
import { plotOf } from '@/components/registry/timeline-lanes';
import { lookCounts, lookOf, markWords, plotWords } from '@/components/registry/timeline-words';
import { addMinutes } from '@/lib/platform/time';
import type { EntryStatus, PatientEntry } from '@/lib/registry/schema';

const NOW = new Date('2026-11-24T10:00:00Z');
const DAY = 24 * 60;

/** An appointment so many days from now, at an organisation called by its code. */
function entry(days: number, holder: string | null, given: Partial<PatientEntry> = {}): PatientEntry {
  const startsAt = addMinutes(NOW, days * DAY);
  return {
    ...{ id: `${holder}-${days}`, version: 1, source: 'registered', appointment: null, startsAt, endsAt: addMinutes(startsAt, 15), status: 'booked' },
    ...{ serviceName: 'Leeds Dental Access', place: 'LS1 3EX', isSealed: false, isOpen: true, match: 'certain', isLinked: false, freshness: { state: 'live' } },
    ...{ holder: holder === null ? null : { code: holder, name: `Trust ${holder}` }, bookedBy: null },
    ...given,
  };
}

test('each organisation has a lane, in the order of the entries; of a sealed appointment not even the holder is told', () => {
  const plot = plotOf([entry(1, 'B'), entry(3, 'A'), entry(4, null, { isSealed: true, isOpen: false, serviceName: null }), entry(-2, 'B')], NOW);
  expect(plot.lanes.map(({ words, marks }) => [words, marks.map((mark) => mark.entry.id)])).toEqual([
    ['Trust B', ['B-1', 'B--2']],
    ['Trust A', ['A-3']],
    ['Sealed', ['null-4']],
  ]);
  expect(plot.now).toBeGreaterThan(0);
  expect(plot.now).toBeLessThan(1);
});

test('more than eight organisations: the last lane is for all that are left, and nobody is lost', () => {
  const plot = plotOf(Array.from({ length: 12 }, (_, index) => entry(index, `H${index}`)), NOW);
  expect(plot.lanes.map(({ words }) => words)).toEqual([...Array.from({ length: 7 }, (_, index) => `Trust H${index}`), 'Other organisations']);
  expect(plot.lanes.at(-1)?.marks).toHaveLength(5);
});

test('200 at one time: ten are drawn above each other, of the others it is told how many there are', () => {
  const [lane] = plotOf(Array.from({ length: 200 }, (_, index) => entry(1, 'A', { id: String(index) })), NOW).lanes;
  expect(lane).toMatchObject({ rows: 10, hidden: 190 });
});

test('one that is decades away does not press the others into a corner: it is counted', () => {
  const plot = plotOf([entry(1, 'A'), entry(20_000, 'A')], NOW);
  expect(plot.far).toBe(1);
  expect(plot.lanes).toMatchObject([{ marks: [{ entry: { id: 'A-1' } }] }]);
  expect(plot.axis.to < addMinutes(NOW, 10 * DAY)).toBe(true);
});

test('no entries: no lanes', () => {
  expect(plotOf([], NOW)).toMatchObject({ lanes: [], far: 0 });
});

test.each<[EntryStatus, number, string]>([
  ['booked', 1, 'coming'],
  ['booked', 0, 'coming'],
  ['booked', -1, 'unsaid'],
  ['arrived', 0, 'attended'],
  ['fulfilled', -1, 'attended'],
  ['noshow', -1, 'missed'],
  ['cancelled', 1, 'ended'],
  ['moved', 1, 'ended'],
  ['entered-in-error', -1, 'ended'],
])('the look of one that is %s, %i days from now, is %s', (status, days, look) => {
  expect(lookOf(entry(days, 'A', { status }), NOW)).toBe(look);
});

test('the key counts the looks in one order, and leaves out what nobody has', () => {
  const entries = [entry(-1, 'A', { status: 'noshow' }), entry(1, 'A'), entry(2, 'A'), entry(3, 'A', { status: 'cancelled' })];
  expect(lookCounts(entries, NOW).map(({ words, count }) => `${words} ${count}`)).toEqual(['To come 2', 'Did not attend 1', 'Cancelled, moved or in error 1']);
});

test('a mark is told in words, and so is the whole plot; of a sealed one only that it is one', () => {
  expect(markWords(entry(3, 'A'), NOW)).toBe('Fri 27 Nov 10:00, Leeds Dental Access, LS1 3EX: booked');
  expect(markWords(entry(1, null, { isSealed: true, isOpen: false, serviceName: null, place: null }), NOW)).toBe('tomorrow 10:00, Sealed appointment: booked');
  expect(plotWords([entry(3, 'A'), entry(-30, 'A')])).toBe('2 appointments over time, from 25 Oct 2026 to 27 Nov 2026. The table below has each of them.');
  expect(plotWords([entry(3, 'A')])).toBe('1 appointment over time, on 27 Nov 2026. The table below has each of them.');
});
