'use client';

import { useActionState } from 'react';
import { FormTop } from '@/components/layout/form-top';
import type { Kept } from '@/components/layout/kept-form';
import { Link } from '@/components/ui/link';
import { Select } from '@/components/ui/select';
import { SubmitButton } from '@/components/ui/submit-button';
import { TextArea } from '@/components/ui/text-area';
import { TextInput } from '@/components/ui/text-input';
import type { FormState } from '@/lib/platform/form';
import { add } from './actions';

type KeyFormProps = { clientId: string; algorithms: readonly string[]; kept: Kept };

export function KeyForm({ clientId, algorithms, kept }: KeyFormProps) {
  const [state, send] = useActionState<FormState, FormData>(add, { values: kept.draft ?? {} });
  const { values, fields = {} } = state;
  return (
    <form action={send} noValidate key={JSON.stringify(state)}>
      <input type="hidden" name="clientId" value={clientId} />
      <FormTop kept={kept} state={state} />
      <div className="panel mb-4 pb-0">
        <TextArea name="publicKey" label="Public key" hint="A JWK, or PEM that begins with -----BEGIN PUBLIC KEY-----" rows={8} error={fields['publicKey']} defaultValue={values['publicKey']} />
        <TextInput name="kid" label="Key id" hint="The “kid” of what it signs; empty when the JWK says it" optional width={20} error={fields['kid']} defaultValue={values['kid']} autoComplete="off" spellCheck={false} />
        <Select
          name="algorithm"
          label="Algorithm"
          blank="That of the JWK, or the usual one of the key"
          error={fields['algorithm']}
          defaultValue={values['algorithm']}
          options={algorithms.map((algorithm) => ({ value: algorithm, words: algorithm }))}
        />
      </div>
      <div className="flex flex-wrap items-center gap-5">
        <SubmitButton pendingWords="Adding it…">Add this key</SubmitButton>
        <Link href={`/clients/${clientId}`}>Cancel</Link>
      </div>
    </form>
  );
}
