import { expect, test } from 'vitest';
import { freshCounts } from '@/components/directory/count-words';

const NOW = new Date('2026-11-24T10:00:00Z');
const NOTHING = { id: 'service', isBookable: true, publicPhone: null, freeInTime: 0, earliestInTime: null, earliestAfter: null };

test.each([
  ['U-015, U-016: free in time', { freeInTime: 3, earliestInTime: new Date('2026-11-24T10:40:00Z') }, '3 free in time', 'earliest 10:40'],
  ['only after the due time', { earliestAfter: new Date('2026-11-25T09:00:00Z') }, 'None in time', 'next tomorrow 09:00, in 23 h'],
  ['none at all', {}, 'None free', 'nothing in the next 7 days'],
  ['no booking, with a number', { isBookable: false, publicPhone: '01632 960001' }, 'No booking here', 'call 01632 960001'],
  ['no booking, without one', { isBookable: false }, 'No booking here', 'refer by telephone'],
])('%s', (_what, given, count, note) => {
  expect(freshCounts([{ ...NOTHING, ...given }], NOW)).toEqual({ at: NOW, counts: { service: { count, note } } });
});
