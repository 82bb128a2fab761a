'use client';

import { useActionState, type ReactNode } from 'react';
import { FoundTable } from '@/components/booking/found-table';
import type { Found } from '@/components/booking/found-words';
import { KeptForm, type Kept } from '@/components/layout/kept-form';
import { Button } from '@/components/ui/button';
import { DateInput } from '@/components/ui/date-input';
import { ErrorSummary } from '@/components/ui/error-summary';
import { FocusOnShow } from '@/components/ui/focus-on-show';
import { SubmitButton } from '@/components/ui/submit-button';
import { TextInput } from '@/components/ui/text-input';
import { find, type FindState } from './actions';

type Send = (form: FormData) => void;

/** Three ways to look, side by side, and what was found below. */
export function FindForms({ kept, canFindPatients }: { kept: Kept; canFindPatients: boolean }) {
  const [state, send] = useActionState<FindState, FormData>(find, { values: kept.draft ?? {} });
  const { values, fields = {}, found } = state;
  const way = { values, send, kept, isDraftShown: state.values === kept.draft };
  return (
    <>
      <ErrorSummary errors={fields} />
      <div className="grid items-start gap-5 min-[56rem]:grid-cols-3">
        <Way {...way} by="reference" title="With the reference">
          <TextInput name="reference" label="Reference" hint="Such as ONW-7K3P-92. Capitals and dashes do not matter." error={fields['reference']} defaultValue={values['reference']} width={20} autoComplete="off" spellCheck={false} />
          <FindButton words="Find by reference" isFirst />
        </Way>
        {canFindPatients ? (
          <>
            <Way {...way} by="nhs-number" title="With the NHS number">
              <TextInput name="nhsNumber" label="NHS number" hint="10 digits, with or without spaces." error={fields['nhsNumber']} defaultValue={values['nhsNumber']} width={20} inputMode="numeric" autoComplete="off" />
              <FindButton words="Find by NHS number" />
            </Way>
            <Way {...way} by="name" title="With name and date of birth">
              <TextInput name="familyName" label="Last name" error={fields['familyName']} defaultValue={values['familyName']} width={20} autoComplete="off" spellCheck={false} />
              <DateInput name="birth" legend="Date of birth" error={fields['birthDay']} values={{ day: values['birthDay'], month: values['birthMonth'], year: values['birthYear'] }} />
              <FindButton words="Find by name" />
            </Way>
          </>
        ) : null}
      </div>
      {found ? <FoundSection found={found} values={values} send={send} kept={kept} /> : null}
    </>
  );
}

type WayProps = { by: string; title: string; values: Record<string, string>; send: Send; kept: Kept; isDraftShown: boolean; children: ReactNode };

function Way({ by, title, values, send, kept, isDraftShown, children }: WayProps) {
  return (
    <form action={send} noValidate key={JSON.stringify(values)} aria-labelledby={`${by}-heading`} className="panel">
      <h2 id={`${by}-heading`} className="nhsuk-heading-s mb-3">
        {title}
      </h2>
      <input type="hidden" name="by" value={by} />
      <KeptForm kept={kept} isDraftShown={isDraftShown && values['by'] === by} />
      {children}
    </form>
  );
}

function FindButton({ words, isFirst }: { words: string; isFirst?: boolean }) {
  return (
    <SubmitButton variant={isFirst ? 'primary' : 'secondary'} pendingWords="Looking…" data-command={words}>
      {words}
    </SubmitButton>
  );
}

function FoundSection({ found, values, send, kept }: { found: Found; values: Record<string, string>; send: Send; kept: Kept }) {
  const sameAgain = Object.entries(values).filter(([name]) => !['past', 'formOwner'].includes(name));
  return (
    <section aria-labelledby="found-heading" className="mt-6">
      <FocusOnShow of={found}>
        <h2 id="found-heading" className="nhsuk-heading-m mb-2">
          {found.title}
        </h2>
        {found.todo ? <p className="max-w-measure">{found.todo}</p> : null}
      </FocusOnShow>
      {found.lines.length > 0 ? <FoundTable lines={found.lines} title={found.title} /> : null}
      {found.hasPast ? (
        <form action={send} className="mt-4">
          {sameAgain.map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <KeptForm kept={kept} isDraftShown={false} />
          <Button variant="secondary" name="past" value="all" data-command="Look at all earlier ones too">
            Look at all earlier ones too
          </Button>
        </form>
      ) : null}
    </section>
  );
}
