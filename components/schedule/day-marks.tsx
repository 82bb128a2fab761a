'use client';

import { createContext, useActionState, useContext, type ReactNode } from 'react';
import { RefusalNotice } from '@/components/layout/refusal-notice';
import { FocusOnShow } from '@/components/ui/focus-on-show';
import { SubmitButton } from '@/components/ui/submit-button';
import type { FormState } from '@/lib/platform/form';

type DayMarksProps = {
  mark: (before: FormState, form: FormData) => Promise<FormState>;
  serviceId: string;
  date: string;
  children: ReactNode;
};

type Marking = { state: FormState; send: (form: FormData) => void; serviceId: string; date: string };

const MarkingContext = createContext<Marking | null>(null);

/** Around the list of a day: what its buttons send goes through here, so that a refusal is told even when its row has gone. */
export function DayMarks({ mark, serviceId, date, children }: DayMarksProps) {
  const [state, send] = useActionState<FormState, FormData>(mark, { values: {} });
  return (
    <MarkingContext value={{ state, send, serviceId, date }}>
      {state.refused ? (
        <RefusalNotice refused={state.refused}>
          <p className="mt-1 mb-0">It was about {state.values['about']}. The list below is as it stands now.</p>
        </RefusalNotice>
      ) : null}
      {children}
    </MarkingContext>
  );
}

/** What a row's buttons say that they are about: the version that was looked at, and a request id of their own. */
export type MarkTarget = { appointmentId: string; patientId: string; version: number; requestId: string };

export type MarkButton = { mark: string; words: string; isUndo: boolean };

type MarkButtonsProps = {
  target: MarkTarget;
  /** The time and the reference. */
  about: string;
  /** What it was marked as, to be told when a press of one of these has made it so. */
  done: string;
  buttons: readonly MarkButton[];
};

/** The marks of one appointment, one press each. */
export function MarkButtons({ target, about, done, buttons }: MarkButtonsProps) {
  const marking = useContext(MarkingContext);
  if (!marking) return null;
  const { state, send, serviceId, date } = marking;
  const isDone = !state.refused && state.values['appointmentId'] === target.appointmentId;
  return (
    <form action={send}>
      {Object.entries({ ...target, about, serviceId, date }).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {/* The button that was pressed is gone: the focus stays in its row, on nothing that a second press would set off. */}
      {isDone ? (
        <FocusOnShow of={state} className="changed text-small">
          {done}
        </FocusOnShow>
      ) : null}
      <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
        {buttons.map(({ mark, words, isUndo }) => (
          <SubmitButton key={mark} name="mark" value={mark} variant={isUndo ? 'link' : 'secondary'}>
            {words}
            <span className="nhsuk-u-visually-hidden"> {about}</span>
          </SubmitButton>
        ))}
      </span>
    </form>
  );
}
