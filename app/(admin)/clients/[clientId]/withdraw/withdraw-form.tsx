'use client';

import { useActionState } from 'react';
import { FormTop } from '@/components/layout/form-top';
import type { Kept } from '@/components/layout/kept-form';
import { Link } from '@/components/ui/link';
import { SubmitButton } from '@/components/ui/submit-button';
import type { FormState } from '@/lib/platform/form';
import { withdraw } from './actions';

type WithdrawFormProps = { clientId: string; kind: 'secret' | 'key'; id: string; kept: Kept };

export function WithdrawForm({ clientId, kind, id, kept }: WithdrawFormProps) {
  const [state, send] = useActionState<FormState, FormData>(withdraw, { values: {} });
  return (
    <form action={send}>
      <input type="hidden" name="clientId" value={clientId} />
      <input type="hidden" name={kind} value={id} />
      <FormTop kept={kept} state={state} />
      <p>From then on it proves nothing, and it cannot be given back. If the other system still uses it, it is locked out until it has another.</p>
      <div className="flex flex-wrap items-center gap-5">
        <SubmitButton variant="warning" pendingWords="Withdrawing…">
          Withdraw this {kind}
        </SubmitButton>
        <Link href={`/clients/${clientId}`}>Cancel</Link>
      </div>
    </form>
  );
}
