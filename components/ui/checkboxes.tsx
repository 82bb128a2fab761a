import { FieldGroup } from '@/components/ui/field';

type CheckboxesProps = {
  name: string;
  legend?: string;
  hint?: string;
  error?: string;
  defaultValues?: readonly string[];
  inline?: boolean;
  options: readonly { value: string; words: string; hint?: string }[];
};

export function Checkboxes({ name, legend, hint, error, defaultValues = [], inline, options }: CheckboxesProps) {
  return (
    <FieldGroup name={name} legend={legend} hint={hint} error={error}>
      <div className={inline ? 'nhsuk-checkboxes nhsuk-checkboxes--small nhsuk-checkboxes--inline' : 'nhsuk-checkboxes nhsuk-checkboxes--small'}>
        {options.map((option, index) => (
          <Checkbox
            key={option.value}
            id={index === 0 ? name : `${name}-${index + 1}`}
            name={name}
            option={option}
            isTicked={defaultValues.includes(option.value)}
          />
        ))}
      </div>
    </FieldGroup>
  );
}

type CheckboxProps = { id: string; name: string; option: CheckboxesProps['options'][number]; isTicked: boolean; isHidden?: boolean };

/** One of the checkboxes of a name. Hidden, it is sent all the same. */
export function Checkbox({ id, name, option, isTicked, isHidden }: CheckboxProps) {
  return (
    <div className="nhsuk-checkboxes__item" hidden={isHidden}>
      <input
        className="nhsuk-checkboxes__input"
        id={id}
        name={name}
        type="checkbox"
        value={option.value}
        defaultChecked={isTicked}
        aria-describedby={option.hint ? `${id}-item-hint` : undefined}
      />
      <label className="nhsuk-label nhsuk-checkboxes__label" htmlFor={id}>
        {option.words}
      </label>
      {option.hint ? (
        <div className="nhsuk-hint nhsuk-checkboxes__hint" id={`${id}-item-hint`}>
          {option.hint}
        </div>
      ) : null}
    </div>
  );
}
