import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newId } from '@/lib/platform/id';
import { addDays, startOfLondonDay } from '@/lib/platform/time';
import { clockTime, minutesBetween } from '@/lib/platform/time-words';
import type { Break, ScheduleState, SessionNow, Wanted } from '@/lib/schedule/schema';
import { sessionHours } from '@/lib/schedule/slots.rules';
import { wantedOf } from '@/lib/schedule/wanted.rules';
import { aPattern, aSessionNow, aState, aTemplateNow, aTemplatePattern, day } from '@/prisma/factories/pattern';

const at = (hours: number, minutes = 0) => hours * 60 + minutes;
const TUESDAY = day(2026, 11, 24);
const SPRING = day(2027, 3, 28);
const AUTUMN = day(2026, 10, 25);
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];

function asked(state: ScheduleState) {
  const services = new Map(state.schedules.map(({ serviceId }, index) => [serviceId, { odsCode: 'T1', name: `Centre ${index + 1}` }]));
  return wantedOf(state, { services, mint: newId });
}

function wanted(state: ScheduleState): Wanted {
  const found = asked(state);
  if (!found.ok) throw new Error(found.error.code);
  return found.value;
}

/** One session on the day of the tests, and what there should be of it. */
function ofSession(given: Partial<SessionNow>, closed: { from: number; to: number }[] = []) {
  const state = aState();
  const midnight = startOfLondonDay(TUESDAY).getTime();
  const closures = closed.map(({ from, to }) => ({ id: newId(), kind: 'closure' as const, serviceIds: [state.serviceId], startsAt: new Date(midnight + from * 60_000), endsAt: new Date(midnight + to * 60_000), reason: 'Flood' }));
  return wanted({ ...state, sessions: [aSessionNow({ scheduleId: state.scheduleId, ...given })], closures }).slots;
}

const shown = (slots: Wanted['slots']) => slots.map(({ startsAt, placeNo }) => `${clockTime(startsAt)}/${placeNo}`);

describe('the slots of a session', () => {
  const hour = { opensMinute: at(9), closesMinute: at(10) };
  test.each<[string, Partial<SessionNow>, { from: number; to: number }[], string[]]>([
    ['every place is a slot', { ...hour, slotMinutes: 30, places: 2 }, [], ['09:00/1', '09:00/2', '09:30/1', '09:30/2']],
    ['after a break the next begins at its end', { ...hour, breaks: [{ fromMinute: at(9, 15), toMinute: at(9, 25) }] }, [], ['09:00/1', '09:25/1', '09:40/1']],
    ['extra places number after those of the pattern, for slots that begin in their time', { ...hour, extras: [{ fromMinute: at(9, 15), toMinute: at(9, 45), places: 2 }, { fromMinute: at(9, 30), toMinute: at(10), places: 1 }] }, [], ['09:00/1', '09:15/1', '09:15/2', '09:15/3', '09:30/1', '09:30/2', '09:30/3', '09:30/4', '09:45/1', '09:45/2']],
    ['none lies across a closure; one that only meets it stays', hour, [{ from: at(9, 15), to: at(9, 31) }], ['09:00/1', '09:45/1']],
    ['closed all day', hour, [{ from: 0, to: 1440 }], []],
    ['cancelled', { ...hour, isCancelled: true }, [], []],
  ])('%s', (_promise, given, closed, expected) => {
    expect(shown(ofSession(given, closed))).toEqual(expected);
  });

  test('of ten slots at 30 % the 4th, 7th and 10th are kept back until their release, extra ones and closures notwithstanding', () => {
    const pattern = { opensMinute: at(9), closesMinute: at(11, 30), keptBackPercent: 30, releaseMinutes: 60 };
    const kept = (slots: Wanted['slots']) => slots.flatMap(({ startsAt, keptBackUntil }) => (keptBackUntil ? [`${clockTime(startsAt)} until ${clockTime(keptBackUntil)}`] : []));
    const expected = ['09:45 until 08:45', '10:30 until 09:30', '11:15 until 10:15'];
    expect(kept(ofSession(pattern))).toEqual(expected);
    expect(kept(ofSession({ ...pattern, extras: [{ fromMinute: at(9), toMinute: at(10), places: 3 }] }))).toEqual(expected);
    expect(kept(ofSession(pattern, [{ from: at(9), to: at(9, 45) }]))).toEqual(expected);
    expect(kept(ofSession({ ...pattern, keptBackReleasedAt: new Date('2026-11-24T07:00:00Z') }))).toEqual([]);
  });

  test('horizon and notice limit the offer; the whole horizon and no notice do not', () => {
    const [limited] = ofSession({ horizonDays: 7, noticeMinutes: 90 });
    expect([limited?.offeredFrom, limited?.offeredUntil]).toEqual([new Date('2026-11-17T09:00:00Z'), new Date('2026-11-24T07:30:00Z')]);
    expect(ofSession({})[0]).toMatchObject({ offeredFrom: null, offeredUntil: null });
  });
});

describe('the sessions that there should be', () => {
  test('adjusted, cancelled and made days override their template; extra places stay with it', () => {
    const state = aState({ to: day(2026, 11, 27) });
    const template = aTemplateNow({ scheduleId: state.scheduleId, closesMinute: at(10), slotMinutes: 60 });
    const own = { scheduleId: state.scheduleId, templateId: template.id };
    const sessions = [
      aSessionNow({ ...own, date: day(2026, 11, 24), slotMinutes: 20, extras: [{ fromMinute: at(9), toMinute: at(10), places: 1 }] }),
      aSessionNow({ ...own, date: day(2026, 11, 25), isAdjusted: true, opensMinute: at(14), closesMinute: at(15), slotMinutes: 30 }),
      aSessionNow({ ...own, date: day(2026, 11, 26), isAdjusted: true, isCancelled: true }),
      // Withdrawn because its template did not want it then: it is the row of that day when it does.
      aSessionNow({ ...own, date: day(2026, 11, 27), isCancelled: true }),
    ];
    const found = wanted({ ...state, templates: [template], sessions });
    expect(shown(found.slots)).toEqual(['09:00/1', '09:00/2', '14:00/1', '14:30/1', '09:00/1']);
    expect(found.sessions.map(({ id }) => id)).toEqual([sessions[0]?.id, sessions[1]?.id, sessions[3]?.id]);
    expect(found.sessions.every(({ isCancelled }) => !isCancelled)).toBe(true);
  });

  test('bank holidays and days outside a template have none', () => {
    const state = aState({ holidays: new Set([day(2026, 11, 25)]) });
    const template = aTemplateNow({ scheduleId: state.scheduleId, validTo: day(2026, 11, 27) });
    expect(wanted({ ...state, templates: [template] }).sessions.map(({ date }) => date)).toEqual(['2026-11-24', '2026-11-26', '2026-11-27']);
  });

  test('two of one schedule that overlap are refused, by what stood there first; two that meet are not', () => {
    const state = aState();
    const [morning, later] = [aSessionNow({ scheduleId: state.scheduleId }), aSessionNow({ scheduleId: state.scheduleId, opensMinute: at(8), closesMinute: at(9, 1) })];
    expect(asked({ ...state, sessions: [morning, later] })).toEqual({
      ok: false,
      error: { code: 'session-overlaps', date: TUESDAY, scheduleName: 'Minor illness', opensAt: new Date('2026-11-24T09:00:00Z'), closesAt: new Date('2026-11-24T12:00:00Z') },
    });
    expect(asked({ ...state, sessions: [morning, { ...later, closesMinute: at(9) }] }).ok).toBe(true);
  });

  test('one practitioner in two places of an organisation is refused; the same name elsewhere is somebody else', () => {
    const [first, second] = [aState(), aState()];
    const schedules = [{ ...first.schedules[0], practitionerName: 'Ada Fielding' }, { ...second.schedules[0], practitionerName: ' ada fielding' }].map((schedule, index) => ({ ...aState().schedules[0], ...schedule, id: [first, second][index]?.scheduleId ?? '', serviceId: [first, second][index]?.serviceId ?? '', name: null, channel: null, practitionerRole: null, practitionerGender: null }));
    const state = { ...first, schedules, sessions: [aSessionNow({ scheduleId: first.scheduleId }), aSessionNow({ scheduleId: second.scheduleId, opensMinute: at(11), closesMinute: at(13) })] };
    expect(asked(state)).toEqual({
      ok: false,
      error: { code: 'practitioner-elsewhere', practitionerName: 'Ada Fielding', serviceName: 'Centre 1', opensAt: new Date('2026-11-24T09:00:00Z'), closesAt: new Date('2026-11-24T12:00:00Z') },
    });
    const apart = new Map([[first.serviceId, { odsCode: 'T1', name: 'Here' }], [second.serviceId, { odsCode: 'T2', name: 'There' }]]);
    expect(wantedOf(state, { services: apart, mint: newId }).ok).toBe(true);
  });

  test('hours set by hand that do not exist are refused, those of a template left out', () => {
    const state = aState({ from: SPRING, to: SPRING });
    const skipped = { scheduleId: state.scheduleId, opensMinute: at(1), closesMinute: at(2) };
    expect(asked({ ...state, sessions: [aSessionNow({ ...skipped, date: SPRING })] })).toEqual({ ok: false, error: { code: 'session-skipped-hour', date: SPRING } });
    expect(wanted({ ...state, templates: [aTemplateNow({ ...skipped, weekdays: EVERY_DAY })] })).toEqual({ sessions: [], slots: [] });
  });
});

test('for any template, also on days of clock changes: no two slots of a place overlap, and none is longer, shorter, outside or in a break', () => {
  const stretch = fc.tuple(fc.integer({ min: 0, max: 1_430 }), fc.integer({ min: 5, max: 600 })).map(([from, length]) => ({ fromMinute: from, toMinute: Math.min(1_440, from + length) }));
  const pattern = fc.record({ session: stretch, breaks: fc.array(stretch, { maxLength: 3 }), extras: fc.array(stretch, { maxLength: 2 }), slotMinutes: fc.integer({ min: 5, max: 120 }), places: fc.integer({ min: 1, max: 3 }) });
  fc.assert(
    fc.property(pattern, fc.constantFrom(SPRING, AUTUMN, TUESDAY), ({ session, breaks, extras, slotMinutes, places }, date) => {
      const state = aState({ from: date, to: addDays(date, 1) });
      const hours = { opensMinute: session.fromMinute, closesMinute: session.toMinute, breaks, slotMinutes, places };
      const template = aTemplateNow({ ...aTemplatePattern({ ...aPattern(), ...hours, weekdays: EVERY_DAY, validFrom: date }), scheduleId: state.scheduleId });
      const made = aSessionNow({ ...hours, scheduleId: state.scheduleId, templateId: template.id, date, extras: extras.map((extra) => ({ ...extra, places: 1 })) });
      const { sessions, slots } = wanted({ ...state, templates: [template], sessions: [made] });
      const ends = new Map<string, Date>();
      const pauseHours = ({ fromMinute, toMinute }: Break) => [sessionHours(date, fromMinute, toMinute) ?? []].flat();
      return slots.every(({ sessionId, placeNo, startsAt, endsAt }) => {
        const of = sessions.find(({ id }) => id === sessionId);
        const before = ends.get(`${sessionId} ${placeNo}`);
        ends.set(`${sessionId} ${placeNo}`, endsAt);
        const isInside = of !== undefined && startsAt >= of.opensAt && endsAt <= of.closesAt;
        const isInBreak = breaks.some((pause) => pauseHours(pause).some(({ opensAt, closesAt }) => startsAt < closesAt && endsAt > opensAt));
        return isInside && !isInBreak && (!before || before <= startsAt) && minutesBetween(startsAt, endsAt) === slotMinutes;
      });
    }),
  );
});
