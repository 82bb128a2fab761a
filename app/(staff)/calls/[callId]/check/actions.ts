'use server';

import { refresh } from 'next/cache';
import { redirect } from 'next/navigation';
import { refused } from '@/components/layout/refusal-words';
import { choicesIn } from '@/components/registry/guard-values';
import type { Ctx } from '@/lib/auth/actor';
import { formCtx, keepMeanwhile } from '@/lib/auth/session';
import { askApproval } from '@/lib/booking/ask-approval.commands';
import { bookAppointment } from '@/lib/booking/book.commands';
import { extendHold, holdSlot, letGo } from '@/lib/booking/hold.commands';
import { moveAppointment } from '@/lib/booking/move.commands';
import { bookingRequest, holdRequest, letGoRequest, moveRequest } from '@/lib/booking/schema';
import { askRequest } from '@/lib/crossborder/approval.schema';
import { fieldErrors, formValues, type FormState } from '@/lib/platform/form';
import { outcomeOf } from '@/lib/platform/outcome';

export async function book(_before: FormState, form: FormData): Promise<FormState> {
  const { holdInstead, extend, ask, seeAnswer, look, ...values } = formValues(form);
  const path = `/calls/${values['callId'] ?? ''}/check`;
  const ctx = await formCtx(form, path);
  if (look) {
    await keepMeanwhile(ctx, form, path);
    redirect(`/appointments/${encodeURIComponent(look)}`);
  }
  if (ask) return askFor(ctx, values);
  if (seeAnswer) return { values };
  if (holdInstead || extend) return changeHold(ctx, { values, slotId: holdInstead ?? null });

  const { choices, fields } = choicesIn(values);
  const typed = { ...values, choices };
  const move = values['movesId'] ? moveRequest.safeParse(typed) : null;
  const input = move ?? bookingRequest.safeParse(typed);
  if (!input.success) return { fields: { ...fields, ...fieldErrors(input.error) }, values };
  if (Object.keys(fields).length > 0) return { fields, values };

  const request = input.data;
  const outcome = await outcomeOf(ctx, move?.data ? moveAppointment(ctx, move.data) : bookAppointment(ctx, request));
  // What the page says of the hold, and the call's menu around it, may be no longer so. A page that cannot be read is not asked for.
  if (outcome.ok || outcome.error.code !== 'outcome-unknown') refresh();
  if (outcome.ok) redirect(`/calls/${request.callId}/booked${outcome.value.isRepeat ? '?again=1' : ''}`);
  if (outcome.error.code === 'call-already-booked') redirect(`/calls/${request.callId}/booked?again=1`);
  return { refused: refused(outcome.error, ctx), values };
}

export async function release(form: FormData): Promise<void> {
  const values = formValues(form);
  const ctx = await formCtx(form, `/calls/${values['callId'] ?? ''}/check`);
  const input = letGoRequest.safeParse(values);
  if (input.success) await letGo(ctx, input.data);
  redirect(`/calls/${values['callId'] ?? ''}/services`);
}

// Whether this may be booked: the page is shown again with the question, and everything typed stays.
async function askFor(ctx: Ctx, values: Record<string, string>): Promise<FormState> {
  const input = askRequest.safeParse({ callId: values['callId'], slotId: values['slotId'], text: values['askText'] });
  if (!input.success) return { fields: { askText: fieldErrors(input.error)['text'] ?? 'Hold a slot first' }, values };
  const outcome = await askApproval(ctx, input.data);
  refresh();
  return outcome.ok ? { values: { ...values, ask: outcome.value.approvalId } } : { refused: refused(outcome.error, ctx), values };
}

// One of the alternatives, or the same slot for longer: the page is shown again, and everything typed stays.
async function changeHold(ctx: Ctx, { values, slotId }: { values: Record<string, string>; slotId: string | null }): Promise<FormState> {
  const input = holdRequest.safeParse({ callId: values['callId'], slotId });
  if (slotId !== null && !input.success) return { refused: refused({ code: 'slot-not-found' }, ctx), values };
  const outcome = input.success ? await holdSlot(ctx, input.data) : await extendHold(ctx, { callId: values['callId'] ?? '' });
  refresh();
  return outcome.ok ? { values } : { refused: refused(outcome.error, ctx), values };
}
