'use client';

import { useActionState } from 'react';
import { ShownSecret, type SecretState } from '@/components/clients/shown-secret';
import { FormTop } from '@/components/layout/form-top';
import type { Kept } from '@/components/layout/kept-form';
import { Link } from '@/components/ui/link';
import { SubmitButton } from '@/components/ui/submit-button';
import { makeSecret } from './actions';

export function SecretForm({ clientId, kept }: { clientId: string; kept: Kept }) {
  const [state, send] = useActionState<SecretState, FormData>(makeSecret, { values: {} });
  if (state.made) return <ShownSecret made={state.made} title="The secret is made" />;
  return (
    <form action={send} noValidate>
      <input type="hidden" name="clientId" value={clientId} />
      <FormTop kept={kept} state={state} />
      <p>The secrets that there are go on working, so that the other system can change over. Withdraw the old one when it has.</p>
      <div className="flex flex-wrap items-center gap-5">
        <SubmitButton pendingWords="Making it…">Make a secret and show it</SubmitButton>
        <Link href={`/clients/${clientId}`}>Cancel</Link>
      </div>
    </form>
  );
}
