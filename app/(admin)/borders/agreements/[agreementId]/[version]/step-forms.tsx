'use client';

import { useActionState } from 'react';
import { FormTop } from '@/components/layout/form-top';
import type { Kept } from '@/components/layout/kept-form';
import { LinkButton, type ButtonVariant } from '@/components/ui/button';
import { SubmitButton } from '@/components/ui/submit-button';
import { TextInput } from '@/components/ui/text-input';
import type { AgreementStep } from '@/lib/crossborder/agreement.schema';
import type { FormState } from '@/lib/platform/form';
import { decline, take } from './actions';

type Target = { id: string; version: number; edition: number };
type StepFormsProps = { target: Target; may: readonly AgreementStep[]; kept: Kept };

const BUTTONS: Readonly<Partial<Record<AgreementStep, { words: string; variant: ButtonVariant }>>> = {
  propose: { words: 'Propose it', variant: 'primary' },
  agree: { words: 'Agree', variant: 'primary' },
  'take-back': { words: 'Take it back', variant: 'secondary' },
  withdraw: { words: 'Withdraw it', variant: 'warning' },
  'new-version': { words: 'New version', variant: 'secondary' },
  clone: { words: 'Copy', variant: 'secondary' },
};

const LINKS: Readonly<Partial<Record<AgreementStep, string>>> = { edit: 'Change it', end: 'End it', 'what-if': 'What if' };

/** What the person who looks may do with the version now. */
export function StepForms({ target, may, kept }: StepFormsProps) {
  const [state, send] = useActionState<FormState, FormData>(take, { values: {} });
  const path = `/borders/agreements/${target.id}/${target.version}`;
  return (
    <>
      <form action={send}>
        <FormTop kept={{ ...kept, draft: null }} state={state} />
        <TargetFields {...target} />
        <div className="flex flex-wrap gap-3">
          {inOrder(may).map((step) => (
            <StepButton key={step} step={step} path={path} />
          ))}
        </div>
      </form>
      {may.includes('decline') ? <DeclineForm target={target} kept={kept} /> : null}
    </>
  );
}

function StepButton({ step, path }: { step: AgreementStep; path: string }) {
  const link = LINKS[step];
  if (link) return <LinkButton href={`${path}/${step}`}>{link}</LinkButton>;
  const button = BUTTONS[step];
  if (!button) return null;
  return (
    <SubmitButton variant={button.variant} name="step" value={step}>
      {button.words}
    </SubmitButton>
  );
}

function DeclineForm({ target, kept }: { target: Target; kept: Kept }) {
  const [state, send] = useActionState<FormState, FormData>(decline, { values: kept.draft ?? {} });
  return (
    <form action={send} noValidate key={JSON.stringify(state)} className="mt-4 border-t border-line pt-3">
      <FormTop kept={kept} state={state} />
      <TargetFields {...target} />
      <TextInput name="text" label="Or decline it: what would have to change" hint="The other side reads it" error={state.fields?.['text']} defaultValue={state.values['text']} autoComplete="off" />
      <SubmitButton variant="secondary" pendingWords="Declining…">
        Decline
      </SubmitButton>
    </form>
  );
}

/** The one that leads on first, the one that ends it last. */
function inOrder(may: readonly AgreementStep[]): AgreementStep[] {
  const rank = (step: AgreementStep) => ['primary', 'secondary', 'warning'].indexOf(BUTTONS[step]?.variant ?? 'secondary');
  return may.toSorted((one, other) => rank(one) - rank(other));
}

function TargetFields(target: Target) {
  return Object.entries(target).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />);
}
