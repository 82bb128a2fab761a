import { expect, test } from 'vitest';
import { changeWords } from '@/components/schedule/change-words';

const NOW = new Date('2026-11-24T10:00:00Z');

test('a change of the profile is told by what came and what went, not by codes of fields', () => {
  const detail = {
    section: 'accepts',
    before: { dispositions: ['Dx05', 'Dx06'], ages: ['0-47481'], genders: ['F', 'M'], roles: ['call-handler'] },
    after: { dispositions: ['Dx05', 'Dx08'], ages: ['365-5843'], genders: ['F', 'M'], roles: ['call-handler', 'clinician'] },
  };

  expect(changeWords({ type: 'service.changed', detail }, NOW)).toEqual({
    what: 'Changed what it accepts',
    more: ['Dispositions: added Dx08, removed Dx06', 'Ages: added 1 to 15 years, removed every age', 'Who may refer: added clinicians'],
  });
});

test.each([
  [{ section: 'booking', before: { isBookable: false, holdMinutes: 5 }, after: { isBookable: true, holdMinutes: 7 } }, ['Bookings: off → on', 'Minutes held: 5 → 7']],
  [{ section: 'hours', before: { days: [] }, after: { days: ['1: 09:00 to 17:00'] } }, ['Hours: added Mon 09:00 to 17:00']],
  [{ section: 'dates', before: {}, after: { date: '2026-12-24', sessions: '00:00 to 00:00' } }, ['Date: 2026-12-24', 'Hours of the date: closed']],
  [{ section: 'words', before: {}, after: { changed: ['accessNeeds', 'website'] } }, ['Texts changed: access, website']],
])('%j reads %j', (detail, more) => {
  expect(changeWords({ type: 'service.changed', detail }, NOW).more).toEqual(more);
});

test('a change of the schedule is told with its slots and how many bookings it affected', () => {
  const detail = { edit: 'close', added: 0, reopened: 1, withdrawn: 12, affected: 3 };

  expect(changeWords({ type: 'schedule.changed', detail }, NOW)).toEqual({ what: 'Closed the service for a time', more: ['1 slot opened again', '12 slots removed', '3 bookings affected'] });
});

test('what was refused is told with why, and a detail that nobody knows is left out', () => {
  expect(changeWords({ type: 'schedule.change-refused', detail: { code: 'proposal-stale' } }, NOW).more).toEqual(['The schedule or its bookings had changed since the look']);
  expect(changeWords({ type: 'service.change-refused', detail: { code: 'unheard-of', section: 'hours' } }, NOW)).toEqual({ what: 'Tried to change the opening hours, which was refused', more: [] });
  expect(changeWords({ type: 'service.capacity-set', detail: { colour: 'amber', resetsAt: '2026-11-24T12:30:00Z' } }, NOW)).toEqual({ what: 'Set capacity to amber', more: ['Until today 12:30'] });
});
