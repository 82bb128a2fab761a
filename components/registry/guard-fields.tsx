import { guardNames } from '@/components/registry/guard-names';
import type { GuardCard } from '@/components/registry/guard-words';
import { Button } from '@/components/ui/button';
import { Radios } from '@/components/ui/radios';
import { TextInput } from '@/components/ui/text-input';

export type Guard = { heading: string; cards: readonly GuardCard[] };

type GuardFieldsProps = {
  guard: Guard;
  values: Record<string, string>;
  fields: Record<string, string>;
  /** Whether these values were sent about this very slot: what they do not tell of was not there then. */
  isSent: boolean;
};

const KEEP_REASONS = 'keep-reasons';

/** The patient's other appointments that a booking must not pass over, and what becomes of each. Nothing is chosen for the call handler. */
export function GuardFields({ guard: { heading, cards }, values, fields, isSent }: GuardFieldsProps) {
  if (cards.length === 0) return null;
  return (
    <section aria-labelledby="guard-heading" className="mb-4 border-l-6 border-amber bg-held px-5 pt-4 pb-1">
      <h2 id="guard-heading" className="mb-1 text-lead">
        {heading}
      </h2>
      <p className="mb-3">Choose what becomes of {cards.length === 1 ? 'it' : 'each'} before you book.</p>
      {cards.map((card) => (
        <Block key={card.entryId} card={card} values={values} fields={fields} isSent={isSent} />
      ))}
      <datalist id={KEEP_REASONS}>
        <option value="Different problem" />
        <option value="Follow-up that was planned before" />
        <option value="Patient needs both" />
      </datalist>
    </section>
  );
}

function Block({ card, values, fields, isSent }: { card: GuardCard } & Omit<GuardFieldsProps, 'guard'>) {
  const { entryId, version, when, title, about, appointment, choices } = card;
  const names = guardNames(entryId);
  const looked = values[names.version];
  const isSame = looked === String(version);
  const chosen = choices.find(({ value }) => isSame && value === values[names.choice]);
  return (
    <div className="mb-3 border-t border-line pt-3">
      <input type="hidden" name={names.version} value={version} />
      <input type="hidden" name={names.when} value={when} />
      {isSent && !isSame ? <p className="mb-0 font-bold">{looked ? 'Changed since you looked' : 'New since you looked'}</p> : null}
      <Radios
        name={names.choice}
        legend={title}
        hint={about}
        error={fields[names.choice]}
        defaultValue={chosen?.value}
        options={choices.map((choice) => (choice.value === 'keep' ? { ...choice, reveal: <Why name={names.why} values={values} fields={fields} /> } : choice))}
      />
      {appointment ? (
        <p className="mb-0 text-detail">
          <Button type="submit" variant="link" name="look" value={appointment.id}>
            See {appointment.reference}
          </Button>{' '}
          <span className="text-quiet">What you typed stays.</span>
        </p>
      ) : null}
    </div>
  );
}

function Why({ name, values, fields }: { name: string } & Pick<GuardFieldsProps, 'values' | 'fields'>) {
  return <TextInput name={name} label="Say why" error={fields[name]} defaultValue={values[name]} list={KEEP_REASONS} autoComplete="off" />;
}
