'use client';

import { useActionState } from 'react';
import { RefusalNotice } from '@/components/layout/refusal-notice';
import { SubmitButton } from '@/components/ui/submit-button';
import type { FormState } from '@/lib/platform/form';
import { switchTo } from './actions';

type SwitchFormProps = { sourceId: string; version: number; isOn: boolean };

export function SwitchForm({ sourceId, version, isOn }: SwitchFormProps) {
  const [{ refused }, send] = useActionState<FormState, FormData>(switchTo, { values: {} });
  return (
    <form action={send} className="panel">
      <h2 className="mb-2 text-lead">{isOn ? 'Switch it off' : 'Switch it on'}</h2>
      {refused ? <RefusalNotice refused={refused} /> : null}
      <input type="hidden" name="sourceId" value={sourceId} />
      <input type="hidden" name="version" value={version} />
      <p>{isOn ? 'Nothing is asked for there any more. Its appointments stay in the registry, and after a day say that they are not confirmed.' : 'Its appointments are re-read within the next hour, and from then on when they are due.'}</p>
      <SubmitButton variant={isOn ? 'warning' : 'secondary'} name="to" value={isOn ? 'off' : 'on'} pendingWords="Switching…">
        {isOn ? 'Switch this source off' : 'Switch this source on'}
      </SubmitButton>
    </form>
  );
}
