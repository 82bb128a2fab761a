'use client';

import { useActionState, type ReactNode } from 'react';
import { RefusalNotice } from '@/components/layout/refusal-notice';
import { Button } from '@/components/ui/button';
import { ErrorSummary } from '@/components/ui/error-summary';
import { SubmitButton } from '@/components/ui/submit-button';
import { TextInput } from '@/components/ui/text-input';
import type { FormState } from '@/lib/platform/form';
import { signInWithPassword } from './actions';

type DemoAccount = { words: string; email: string; password: string; organisation: string };

/** `children` is another way in, shown below the form. */
type SignInFormProps = { from: string; accounts: readonly DemoAccount[]; children?: ReactNode };

export function SignInForm({ from, accounts, children }: SignInFormProps) {
  const [state, send] = useActionState<FormState, FormData>(signInWithPassword, { values: {} });
  const { values, fields = {}, refused } = state;
  return (
    <>
      <ErrorSummary errors={fields} />
      {refused ? <RefusalNotice refused={refused} /> : null}
      <div className="grid items-start gap-4 min-[56rem]:grid-cols-2">
        <div className="grid gap-4">
          {/* React empties a form after its action: a new key makes it take what was typed as its defaults. */}
          <form action={send} noValidate className="panel" key={JSON.stringify(state)}>
            <input type="hidden" name="from" value={from} />
            <TextInput name="email" label="Email" type="email" autoComplete="username" spellCheck={false} defaultValue={values['email']} error={fields['email']} />
            <TextInput name="password" label="Password" type="password" autoComplete="current-password" error={fields['password']} />
            <SubmitButton pendingWords="Signing in">Sign in</SubmitButton>
          </form>
          {children}
        </div>
        <DemoAccounts accounts={accounts} from={from} send={send} />
      </div>
    </>
  );
}

function DemoAccounts({ accounts, from, send }: { accounts: readonly DemoAccount[]; from: string; send: (form: FormData) => void }) {
  return (
    <section className="panel" aria-labelledby="accounts-heading">
      <h2 id="accounts-heading">Accounts of this demonstration</h2>
      <ul className="m-0 list-none p-0 text-detail">
        {accounts.map((account) => (
          <DemoAccountRow key={account.email} account={account} from={from} send={send} />
        ))}
      </ul>
    </section>
  );
}

function DemoAccountRow({ account, from, send }: { account: DemoAccount; from: string; send: (form: FormData) => void }) {
  const { words, email, password, organisation } = account;
  return (
    <li className="mb-0 flex items-center gap-3 border-t border-line py-1">
      <div className="grid flex-1 gap-x-3 min-[30rem]:grid-cols-[2fr_3fr]">
        <p className="mb-0">
          <strong>{words}</strong>
          <span className="block text-small text-quiet">{organisation}</span>
        </p>
        <p className="mb-0">
          {email}
          <span className="block text-small text-quiet">
            Password <span className="text-ink">{password}</span>
          </span>
        </p>
      </div>
      <form action={send}>
        <input type="hidden" name="from" value={from} />
        <input type="hidden" name="email" value={email} />
        <input type="hidden" name="password" value={password} />
        <Button variant="secondary" aria-label={`Use ${words}, ${organisation}`}>
          Use
        </Button>
      </form>
    </li>
  );
}
