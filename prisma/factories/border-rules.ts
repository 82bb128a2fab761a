import { SHIPPED_DEFAULT } from '@/lib/crossborder/default.rules';
import type { BorderDefault, BorderFacts, BorderRules, Commissioner, LiveAgreement, Nation } from '@/lib/crossborder/schema';
import { parseLocalDate } from '@/lib/platform/time';
import type { LocalDate } from '@/lib/platform/time-words';

// Plain values, for tests of rules: nothing here knows a database.

export const LEEDS: Commissioner = { code: 'QWO', name: 'West Yorkshire', regionCode: 'Y63' };
export const MANCHESTER: Commissioner = { code: 'QOP', name: 'Greater Manchester', regionCode: 'Y62' };
export const HUMBER: Commissioner = { code: 'QOQ', name: 'Humber and North Yorkshire', regionCode: 'Y63' };
export const WALES: Commissioner = { code: 'W92000004', name: 'Wales', regionCode: null };
export const SCOTLAND: Commissioner = { code: 'S92000003', name: 'Scotland', regionCode: null };

/** An urgent treatment centre of Manchester, by the number that the directory gives its type. */
export const TREATMENT_CENTRE = 46;

/** A London date that exists. */
export function londonDay(text: string): LocalDate {
  const date = parseLocalDate(text);
  if (!date) throw new Error(`no such day: ${text}`);
  return date;
}

/** A patient of Leeds, to be seen in Manchester within two hours, on a Tuesday at 10:00 in London. */
export function crossingFacts({ from = LEEDS, to = MANCHESTER, ...given }: Partial<BorderFacts> & { from?: Commissioner; to?: Commissioner } = {}): BorderFacts {
  return {
    responsible: { commissioner: from, how: 'gp-practice' },
    host: { commissioner: to, how: 'service' },
    contractArea: { commissioner: LEEDS, how: 'current-location' },
    service: { id: '01900000-0000-7000-8000-00000000000a', name: 'Example Treatment Centre', typeId: TREATMENT_CENTRE },
    disposition: { code: 'Dx05', family: 'primary_care', timeframeMinutes: 120 },
    startsAt: new Date('2026-11-24T10:00:00Z'),
    ...given,
  };
}

/** From Leeds to Manchester, always, allowed within contract. */
export function liveAgreement(given: Partial<LiveAgreement> = {}): LiveAgreement {
  return {
    ...{ id: '01900000-0000-7000-8000-000000000001', version: 1, title: 'Across the Pennines', agreedAt: new Date('2026-11-01T09:00:00Z') },
    ...{ from: { kind: 'commissioner', code: LEEDS.code }, to: { kind: 'commissioner', code: MANCHESTER.code }, serviceTypeId: null, serviceId: null },
    ...{ dispositions: [], families: [], weekdays: [], fromMinute: null, toMinute: null, validFrom: londonDay('2026-04-01'), validTo: null, dailyQuota: null },
    ...{ outcome: 'allow', pricePence: null, noshowPence: null, failedContact: 'booker', followUp: 'host-service', approvers: [] },
    ...given,
  };
}

/** These agreements over the defaults as shipped; what is said of a default holds for every nation. */
export function borderRulesOf(agreements: readonly LiveAgreement[], given: Partial<Omit<BorderRules, 'agreements' | 'defaults'>> & { default?: Partial<BorderDefault> } = {}): BorderRules {
  const nations: readonly Nation[] = ['E', 'W', 'S'];
  const { default: changed, ...rest } = given;
  const defaults = new Map(nations.map((nation) => [nation, { ...SHIPPED_DEFAULT, nation, version: 1, ...changed }]));
  return { agreements, used: new Map(), holidays: new Set(), ...rest, defaults };
}
