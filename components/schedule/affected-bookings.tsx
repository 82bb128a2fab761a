import { SingleRadio } from '@/components/ui/radios';
import type { AffectedChoice } from '@/lib/schedule/schema';

/** An affected appointment in words, made on the server. `choices`: what can be done with it; the first is what is done unless something else is chosen. */
export type AffectedWords = {
  id: string;
  time: string;
  name: string;
  about: string;
  reference: string;
  reason: string;
  fit: string;
  choices: readonly { value: AffectedChoice; words: string }[];
  chosen: AffectedChoice;
};

/** The name of the field that says what becomes of an appointment. */
export const CHOICE_FIELD = 'choice-';

/** Each affected appointment with what is to become of it. `values`: what was chosen in the form before. */
export function AffectedBookings({ lines, values }: { lines: readonly AffectedWords[]; values: Readonly<Record<string, string>> }) {
  return (
    <ul className="mb-4 list-none border border-line bg-panel p-0">
      {lines.map(({ id, time, name, about, reference, reason, fit, choices, chosen }) => {
        const field = CHOICE_FIELD + id;
        const selected = choices.find(({ value }) => value === values[field])?.value ?? chosen;
        return (
          <li key={id} className="mb-0 border-b border-line px-4 py-3 last:border-b-0">
            <fieldset className="m-0 flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-0 p-0">
              <legend className="nhsuk-u-visually-hidden">{`What becomes of ${name}, ${time}?`}</legend>
              <div className="text-detail">
                <strong className="text-body tabular-nums">{time}</strong> <strong className="text-body wrap-anywhere">{name}</strong>
                <span className="block">{about}</span>
                <span className="block wrap-anywhere">
                  <span className="whitespace-nowrap">{reference}</span> · {reason}
                </span>
                <span className="block font-bold">{fit}</span>
              </div>
              <div className="flex flex-wrap gap-x-5 gap-y-1">
                {choices.map(({ value, words }) => (
                  <SingleRadio key={value} id={`${field}-${value}`} name={field} option={{ value, words }} isChosen={value === selected} />
                ))}
              </div>
            </fieldset>
          </li>
        );
      })}
    </ul>
  );
}
