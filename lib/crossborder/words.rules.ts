import type { Approver, Area, Commissioner, HowFound, Outcome, Party, WhyNot } from '@/lib/crossborder/schema';

const OUTCOME_WORDS: Readonly<Record<Outcome, string>> = { allow: 'Allowed', notify: 'Allowed, the host is told', approval: 'Needs approval', refuse: 'Refused' };

const WHY_NOT_WORDS: Readonly<Record<WhyNot, string>> = {
  from: 'for patients of other commissioners',
  to: 'for services of other commissioners',
  'service-type': 'for another type of service',
  service: 'for another service',
  disposition: 'for other dispositions',
  day: 'not on this day of the week',
  hours: 'not at this time of day',
  dates: 'not on this date',
  quota: 'its quota of the day is used up',
  'less-specific': 'holds, but another is more specific',
  older: 'holds, but another as specific was agreed later',
};

const PARTY_WORDS: Readonly<Record<Party, string>> = {
  'host-service': 'the service that sees the patient',
  booker: 'the organisation that books',
  host: 'the host commissioner',
  responsible: 'the responsible commissioner',
};

const APPROVER_WORDS: Readonly<Record<Approver, string>> = {
  host: 'the host commissioner on duty',
  responsible: 'the responsible commissioner on duty',
  supervisor: 'a supervisor',
  clinician: 'a clinician',
};

const HOW_WORDS: Readonly<Record<HowFound, string>> = {
  'gp-practice': 'by the GP practice',
  'home-postcode': 'by the home postcode',
  'current-location': 'by the current location',
  service: 'by the service',
  'booking-organisation': 'by the organisation that books',
  host: 'where they are seen: nothing else is known',
  unknown: 'not known',
};

/** `West Yorkshire`, `North West region` or `anywhere`; a code that `names` does not have stands for itself. */
export function areaWords(area: Area, names: ReadonlyMap<string, string>): string {
  if (area.kind === 'any') return 'anywhere';
  const name = names.get(area.code) ?? area.code;
  return area.kind === 'region' ? `${name} region` : name;
}

/** What a rule says, to begin a sentence or stand alone. */
export function outcomeWords(outcome: Outcome): string {
  return OUTCOME_WORDS[outcome];
}

/** `£12.50`, `£1,234.00`, `-£3.00`; null is `within contract`. Takes whole pence. */
export function priceWords(pence: number | null): string {
  if (pence === null) return 'within contract';
  const pounds = (Math.abs(pence) / 100).toFixed(2).replace(/\B(?=(\d{3})+\.)/g, ',');
  return `${pence < 0 ? '-' : ''}£${pounds}`;
}

/** `West Yorkshire pays £12.50`, or `West Yorkshire pays, within contract`, for a booking across a border. */
export function paysWords({ payer, pricePence }: { payer: Commissioner | null; pricePence: number | null }): string {
  return `${payer?.name ?? 'Nobody'} pays${pricePence === null ? ',' : ''} ${priceWords(pricePence)}`;
}

/** Who is accountable, within a sentence. */
export function partyWords(party: Party): string {
  return PARTY_WORDS[party];
}

/** Who may approve, within a sentence. */
export function approverWords(approver: Approver): string {
  return APPROVER_WORDS[approver];
}

/** How a commissioner was found, behind its name. */
export function howWords(how: HowFound): string {
  return HOW_WORDS[how];
}

/** Why an agreement that was looked at did not decide, behind its title. */
export function whyNotWords(why: WhyNot): string {
  return WHY_NOT_WORDS[why];
}
