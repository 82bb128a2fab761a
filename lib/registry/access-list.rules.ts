import type { Role } from '@/lib/auth/actor';
import { parseLocalDate } from '@/lib/platform/time';
import type { LocalDate } from '@/lib/platform/time-words';
import type { AccessReason } from '@/lib/registry/access-reason.schema';

/** What a reason lets somebody look at: one sealed entry, or all that a patient has, outside a call. */
export const ACCESS_KINDS = ['sealed', 'patient'] as const;
export type AccessKind = (typeof ACCESS_KINDS)[number];

/** Which looks the auditor asks for: of one kind or of both, on days in London, both included; null: no such bound. Pages are counted from 1. */
export type AccessSearch = { kind: AccessKind | null; from: LocalDate | null; to: LocalDate | null; page: number };

/** A line of the auditor's list of looks that needed a reason. */
export type AccessLine = {
  id: string;
  at: Date;
  kind: AccessKind;
  /** Who looked, as they are registered now. */
  staff: { name: string; organisation: string; roles: readonly Role[] };
  /** Whose appointments; what is not known of somebody whom another organisation registered is null. */
  patient: { nhsNumber: string | null; name: string | null };
  reason: AccessReason;
  text: string | null;
};

/** What the auditor's form asks for, and what is wrong with it by field; a day that is wrong is no bound. */
export function accessSearch({ kind, from = '', to = '', page = '' }: Partial<Record<'kind' | 'from' | 'to' | 'page', string>>): { search: AccessSearch; faults: Record<string, string> } {
  const [first, last] = [parseLocalDate(from), parseLocalDate(to)];
  const faults = {
    ...(from && !first ? { from: 'Enter the first day as a date, or leave it empty' } : {}),
    ...(to && !last ? { to: 'Enter the last day as a date, or leave it empty' } : {}),
    ...(first && last && last < first ? { to: 'The last day must not be before the first' } : {}),
  };
  const search = {
    kind: ACCESS_KINDS.find((known) => known === kind) ?? null,
    from: first,
    to: last && first && last < first ? null : last,
    page: /^[1-9]\d{0,4}$/.test(page) ? Number(page) : 1,
  };
  return { search, faults };
}
