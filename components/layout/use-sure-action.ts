'use client';

import { useActionState, useSyncExternalStore } from 'react';
import { formValues, type FormState, type Refused } from '@/lib/platform/form';

type Action = (before: FormState, form: FormData) => Promise<FormState>;

/**
 * `useActionState` for a form that must not be lost with its answer: when the network fails after it was sent, everything
 * typed stays, and `lost` says what to do. Until the page is alive the action itself is used, so that it works without JavaScript.
 */
export function useSureAction(action: Action, first: FormState, lost: Refused) {
  const isAlive = useSyncExternalStore(
    () => () => undefined,
    () => true,
    () => false,
  );
  return useActionState<FormState, FormData>(isAlive ? (before, form) => answerOf(action, { before, form, lost }) : action, first);
}

async function answerOf(action: Action, { before, form, lost }: { before: FormState; form: FormData; lost: Refused }): Promise<FormState> {
  try {
    return await action(before, form);
  } catch (error) {
    // What fetch throws without an answer; anything else, a redirect too, is not for here.
    if (!(error instanceof TypeError)) throw error;
    return { refused: lost, values: formValues(form) };
  }
}
