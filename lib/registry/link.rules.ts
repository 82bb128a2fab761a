import type { Refusal } from '@/lib/platform/errors';
import { ok, refuse, type Result } from '@/lib/platform/result';

/** A patient of a call, and the digest of their name, birth date and postcode. */
type Linking = { nhsNumber: string | null; matchKey: string };

/** An entry as far as linking goes. `isOpen`: to whoever links it. */
type Linkable = { version: number; nhsNumber: string | null; matchKey: string | null; linkedAt: Date | null; isOpen: boolean };

/**
 * Whether somebody may say that the entry is of this patient, and the NHS number it gets: only of one without a number whose name, birth date and
 * postcode are the same, at the version that was looked at, and only when it can be seen. Source: docs/rules.md#registry, from domain section 5.
 */
export function decideLink(entry: Linkable, { patient, version }: { patient: Linking; version: number }): Result<{ nhsNumber: string }, Refusal> {
  if (entry.version !== version) return refuse({ code: 'entry-changed', version: entry.version });
  if (patient.nhsNumber === null) return refuse({ code: 'entry-not-linkable', why: 'no-nhs-number' });
  if (entry.nhsNumber === patient.nhsNumber) return refuse({ code: 'entry-not-linkable', why: 'linked' });
  if (entry.nhsNumber !== null || entry.matchKey !== patient.matchKey) return refuse({ code: 'entry-not-linkable', why: 'other-person' });
  return entry.isOpen ? ok({ nhsNumber: patient.nhsNumber }) : refuse({ code: 'entry-not-linkable', why: 'sealed' });
}

/** Whether somebody may take back that the entry is of this patient: only what a person had said, at the version that was looked at, and only when it can be seen. */
export function decideUnlink(entry: Linkable, { patient, version }: { patient: Pick<Linking, 'nhsNumber'>; version: number }): Result<null, Refusal> {
  if (entry.version !== version) return refuse({ code: 'entry-changed', version: entry.version });
  if (entry.linkedAt === null) return refuse({ code: 'entry-not-linkable', why: 'not-linked' });
  if (entry.nhsNumber !== patient.nhsNumber) return refuse({ code: 'entry-not-linkable', why: 'other-person' });
  return entry.isOpen ? ok(null) : refuse({ code: 'entry-not-linkable', why: 'sealed' });
}
