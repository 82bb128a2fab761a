import { Candidates } from '@/components/call/candidates';
import { Checkboxes } from '@/components/ui/checkboxes';
import { Details } from '@/components/ui/details';
import { Select } from '@/components/ui/select';
import { TextInput } from '@/components/ui/text-input';
import type { Refused } from '@/lib/platform/form';

export type SymptomGroup = { id: number; name: string; discriminators: readonly { id: number; name: string }[] };

type SymptomFieldsProps = {
  groups: readonly SymptomGroup[];
  values: Record<string, string>;
  fields: Record<string, string>;
  refused: Refused | undefined;
};

/** What narrows the search when it is known: the registered practice, the symptom group and its discriminators. */
export function SymptomFields({ groups, values, fields, refused }: SymptomFieldsProps) {
  const own = refused?.refusal.code.startsWith('practice-') ? refused : null;
  const hasFault = Boolean(own ?? fields['practice'] ?? fields['symptomGroup'] ?? fields['discriminators']);
  const isFilled = ['practice', 'symptomGroup', 'discriminators'].some((name) => values[name]);
  const discriminators = new Map(groups.flatMap((group) => group.discriminators.map(({ id, name }) => [String(id), name])));
  return (
    <Details summary="GP practice and symptoms (optional)" open={hasFault || isFilled}>
      <TextInput
        name="practice"
        label="Registered GP practice"
        optional
        hint="Name or ODS code"
        error={fields['practice'] ?? (own ? `${own.title}. ${own.todo}` : undefined)}
        defaultValue={values['practice']}
        autoComplete="off"
        spellCheck={false}
      />
      {own?.refusal.code === 'practice-ambiguous' ? <Candidates name="pickPractice" title="Which practice?" candidates={own.refusal.candidates} /> : null}
      <Select
        name="symptomGroup"
        label="Symptom group (optional)"
        blank="Not given"
        error={fields['symptomGroup']}
        defaultValue={values['symptomGroup']}
        options={groups.map(({ id, name }) => ({ value: String(id), words: name }))}
      />
      <Checkboxes
        name="discriminators"
        legend="Symptom discriminators (optional)"
        hint="Those that do not belong to the group are left out of the search"
        error={fields['discriminators']}
        defaultValues={values['discriminators']?.split(',') ?? []}
        options={[...discriminators].map(([value, words]) => ({ value, words }))}
      />
    </Details>
  );
}
