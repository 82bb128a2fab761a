import { z } from 'zod';
import type { AffectedBooking } from '@/lib/booking/refit.queries';
import type { Refusal } from '@/lib/platform/errors';
import type { Result } from '@/lib/platform/result';
import type { LocalDate } from '@/lib/platform/time-words';
import type { AffectedChoice, ScheduleEdit } from '@/lib/schedule/schema';

export const affectedChoice: z.ZodType<AffectedChoice> = z.enum(['keep', 'move', 'cancel']);

/** What the apply form sends: of what was looked at, and what was chosen for each affected appointment; what is no choice is left out. */
export const applyForm = z.object({
  proposalId: z.string(),
  fingerprint: z.string(),
  choices: z.record(z.string(), affectedChoice.catch('keep')),
});

/**
 * What a plan does on one London day in one service; reopened slots count as added. `keptBack`: of those added. `changed`: slots that stay,
 * with another session, place or offer. `schedules`: the names of those that it touches.
 */
export type DayOfPlan = {
  date: LocalDate;
  serviceId: string;
  schedules: readonly string[];
  added: number;
  keptBack: number;
  changed: number;
  withdrawn: number;
  affected: number;
  refitted: number;
};

/** An affected appointment as the page shows it, and where it would fit: by how many minutes after its call's due time. */
export type AffectedLine = Omit<AffectedBooking, 'fit'> & { fit: { serviceName: string; isSameService: boolean; startsAt: Date; minutesOver: number } | null };

/** What an edit would do now. */
export type ProposalLook = { days: readonly DayOfPlan[]; affected: readonly AffectedLine[]; fingerprint: string };

/** What an edit speaks of, by id: names of services and schedules, schedules of templates, sessions and closures. */
export type EditNames = {
  names: ReadonlyMap<string, string>;
  templates: ReadonlyMap<string, { scheduleId: string }>;
  sessions: ReadonlyMap<string, { scheduleId: string; date: LocalDate }>;
  closures: ReadonlyMap<string, { startsAt: Date; endsAt: Date; reason: string }>;
};

/** What applying an edit did, in all its services. */
export type AppliedCounts = { at: Date; added: number; withdrawn: number; affected: number };

/** A proposal as it is looked at: what it would do now, or why it cannot be done any more, until it is applied. */
export type Proposal = { id: string; serviceId: string; edit: ScheduleEdit; about: EditNames } & ({ applied: AppliedCounts } | { applied: null; look: Result<ProposalLook, Refusal> });
