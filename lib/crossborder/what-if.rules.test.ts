import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SHIPPED_DEFAULT } from '@/lib/crossborder/default.rules';
import type { LedgerStatus } from '@/lib/crossborder/ledger.schema';
import { decideBorder } from '@/lib/crossborder/rules';
import type { Area, BorderDefault, BorderRules, Commissioner, LiveAgreement, Nation, Outcome } from '@/lib/crossborder/schema';
import { inForce, replayOf, wholeMonths, withDraft, withoutDates } from '@/lib/crossborder/what-if.rules';
import { LINES_KEPT, type ReplayedBooking } from '@/lib/crossborder/what-if.schema';
import { parseLocalDate } from '@/lib/platform/time';
import type { LocalDate } from '@/lib/platform/time-words';

const OCTOBER = day('2026-10-01');
const LEEDS: Commissioner = { code: 'QWO', name: 'West Yorkshire', regionCode: 'Y63' };
const MANCHESTER: Commissioner = { code: 'QOP', name: 'Greater Manchester', regionCode: 'Y62' };
const LONDON: Commissioner = { code: 'QMJ', name: 'North Central London', regionCode: 'Y56' };
const ALL = [LEEDS, MANCHESTER, LONDON];
const DEFAULTS = new Map<Nation, BorderDefault>([['E', { ...SHIPPED_DEFAULT, nation: 'E', version: 1 }]]);

function day(text: string): LocalDate {
  const date = parseLocalDate(text);
  if (!date) throw new Error(text);
  return date;
}

function rulesOf(agreements: readonly LiveAgreement[]): BorderRules {
  return { agreements, used: new Map(), defaults: DEFAULTS, holidays: new Set() };
}

function live(given: Partial<LiveAgreement> = {}): LiveAgreement {
  return {
    ...{ id: 'a', version: 1, title: 'Across the Pennines', agreedAt: new Date('2026-09-01T10:00:00Z'), from: of('QWO'), to: of('QOP'), serviceTypeId: null, serviceId: null },
    ...{ dispositions: [], families: [], weekdays: [], fromMinute: null, toMinute: null, validFrom: OCTOBER, validTo: null, dailyQuota: null },
    ...{ outcome: 'allow', pricePence: null, noshowPence: null, failedContact: 'booker', followUp: 'host-service', approvers: [] },
    ...given,
  };
}

function of(code: string): Area {
  return { kind: 'commissioner', code };
}

let made = 0;

/** A Leeds patient's at ten on 6 October in Manchester, due within two hours, who came. */
function booking({ from = LEEDS, to = MANCHESTER, startsAt = new Date('2026-10-06T09:00:00Z'), status = 'attended', minutes = 120 }: { from?: Commissioner; to?: Commissioner; startsAt?: Date; status?: LedgerStatus; minutes?: number } = {}): ReplayedBooking {
  made += 1;
  return {
    reference: `REF${made}`,
    status,
    facts: {
      responsible: { commissioner: from, how: 'gp-practice' },
      host: { commissioner: to, how: 'service' },
      contractArea: { commissioner: from, how: 'current-location' },
      service: { id: 's', name: 'Test Urgent Treatment Centre', typeId: 130 },
      disposition: { code: 'Dx05', family: 'primary-care', timeframeMinutes: minutes },
      startsAt,
    },
  };
}

function replayed(bookings: readonly ReplayedBooking[], before: readonly LiveAgreement[], after: readonly LiveAgreement[]) {
  const replay = replayOf(rulesOf(before), rulesOf(after));
  replay.add(bookings);
  return replay.result();
}

function plainly(bookings: readonly ReplayedBooking[], agreements: readonly LiveAgreement[]): Record<Outcome, number> {
  const used = new Map<string, number>();
  const sum = { allow: 0, notify: 0, approval: 0, refuse: 0 };
  for (const { facts, status } of bookings) {
    const { outcome, quota } = decideBorder(facts, { ...rulesOf(agreements), used });
    sum[outcome] += 1;
    const key = quota && status !== 'cancelled' ? `${quota.agreementId} ${quota.day}` : null;
    if (key) used.set(key, (used.get(key) ?? 0) + 1);
  }
  return sum;
}

const aBooking = fc
  .record({
    from: fc.constantFrom(...ALL),
    to: fc.constantFrom(...ALL),
    day: fc.integer({ min: 1, max: 4 }),
    hour: fc.integer({ min: 0, max: 23 }),
    status: fc.constantFrom<LedgerStatus>('attended', 'noshow', 'cancelled', 'to-come', 'unstated'),
    minutes: fc.constantFrom(60, 1_440),
  })
  .filter(({ from, to }) => from !== to)
  .map(({ day: date, hour, ...rest }) => booking({ ...rest, startsAt: new Date(`2026-10-0${date}T${String(hour).padStart(2, '0')}:00:00Z`) }));

const anAgreement = fc
  .record({
    id: fc.constantFrom('a', 'b', 'c', 'd'),
    from: fc.constantFrom(of('QWO'), of('QOP'), { kind: 'any' } as const),
    to: fc.constantFrom(of('QOP'), of('QMJ'), { kind: 'region', code: 'Y62' } as const),
    outcome: fc.constantFrom<Outcome>('allow', 'notify', 'approval'),
    pricePence: fc.constantFrom(null, 0, 1_250),
    dailyQuota: fc.constantFrom(null, 1, 3),
  })
  .map((given) => live({ ...given, noshowPence: given.pricePence }));

test('a draft that matches nothing changes nothing', () => {
  fc.assert(
    fc.property(fc.array(aBooking, { maxLength: 40 }), fc.uniqueArray(anAgreement, { selector: ({ id }) => id }), (bookings, agreements) => {
      const draft = live({ id: 'draft', from: of('QUE'), to: of('QHL'), outcome: 'approval', pricePence: 9_999, noshowPence: 9_999 });
      const { changed, shifts, lines, before, after } = replayed(bookings, agreements, withDraft(agreements, draft));
      expect({ changed, shifts, lines }).toEqual({ changed: 0, shifts: [], lines: [] });
      expect(after).toEqual(before);
    }),
  );
});

test('in pages or as a whole, a replay gives the same', () => {
  fc.assert(
    fc.property(fc.array(aBooking, { maxLength: 60 }), fc.uniqueArray(anAgreement, { selector: ({ id }) => id }), anAgreement, fc.integer({ min: 1, max: 20 }), (bookings, agreements, draft, size) => {
      const [before, after] = [rulesOf(agreements), rulesOf(withDraft(agreements, draft))];
      const paged = replayOf(before, after);
      for (let from = 0; from < bookings.length; from += size) paged.add(bookings.slice(from, from + size));
      expect(paged.result()).toEqual(replayed(bookings, before.agreements, after.agreements));
    }),
  );
});

test('in both worlds bookings come out as decideBorder decides them one by one', () => {
  fc.assert(
    fc.property(fc.array(aBooking, { maxLength: 60 }), fc.uniqueArray(anAgreement, { selector: ({ id }) => id }), anAgreement, (bookings, agreements, draft) => {
      const drafted = withDraft(agreements, draft);
      const { before, after } = replayed(bookings, agreements, drafted);
      expect([before, after]).toMatchObject([plainly(bookings, agreements), plainly(bookings, drafted)]);
    }),
  );
});

test('every booking has one outcome before and one after, and the changed ones add up', () => {
  fc.assert(
    fc.property(fc.array(aBooking, { maxLength: 60 }), fc.uniqueArray(anAgreement, { selector: ({ id }) => id }), anAgreement, (bookings, agreements, draft) => {
      const { before, after, changed, shifts, lines } = replayed(bookings, agreements, withDraft(agreements, draft));
      for (const { allow, notify, approval, refuse } of [before, after]) expect(allow + notify + approval + refuse).toBe(bookings.length);
      expect(shifts.reduce((sum, { count }) => sum + count, 0)).toBe(changed);
      expect(lines.reduce((sum, { pence }) => sum + pence, 0)).toBe(after.pence - before.pence);
    }),
  );
});

describe('what a draft would change', () => {
  test('from the default to approval, with its price: counted, listed without a patient, and costed', () => {
    const draft = live({ id: 'draft', outcome: 'approval', approvers: ['host'], pricePence: 1_250, noshowPence: 500 });
    const result = replayed([booking(), booking({ status: 'noshow' }), booking({ to: LONDON })], [], [draft]);
    expect(result).toMatchObject({ bookings: 3, changed: 2, before: { allow: 3, pence: 0 }, after: { allow: 1, approval: 2, pence: 1_750 }, shifts: [{ before: 'allow', after: 'approval', count: 2 }] });
    expect(result.lines[0]).toMatchObject({ serviceName: 'Test Urgent Treatment Centre', before: { outcome: 'allow', title: 'National default' }, after: { outcome: 'approval', title: 'Across the Pennines', pricePence: 1_250 }, pence: 1_250 });
  });

  test('a new version takes the place of its own older one', () => {
    const result = replayed([booking()], [live({ pricePence: 1_000, noshowPence: 0 })], withDraft([live({ pricePence: 1_000, noshowPence: 0 })], live({ version: 2, pricePence: 1_500, noshowPence: 0 })));
    expect(result).toMatchObject({ changed: 1, before: { pence: 1_000 }, after: { pence: 1_500 }, shifts: [{ before: 'allow', after: 'allow', count: 1 }] });
  });

  test('what would be refused costs nothing', () => {
    const result = replayed([booking()], [live({ pricePence: 1_000, noshowPence: 0 })], withDraft([live({ pricePence: 1_000, noshowPence: 0 })], live({ version: 2, outcome: 'refuse' })));
    expect(result).toMatchObject({ before: { allow: 1, pence: 1_000 }, after: { refuse: 1, pence: 0 }, lines: [{ pence: -1_000 }] });
  });

  test.each(['cancelled', 'to-come', 'unstated'] as const)('a booking that is %s costs nothing, whatever the price', (status) => {
    expect(replayed([booking({ status })], [], [live({ pricePence: 1_000, noshowPence: 1_000 })])).toMatchObject({ changed: 1, after: { pence: 0 } });
  });

  test('quotas count from zero in both, in the order of booking and by the day of the slot', () => {
    const quota = live({ outcome: 'notify', dailyQuota: 2 });
    const tomorrow = booking({ startsAt: new Date('2026-10-07T09:00:00Z') });
    const result = replayed([booking(), booking(), tomorrow, booking()], [], [quota]);
    expect(result.after).toMatchObject({ notify: 3, allow: 1 });
    expect(result.before).toMatchObject({ allow: 4 });
  });

  test('a booking that ended before its time takes nothing of a quota', () => {
    const result = replayed([booking({ status: 'cancelled' }), booking(), booking()], [], [live({ outcome: 'notify', dailyQuota: 1 })]);
    expect(result.after).toMatchObject({ notify: 2, allow: 1 });
  });

  test('more changed bookings than are shown are all counted, and the first ones kept', () => {
    const bookings = Array.from({ length: LINES_KEPT + 50 }, () => booking());
    const result = replayed(bookings, [], [live()]);
    expect(result.changed).toBe(LINES_KEPT + 50);
    expect(result.lines.map(({ reference }) => reference)).toEqual(bookings.slice(0, LINES_KEPT).map(({ reference }) => reference));
  });
});

describe('the rules of a replay', () => {
  test('in force are those whose days have begun and are not over, both included', () => {
    const held = (validFrom: string, validTo: string | null) => live({ validFrom: day(validFrom), validTo: validTo === null ? null : day(validTo) });
    const agreements = [held('2026-11-23', null), held('2026-11-24', null), held('2026-01-01', '2026-11-23'), held('2026-01-01', '2026-11-22')];
    expect(inForce(agreements, day('2026-11-23'))).toEqual([agreements[0], agreements[2]]);
  });

  test('without their dates they hold in the month that is replayed, and after it', () => {
    const begun = live({ validFrom: day('2026-11-20'), validTo: day('2026-12-31') });
    expect(replayed([booking()], [], withoutDates([begun], OCTOBER))).toMatchObject({ changed: 1 });
    expect(replayed([booking()], [], [begun])).toMatchObject({ changed: 0 });
  });

  test('the months to choose from are the last twelve whole ones in London, the latest first', () => {
    const months = wholeMonths(new Date('2026-10-31T23:30:00Z'));
    expect([months[0], months.at(-1), months.length]).toEqual(['2026-09-01', '2025-10-01', 12]);
    expect(wholeMonths(new Date('2026-09-30T23:30:00Z'))[0]).toBe('2026-09-01');
  });
});
