'use client';

import { useActionState } from 'react';
import { ClientFields } from '@/components/clients/client-fields';
import { ShownSecret, type SecretState } from '@/components/clients/shown-secret';
import { FormTop } from '@/components/layout/form-top';
import type { Kept } from '@/components/layout/kept-form';
import { Link } from '@/components/ui/link';
import { SubmitButton } from '@/components/ui/submit-button';
import { register } from './actions';

/** What most clients are: they may do what a 111 system does, everywhere, and send a document with each booking. */
const USUAL = {
  scopes: 'organization/slot.read,patient/appointment.read,patient/appointment.write',
  ...{ bookServices: '*', cancelServices: '*', needsDocument: 'yes', requestsPerMinute: '600' },
};

export function RegisterForm({ kept }: { kept: Kept }) {
  const [state, send] = useActionState<SecretState, FormData>(register, { values: kept.draft ?? USUAL });
  const { values, fields = {}, made } = state;
  if (made) return <ShownSecret made={made} title={`${values['name']} is registered`} />;
  return (
    <form action={send} noValidate key={JSON.stringify(state)}>
      <FormTop kept={kept} state={state} />
      <ClientFields values={values} faults={fields} />
      <div className="flex flex-wrap items-center gap-5">
        <SubmitButton pendingWords="Registering…">Register and show the secret</SubmitButton>
        <Link href="/clients">Cancel</Link>
      </div>
    </form>
  );
}
