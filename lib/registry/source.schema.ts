import { z } from 'zod';
import { ODS_CODE } from '@/lib/auth/ods-code.schema';
import { oneLine, requiredLine } from '@/lib/patient/schema';
import type { EntryStatus } from '@/lib/registry/schema';

/**
 * What an appointment is found to be at its source: what it says, starting before it ends, or why nothing can be said. `retrySeconds`: for so long the source
 * asks to be left alone. `not-allowed`: it was not asked, as the address is not below the root.
 */
export type SourceReading =
  | { found: 'appointment'; status: EntryStatus; startsAt: Date; endsAt: Date }
  | { found: 'nothing'; why: 'unreachable'; retrySeconds: number | null }
  | { found: 'nothing'; why: 'gone' | 'refused' | 'unreadable' | 'not-allowed' };

/** Reads one appointment at its source: `url` is `[root]/Appointment/[id]`, https; for the organisation of this ODS code. Never throws for what the other side does. */
export type ReadAtSource = (asked: { url: string; root: string; readsForCode: string }) => Promise<SourceReading>;

/** How the last re-reading of an entry ended. */
export const CHECK_OUTCOMES = ['confirmed', 'changed', 'gone', 'refused', 'unreachable', 'unreadable', 'not-allowed'] as const;
export type CheckOutcome = (typeof CHECK_OUTCOMES)[number];

const MAX_NAME = 100;
const MAX_ROOT = 300;

/** A source as its form and its command give it. `root`: its FHIR service root. */
export const sourceForm = z.object({
  name: requiredLine('name of the system', MAX_NAME),
  root: oneLine
    .transform(writtenPlainly)
    .refine(isRoot, 'Enter the service root as a full address that begins with https, without a query, like https://other.example.nhs.uk/STU3'),
  readsForCode: oneLine.transform((typed) => typed.toUpperCase()).refine((typed) => ODS_CODE.test(typed), 'Enter the ODS code of the organisation that Onward reads for'),
});
export type SourceForm = z.infer<typeof sourceForm>;

/** Which source is switched, as which version it was looked at, and to what. */
export const sourceSwitch = z.object({ sourceId: z.string().default(''), version: z.coerce.number().int().catch(0), to: z.enum(['on', 'off']).catch('off') });

/** A source as the system admin's list shows it. */
export type Source = SourceForm & {
  id: string;
  version: number;
  isOn: boolean;
  addedAt: Date;
  /** When something was answered there last. */
  readAt: Date | null;
  failures: number;
  restsUntil: Date | null;
  /** Entries below its root that are still to be re-read, and how many of them could not be confirmed at the last try. */
  entries: { current: number; unconfirmed: number };
};

/** A source with how the last tries ended of those of its entries that could not be confirmed: how many of each outcome, the most first. */
export type SourceDetail = Source & { unconfirmed: readonly { outcome: CheckOutcome; count: number }[] };

// As URLs are compared: without a slash at the end, capitals in the host or the default port.
function writtenPlainly(typed: string): string {
  return (URL.canParse(typed) ? new URL(typed).href : typed).replace(/\/+$/, '');
}

function isRoot(typed: string): boolean {
  if (typed.length > MAX_ROOT || !URL.canParse(typed)) return false;
  const { protocol, search, hash, username, password } = new URL(typed);
  return protocol === 'https:' && search === '' && hash === '' && username === '' && password === '';
}
