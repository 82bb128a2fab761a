import { z } from 'zod';
import { oneLine, requiredLine } from '@/lib/patient/schema';
import type { EntryStatus } from '@/lib/registry/schema';

/** What an appointment is found to be at its source: what it says, or why nothing can be said. */
export type SourceReading =
  | { found: 'appointment'; status: EntryStatus; startsAt: Date; endsAt: Date }
  | { found: 'nothing'; why: 'gone' | 'refused' | 'unreachable' | 'unreadable' };

/** Reads one appointment at its source: `url` begins with `root`, both https; for the organisation of this ODS code. Never throws for what the other side does. */
export type ReadAtSource = (asked: { url: string; root: string; readsForCode: string }) => Promise<SourceReading>;

/** How the last re-reading of an entry ended. */
export const CHECK_OUTCOMES = ['confirmed', 'changed', 'gone', 'refused', 'unreachable', 'unreadable', 'not-allowed'] as const;
export type CheckOutcome = (typeof CHECK_OUTCOMES)[number];

const MAX_NAME = 100;
const MAX_ROOT = 300;
const ODS_CODE = /^[A-Z0-9]{3,10}$/;

/** A source as its form and its command give it. `root`: its FHIR service root. */
export const sourceForm = z.object({
  root: oneLine
    .transform((typed) => typed.replace(/\/+$/, ''))
    .refine(isRoot, 'Enter the service root as a full address that begins with https, without a query, like https://other.example.nhs.uk/STU3'),
  name: requiredLine('name of the system', MAX_NAME),
  readsForCode: oneLine.transform((typed) => typed.toUpperCase()).refine((typed) => ODS_CODE.test(typed), 'Enter the ODS code of the organisation that Onward reads for'),
});
export type SourceForm = z.infer<typeof sourceForm>;

/** A source as the system admin's list shows it. */
export type Source = SourceForm & {
  id: string;
  version: number;
  isOn: boolean;
  addedAt: Date;
  readAt: Date | null;
  failures: number;
  restsUntil: Date | null;
  /** Entries that point below its root and have not ended, and how many of them could not be confirmed at the last try. */
  entries: { current: number; unconfirmed: number };
};

function isRoot(typed: string): boolean {
  if (typed.length > MAX_ROOT || !URL.canParse(typed)) return false;
  const { protocol, search, hash, username, password } = new URL(typed);
  return protocol === 'https:' && search === '' && hash === '' && username === '' && password === '';
}
