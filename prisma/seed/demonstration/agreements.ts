import type pg from 'pg';
import type { AgreementContent, AgreementState, Side } from '@/lib/crossborder/agreement.schema';
import { areaCode } from '@/lib/crossborder/area.rules';
import { keyOf } from '@/lib/crossborder/key.rules';
import type { Area } from '@/lib/crossborder/schema';
import { copyRows } from '@/lib/platform/copy';
import { newId } from '@/lib/platform/id';
import { addDays, addMinutes, DAY_MINUTES } from '@/lib/platform/time';
import { londonDate } from '@/lib/platform/time-words';
import { copyOf } from '../steps';

const DAYS_IN_FORCE = 75;
const YORKSHIRE = 'commissioner@example.com';
const MANCHESTER = 'commissioner.manchester@example.com';
const NATIONAL = 'commissioner.national@example.com';

const board = (code: string): Area => ({ kind: 'commissioner', code });
const [WEST_YORKSHIRE, GREATER_MANCHESTER, LANCASHIRE, NORTH_WEST, NORTH_EAST] = [board('QWO'), board('QOP'), board('QE1'), { kind: 'region', code: 'Y62' } as const, { kind: 'region', code: 'Y63' } as const];
const ANYBODY: Area = { kind: 'any' };
const TREATMENT_CENTRE = 135;
const PHARMACY = 13;

type Sample = Partial<AgreementContent> & Pick<AgreementContent, 'title' | 'from' | 'to' | 'outcome'> & { state?: AgreementState; side: Side; proposer: string; settler: string };

// Whoever books within hours is let through by all of them: what needs approval or is refused is for trying out.
const SAMPLES: readonly Sample[] = [
  { title: 'Treatment centres across the Pennines', from: WEST_YORKSHIRE, to: GREATER_MANCHESTER, serviceTypeId: TREATMENT_CENTRE, outcome: 'allow', pricePence: 4_250, noshowPence: 1_000, dailyQuota: 50, side: 'from', proposer: YORKSHIRE, settler: MANCHESTER },
  { title: 'Later than six hours: ask first', from: WEST_YORKSHIRE, to: GREATER_MANCHESTER, dispositions: ['Dx07', 'Dx08'], outcome: 'approval', approvers: ['host', 'supervisor', 'clinician'], pricePence: 3_900, noshowPence: 0, side: 'from', proposer: YORKSHIRE, settler: MANCHESTER },
  { title: 'Pharmacies stay local', from: WEST_YORKSHIRE, to: GREATER_MANCHESTER, serviceTypeId: PHARMACY, outcome: 'refuse', side: 'to', proposer: MANCHESTER, settler: YORKSHIRE },
  { title: 'Manchester patients in West Yorkshire', from: GREATER_MANCHESTER, to: WEST_YORKSHIRE, outcome: 'notify', pricePence: 4_000, noshowPence: 1_000, side: 'from', proposer: MANCHESTER, settler: YORKSHIRE },
  { title: 'Lancashire and the North East help each other', from: LANCASHIRE, to: NORTH_EAST, outcome: 'allow', side: 'from', proposer: NATIONAL, settler: YORKSHIRE },
  { title: 'Anybody visiting the North West', from: ANYBODY, to: NORTH_WEST, outcome: 'allow', pricePence: 4_600, noshowPence: 0, side: 'from', proposer: NATIONAL, settler: MANCHESTER },
  { title: 'Nights in West Yorkshire', from: GREATER_MANCHESTER, to: WEST_YORKSHIRE, fromMinute: 1_320, toMinute: 420, outcome: 'notify', pricePence: 5_500, noshowPence: 1_500, state: 'proposed', side: 'from', proposer: MANCHESTER, settler: YORKSHIRE },
  { title: 'Weekends at Manchester’s centres', from: WEST_YORKSHIRE, to: GREATER_MANCHESTER, serviceTypeId: TREATMENT_CENTRE, weekdays: [6, 7, 8], outcome: 'allow', pricePence: 3_750, noshowPence: 1_000, state: 'draft', side: 'from', proposer: YORKSHIRE, settler: MANCHESTER },
];

/** Agreements of the demonstration's commissioners: most in force for some weeks before `now`, one that waits for the other side, one draft. */
export async function loadAgreements(client: pg.Client, now: Date): Promise<void> {
  const { rows } = await client.query<{ email: string; id: string }>('SELECT email, id FROM staff WHERE email = ANY ($1::text[])', [[YORKSHIRE, MANCHESTER, NATIONAL]]);
  const ids = new Map(rows.map(({ email, id }) => [email, id]));
  if (ids.size < 3) return;
  await copyRows(client, copyOf('agreement', SAMPLES.map((sample, index) => agreementRow(sample, { ids, agreedAt: addMinutes(now, index - DAYS_IN_FORCE * DAY_MINUTES), now }))));
}

function agreementRow({ state = 'agreed', side, proposer, settler, from, to, ...given }: Sample, { ids, agreedAt, now }: { ids: ReadonlyMap<string, string>; agreedAt: Date; now: Date }) {
  const isAgreed = state === 'agreed';
  const at = isAgreed ? agreedAt : addMinutes(now, -2 * DAY_MINUTES);
  const conditions = { serviceTypeId: null, serviceId: null, dispositions: [], families: [], weekdays: [], fromMinute: null, toMinute: null, dailyQuota: null, ...given, from, to };
  return {
    ...{ id: newId(), version: 1, title: given.title, fromKind: from.kind, fromCode: areaCode(from), toKind: to.kind, toCode: areaCode(to) },
    ...{ serviceTypeId: conditions.serviceTypeId, serviceId: null, dispositions: arrayText(conditions.dispositions), families: '{}', weekdays: arrayText(conditions.weekdays) },
    ...{ fromMinute: conditions.fromMinute, toMinute: conditions.toMinute, validFrom: isAgreed ? londonDate(at) : addDays(londonDate(now), 14), validTo: null, dailyQuota: conditions.dailyQuota },
    ...{ outcome: given.outcome, pricePence: given.pricePence ?? null, noshowPence: given.noshowPence ?? null, failedContact: 'booker', followUp: 'host-service', approvers: arrayText(given.approvers ?? []) },
    ...{ key: keyOf(conditions), state, edition: 1, createdAt: at, createdById: ids.get(proposer) ?? null, changedAt: at },
    ...(state === 'draft' ? { proposedAt: null, proposedById: null, proposedSide: null } : { proposedAt: at, proposedById: ids.get(proposer) ?? null, proposedSide: side }),
    ...(isAgreed ? { settledAt: addMinutes(at, 60), settledById: ids.get(settler) ?? null } : { settledAt: null, settledById: null }),
  };
}

function arrayText(values: readonly (string | number)[]): string {
  return `{${values.join(',')}}`;
}
