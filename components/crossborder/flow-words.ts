import { countWords } from '@/components/reports/report-words';
import type { FlowMeasure, FlowSearch } from '@/lib/crossborder/flow.rules';
import type { Flow } from '@/lib/crossborder/ledger.schema';
import { priceWords } from '@/lib/crossborder/words.rules';
import { monthWords } from '@/lib/platform/time-words';

/** From here on pence say nothing more: ten pounds. */
const WHOLE_FROM_PENCE = 1_000;

/** A value as it stands in a narrow cell: `1,240`, `£12`, `£3.50`. */
export function cellWords(value: number, measure: FlowMeasure): string {
  if (measure === 'bookings') return countWords(value);
  return value < WHOLE_FROM_PENCE ? priceWords(value) : `£${countWords(Math.round(value / 100))}`;
}

/** `October 2026`, `October 2026 to November 2026`. */
export function periodWords({ from, to }: Pick<FlowSearch, 'from' | 'to'>): string {
  return from === to ? monthWords(from) : `${monthWords(from)} to ${monthWords(to)}`;
}

/** All flows in a sentence: `14 flows between 6 commissioners: 431 bookings, 380 attended, £5,321.00.` */
export function sumWords(flows: readonly Flow[]): string {
  const commissioners = new Set(flows.flatMap(({ from, to }) => [from.code, to.code])).size;
  const [bookings, attended, pence] = [sum(flows, ({ bookings: count }) => count), sum(flows, ({ attended: count }) => count), sum(flows, ({ pence: part }) => part)];
  const counted = flows.length === 1 ? '1 flow' : `${countWords(flows.length)} flows`;
  const booked = bookings === 1 ? '1 booking' : `${countWords(bookings)} bookings`;
  return `${counted} between ${commissioners} commissioners: ${booked}, ${countWords(attended)} attended, ${priceWords(pence)}.`;
}

function sum(flows: readonly Flow[], of: (flow: Flow) => number): number {
  return flows.reduce((total, flow) => total + of(flow), 0);
}
