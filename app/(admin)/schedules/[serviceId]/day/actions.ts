'use server';

import { refresh } from 'next/cache';
import { refused } from '@/components/layout/refusal-words';
import { formCtx } from '@/lib/auth/session';
import { markArrived, markFulfilled, markNoShow, undoAttendance } from '@/lib/booking/attend.commands';
import { attendanceRequest } from '@/lib/booking/day-list.schema';
import { formValues, type FormState } from '@/lib/platform/form';
import { outcomeOf } from '@/lib/platform/outcome';

const COMMANDS = { arrive: markArrived, fulfil: markFulfilled, 'no-show': markNoShow, undo: undoAttendance } as const;

export async function markAttendance(_before: FormState, form: FormData): Promise<FormState> {
  const values = formValues(form);
  const ctx = await formCtx(form, `/schedules/${values['serviceId'] ?? ''}/day?date=${values['date'] ?? ''}`);
  const input = attendanceRequest.safeParse(values);
  if (!input.success) return { refused: refused({ code: 'appointment-not-found' }, ctx), values };

  const { mark, ...request } = input.data;
  const outcome = await outcomeOf(ctx, COMMANDS[mark](ctx, request));
  // Not a redirect: that would drop the next press, on another row, which is already on its way. A reload is no second mark: the request id is the same.
  if (outcome.ok || outcome.error.code !== 'outcome-unknown') refresh();
  return outcome.ok ? { values } : { refused: refused(outcome.error, ctx), values };
}
