import { monthOf, parseMonth, previousMonth } from '@/lib/crossborder/ledger.rules';
import type { Flow, Month } from '@/lib/crossborder/ledger.schema';
import type { Commissioner } from '@/lib/crossborder/schema';

/** What a picture of flows shows: how many bookings, or what they cost. */
export const FLOW_MEASURES = ['bookings', 'pounds'] as const;
export type FlowMeasure = (typeof FLOW_MEASURES)[number];

/** What is looked at: months by their first days, both included. */
export type FlowSearch = { from: Month; to: Month; measure: FlowMeasure };

/** Neighbouring commissioners of one region; `region` is null for the nations, which come last. */
export type RegionBand = { region: { code: string; name: string } | null; members: readonly Commissioner[] };

/** A picture of flows: rows are patients of, columns are services in, each with the regions around them. `most`: the largest value of a cell. `valueOf`: null without a booking. */
export type FlowMatrix = { rows: readonly RegionBand[]; columns: readonly RegionBand[]; valueOf: (from: Commissioner, to: Commissioner) => number | null; most: number };

/** The longest span of flows, in months. */
const MAX_MONTHS = 24;
/** Shades of a matrix, the darkest last: from so large a share of the largest value on. */
const SHADES_FROM = [0, 0.1, 0.25, 0.5, 0.75] as const;

/** What was asked for, or what is wrong with it by field. Nothing asked: the last whole month and this one, by bookings. */
export function flowSearch(asked: { from?: string; to?: string; show?: string }, now: Date): { search: FlowSearch; faults: Record<string, string> } {
  const thisMonth = monthOf(now);
  const measure = asked.show === 'pounds' ? 'pounds' : 'bookings';
  const usual = { from: previousMonth(thisMonth), to: thisMonth, measure } as const;
  const from = asked.from ? parseMonth(asked.from) : usual.from;
  const to = asked.to ? parseMonth(asked.to) : usual.to;
  if (!from || !to) return { search: usual, faults: { ...(!from && { from: 'Choose the first month' }), ...(!to && { to: 'Choose the last month' }) } };
  if (to < from) return { search: usual, faults: { to: 'The last month must not be before the first' } };
  if (monthsFrom(from, to) > MAX_MONTHS) return { search: usual, faults: { to: `Choose at most ${MAX_MONTHS} months` } };
  return { search: { from, to, measure }, faults: {} };
}

/** The months that may be chosen, by their first days: this one in London first, then those before it. */
export function flowMonths(now: Date): Month[] {
  const months: Month[] = [];
  for (let month = monthOf(now); months.length < MAX_MONTHS; month = previousMonth(month)) months.push(month);
  return months;
}

/** Commissioners with flows alone, by region, then name; nations behind the regions. Values in bookings, or pence. */
export function matrixOf(flows: readonly Flow[], { measure, regions }: { measure: FlowMeasure; regions: readonly { code: string; name: string }[] }): FlowMatrix {
  const values = new Map(flows.map((flow) => [`${flow.from.code} ${flow.to.code}`, valueOf(flow, measure)]));
  return {
    rows: bandsOf(flows.map(({ from }) => from), regions),
    columns: bandsOf(flows.map(({ to }) => to), regions),
    valueOf: (from, to) => values.get(`${from.code} ${to.code}`) ?? null,
    most: Math.max(0, ...values.values()),
  };
}

/** Which shade a value has, 0 the lightest to 4; what is nothing has none. */
export function shadeOf(value: number, most: number): number | null {
  if (value <= 0 || most <= 0) return null;
  return SHADES_FROM.filter((share) => value >= share * most).length - 1;
}

/** The least value of each shade that any value can have, the lightest first: with few bookings some shades are the same. */
export function shadeBounds(most: number): { shade: number; from: number }[] {
  const bounds = SHADES_FROM.map((share, shade) => ({ shade, from: Math.max(1, Math.ceil(share * most)) }));
  return bounds.filter(({ from }, index) => from <= most && from !== bounds[index + 1]?.from);
}

/** What a booking of a flow that was attended came to, in whole pence; null when none was attended. */
export function pencePerAttended({ attended, pence }: Flow): number | null {
  return attended === 0 ? null : Math.round(pence / attended);
}

/** Largest first, by what is looked at, then by the names of the two. */
export function largestFirst(flows: readonly Flow[], measure: FlowMeasure): Flow[] {
  const other: FlowMeasure = measure === 'bookings' ? 'pounds' : 'bookings';
  return flows.toSorted((one, two) => valueOf(two, measure) - valueOf(one, measure) || valueOf(two, other) - valueOf(one, other) || byName(one.from, two.from) || byName(one.to, two.to));
}

function valueOf({ bookings, pence }: Flow, measure: FlowMeasure): number {
  return measure === 'bookings' ? bookings : pence;
}

function bandsOf(commissioners: readonly Commissioner[], regions: readonly { code: string; name: string }[]): RegionBand[] {
  const sorted = [...new Map(commissioners.map((one) => [one.code, one])).values()].sort(byName);
  const known = new Set(regions.map(({ code }) => code));
  const regionOf = ({ regionCode }: Commissioner) => (regionCode !== null && known.has(regionCode) ? regionCode : null);
  const bands = [...regions, null].map((region) => ({ region, members: sorted.filter((one) => regionOf(one) === (region?.code ?? null)) }));
  return bands.filter(({ members }) => members.length > 0);
}

function byName(one: Commissioner, other: Commissioner): number {
  if (one.name !== other.name) return one.name < other.name ? -1 : 1;
  return one.code < other.code ? -1 : Number(one.code > other.code);
}

function monthsFrom(from: Month, to: Month): number {
  const [first, last] = [from, to].map((month) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)));
  return (last ?? 0) - (first ?? 0) + 1;
}
