import { Fragment, type ReactNode } from 'react';
import { FieldGroup } from '@/components/ui/field';

type RadiosProps = {
  name: string;
  legend: string;
  hint?: string;
  error?: string;
  defaultValue?: string;
  inline?: boolean;
  /** In two columns where there is room, read down the first. */
  columns?: boolean;
  /** `reveal` shows while its radio is chosen, by CSS alone; what is in it is sent either way. */
  options: readonly { value: string; words: string; hint?: string; reveal?: ReactNode }[];
};

export function Radios({ name, legend, hint, error, defaultValue, inline, columns, options }: RadiosProps) {
  return (
    <FieldGroup name={name} legend={legend} hint={hint} error={error}>
      <div className={['nhsuk-radios nhsuk-radios--small', inline ? 'nhsuk-radios--inline' : '', columns ? 'sm:columns-2' : ''].join(' ')}>
        {options.map((option, index) => (
          <Radio key={option.value} id={index === 0 ? name : `${name}-${index + 1}`} name={name} option={option} isChosen={option.value === defaultValue} />
        ))}
      </div>
    </FieldGroup>
  );
}

type RadioProps = { id: string; name: string; option: RadiosProps['options'][number]; isChosen: boolean };

/** One of the radios of a name that stands by itself: in each row of a table, say. */
export function SingleRadio(radio: RadioProps) {
  return (
    <div className="nhsuk-radios nhsuk-radios--small">
      <Radio {...radio} />
    </div>
  );
}

function Radio({ id, name, option, isChosen }: RadioProps) {
  return (
    <Fragment>
      <div className="nhsuk-radios__item">
        <input
          className="nhsuk-radios__input"
          id={id}
          name={name}
          type="radio"
          value={option.value}
          defaultChecked={isChosen}
          aria-describedby={option.hint ? `${id}-item-hint` : undefined}
        />
        <label className="nhsuk-label nhsuk-radios__label" htmlFor={id}>
          {option.words}
        </label>
        {option.hint ? (
          <div className="nhsuk-hint nhsuk-radios__hint" id={`${id}-item-hint`}>
            {option.hint}
          </div>
        ) : null}
      </div>
      {option.reveal ? <div className="nhsuk-radios__conditional">{option.reveal}</div> : null}
    </Fragment>
  );
}
