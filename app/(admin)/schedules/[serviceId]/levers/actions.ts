'use server';

import { refresh } from 'next/cache';
import { redirect } from 'next/navigation';
import { refused } from '@/components/layout/refusal-words';
import { formCtx } from '@/lib/auth/session';
import { proposeEdit } from '@/lib/booking/proposal.commands';
import { setCapacity } from '@/lib/directory/capacity.commands';
import { capacityRequest } from '@/lib/directory/capacity.schema';
import { fieldErrors, formValues, type FormState } from '@/lib/platform/form';
import { newId } from '@/lib/platform/id';
import { releaseKeptBack, setBookings } from '@/lib/schedule/lever.commands';
import { extraFaults, pauseFrom } from '@/lib/schedule/lever.rules';
import { bookingsRequest, pauseRequest, placesRequest } from '@/lib/schedule/lever.schema';
import { sessionsToday } from '@/lib/schedule/levers.queries';

export async function pull(_before: FormState, form: FormData): Promise<FormState> {
  const values = formValues(form);
  const calendar = calendarOf(values);
  const ctx = await formCtx(form, calendar);
  if (values['lever'] === 'release') {
    const outcome = await releaseKeptBack(ctx, { serviceId: values['serviceId'] ?? '' });
    if (outcome.ok) redirect(`${calendar}?done=released&slots=${outcome.value.slots}`);
    refresh(); // What is left to release.
    return { refused: refused(outcome.error, ctx), values: {} };
  }

  const input = bookingsRequest.safeParse(values);
  if (!input.success) redirect(calendar);
  const outcome = await setBookings(ctx, input.data);
  if (outcome.ok) redirect(`${calendar}?done=${input.data.isBookable ? 'started' : 'stopped'}`);
  refresh(); // What a colleague changed.
  return { refused: refused(outcome.error, ctx), values: {} };
}

export async function sayCapacity(_before: FormState, form: FormData): Promise<FormState> {
  const values = formValues(form);
  const ctx = await formCtx(form, `${calendarOf(values)}/levers/capacity`);
  const input = capacityRequest(ctx.now).safeParse(values);
  if (!input.success) return { fields: fieldErrors(input.error), values };

  const outcome = await setCapacity(ctx, input.data);
  if (outcome.ok) redirect(`${calendarOf(values)}?done=capacity`);
  return { refused: refused(outcome.error, ctx), values };
}

export async function pause(_before: FormState, form: FormData): Promise<FormState> {
  const values = formValues(form);
  const ctx = await formCtx(form, `${calendarOf(values)}/levers/pause`);
  const input = pauseRequest.safeParse(values);
  if (!input.success) return { fields: fieldErrors(input.error), values };

  const { serviceId, minutes, reason } = input.data;
  const edit = { kind: 'close', closureKind: 'pause', serviceIds: [serviceId], closureId: newId(), reason, ...pauseFrom(ctx.now, minutes) } as const;
  const outcome = await proposeEdit(ctx, { serviceId, edit });
  if (outcome.ok) redirect(`${calendarOf(values)}/proposals/${outcome.value.proposalId}`);
  return { refused: refused(outcome.error, ctx), values };
}

export async function addPlaces(_before: FormState, form: FormData): Promise<FormState> {
  const values = formValues(form);
  const ctx = await formCtx(form, `${calendarOf(values)}/levers/places`);
  const input = placesRequest.safeParse(values);
  if (!input.success) return { fields: fieldErrors(input.error), values };

  const { serviceId, sessionId, extra } = input.data;
  const session = (await sessionsToday(ctx, serviceId)).find(({ id }) => id === sessionId);
  const faults = session ? extraFaults(session, extra) : {};
  if (Object.keys(faults).length > 0) return { fields: faults, values };
  const outcome = await proposeEdit(ctx, { serviceId, edit: { kind: 'add-places', serviceId, sessionId, extra } });
  if (outcome.ok) redirect(`${calendarOf(values)}/proposals/${outcome.value.proposalId}`);
  refresh(); // The session may be gone.
  return { refused: refused(outcome.error, ctx), values };
}

function calendarOf({ serviceId = '' }: Record<string, string>): string {
  return `/schedules/${encodeURIComponent(serviceId)}`;
}
