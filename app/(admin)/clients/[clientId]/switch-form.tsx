'use client';

import { useActionState } from 'react';
import { RefusalNotice } from '@/components/layout/refusal-notice';
import { SubmitButton } from '@/components/ui/submit-button';
import type { FormState } from '@/lib/platform/form';
import { switchTo } from './actions';

export function SwitchForm({ clientId, isActive }: { clientId: string; isActive: boolean }) {
  const [{ refused }, send] = useActionState<FormState, FormData>(switchTo, { values: {} });
  return (
    <form action={send} className="panel">
      <h2 className="mb-2 text-lead">{isActive ? 'Switch it off' : 'Switch it on'}</h2>
      {refused ? <RefusalNotice refused={refused} /> : null}
      <input type="hidden" name="clientId" value={clientId} />
      <p>{isActive ? 'Its tokens stop working within 5 seconds, and it gets no new ones. Its appointments stay booked.' : 'It can get tokens and use the API again.'}</p>
      <SubmitButton variant={isActive ? 'warning' : 'secondary'} name="to" value={isActive ? 'off' : 'on'} pendingWords="Switching…">
        {isActive ? 'Switch this client off' : 'Switch this client on'}
      </SubmitButton>
    </form>
  );
}
