'use client';

import { useState, useSyncExternalStore } from 'react';
import { Checkbox } from '@/components/ui/checkboxes';
import { FieldGroup } from '@/components/ui/field';
import { TextInput } from '@/components/ui/text-input';

export type CheckboxGroup = { legend: string; options: readonly { value: string; words: string }[] };

type CheckboxGroupsProps = { name: string; legend: string; hint?: string; error?: string; defaultValues: readonly string[]; groups: readonly CheckboxGroup[]; findLabel: string };

/** Many checkboxes of one name under headings. Where JavaScript runs, a field above narrows them down; what is ticked stays ticked. */
export function CheckboxGroups({ name, legend, hint, error, defaultValues, groups, findLabel }: CheckboxGroupsProps) {
  const [wanted, setWanted] = useState('');
  const isAlive = useSyncExternalStore(() => () => undefined, () => true, () => false);
  const isWanted = (heading: string, words: string) => `${heading} ${words}`.toLowerCase().includes(wanted.trim().toLowerCase());
  return (
    <FieldGroup name={name} legend={legend} hint={hint} error={error}>
      {isAlive ? (
        <div onChange={({ target }) => setWanted(target instanceof HTMLInputElement ? target.value : '')}>
          <TextInput name={`${name}-find`} label={findLabel} type="search" width={20} autoComplete="off" />
        </div>
      ) : null}
      <div id={name} className="gap-x-8 lg:columns-2">
        {groups.map((group, index) => (
          <fieldset key={group.legend} className="nhsuk-fieldset mb-4 break-inside-avoid" hidden={!group.options.some(({ words }) => isWanted(group.legend, words))}>
            <legend className="nhsuk-fieldset__legend text-detail">{group.legend}</legend>
            <div className="nhsuk-checkboxes nhsuk-checkboxes--small">
              {group.options.map((option, place) => (
                <Checkbox
                  key={option.value}
                  id={`${name}-${index + 1}-${place + 1}`}
                  name={name}
                  option={option}
                  isTicked={defaultValues.includes(option.value)}
                  isHidden={!isWanted(group.legend, option.words)}
                />
              ))}
            </div>
          </fieldset>
        ))}
      </div>
    </FieldGroup>
  );
}
