import { z } from 'zod';
import type { LedgerStatus, Month } from '@/lib/crossborder/ledger.schema';
import { outcome, type BorderFacts } from '@/lib/crossborder/schema';

/** How many of the changed bookings are kept to be shown. */
export const LINES_KEPT = 200;

/** A booking across a border as it is replayed. `status`: what its appointment counts as in the ledger. */
export type ReplayedBooking = { reference: string; facts: BorderFacts; status: LedgerStatus };

/** What all bookings come to under one set of rules: how many by outcome, and pence by what their appointments have come to. */
const worldSum = z.object({ allow: z.number(), notify: z.number(), approval: z.number(), refuse: z.number(), pence: z.number() });
export type WorldSum = z.infer<typeof worldSum>;

const decided = z.object({ outcome, title: z.string(), pricePence: z.number().nullable() });

/** One changed booking: no patient. `pence`: what it costs more, below 0 less. */
const changedBooking = z.object({
  reference: z.string(),
  startsAt: z.coerce.date(),
  serviceName: z.string(),
  before: decided,
  after: decided,
  pence: z.number(),
});
export type ChangedBooking = z.infer<typeof changedBooking>;

/** How many changed bookings went from one outcome to another, or stayed at it with another price or rule. */
const shift = z.object({ before: outcome, after: outcome, count: z.number() });
export type Shift = z.infer<typeof shift>;

/** What came out of a replay. `lines`: the first so many of the changed, in the order of booking. */
export const whatIfResult = z.object({
  bookings: z.number(),
  changed: z.number(),
  before: worldSum,
  after: worldSum,
  shifts: z.array(shift),
  lines: z.array(changedBooking),
});
export type WhatIfResult = z.infer<typeof whatIfResult>;

/** A replay is at work while its process is seen; one that is not seen any more was broken off. */
export type WhatIfState = 'at-work' | 'broken-off' | 'failed' | 'finished';

/** A replay as its page shows it; `result` once it is finished. */
export type WhatIfRun = {
  id: string;
  month: Month;
  /** The edition of the draft that is replayed: a later one is another draft. */
  edition: number;
  askedAt: Date;
  askedBy: string;
  state: WhatIfState;
  done: number;
  total: number;
  result: WhatIfResult | null;
};

/** How far a replay is, as its page reads it again. */
export type WhatIfProgress = Pick<WhatIfRun, 'state' | 'done' | 'total'>;


/** What starts a replay: which version, and one of the `months` that may be replayed, as `2026-10`. */
export function whatIfForm(months: readonly Month[]) {
  const month = z.string().transform((typed, context) => {
    const found = months.find((known) => known.slice(0, 7) === typed);
    if (found) return found;
    context.addIssue({ code: 'custom', message: 'Choose one of the months' });
    return z.NEVER;
  });
  return z.object({ agreementId: z.uuid(), version: z.coerce.number().int().positive(), month });
}
