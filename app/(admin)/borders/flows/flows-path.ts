import type { FlowSearch } from '@/lib/crossborder/flow.rules';
import { monthText } from '@/lib/crossborder/ledger.rules';

/** The flows of these months, by this measure. */
export function flowsPath({ from, to, measure }: FlowSearch): string {
  const show = measure === 'bookings' ? '' : `&show=${measure}`;
  return `/borders/flows?from=${monthText(from)}&to=${monthText(to)}${show}`;
}
