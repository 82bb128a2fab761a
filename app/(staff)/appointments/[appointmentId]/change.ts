import { refresh } from 'next/cache';
import { redirect } from 'next/navigation';
import { refused } from '@/components/layout/refusal-words';
import type { Ctx } from '@/lib/auth/actor';
import type { Changed } from '@/lib/booking/change.commands';
import type { Refusal } from '@/lib/platform/errors';
import type { FormState } from '@/lib/platform/form';
import type { Result } from '@/lib/platform/result';

/** What a form that changes an appointment shows next: the appointment with what became of it, or why not. */
export function afterChange(ctx: Ctx, outcome: Result<Changed, Refusal>, values: Record<string, string>): FormState {
  if (outcome.ok) {
    const { appointmentId, version, isRepeat } = outcome.value;
    redirect(`/appointments/${appointmentId}?changed=${version}${isRepeat ? '&again=1' : ''}`);
  }
  // The page then has the present version, for another try. While the database is away it would wait for it, and lose the form.
  if (outcome.error.code !== 'outcome-unknown') refresh();
  return { refused: refused(outcome.error, ctx), values };
}
