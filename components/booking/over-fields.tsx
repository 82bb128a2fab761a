import { Checkboxes } from '@/components/ui/checkboxes';
import { Select } from '@/components/ui/select';
import { TextInput } from '@/components/ui/text-input';
import type { OverRule } from '@/lib/booking/timeframe.rules';
import { durationWords } from '@/lib/platform/time-words';

type OverFieldsProps = {
  over: { rule: OverRule; minutesOver: number; clinicians: readonly { id: string; name: string }[] };
  dispositionCode: string;
  values: Record<string, string>;
  fields: Record<string, string>;
};

/** What a slot after the due time takes: the caller's informed decision and, for some dispositions, a clinician's approval (D-061). */
export function OverFields({ over: { rule, minutesOver, clinicians }, dispositionCode, values, fields }: OverFieldsProps) {
  if (rule === 'none') return null;
  return (
    <section aria-labelledby="over-heading" className="mb-4 border border-line border-l-4 border-l-amber bg-held px-5 pt-4">
      <h2 id="over-heading" className="nhsuk-heading-s mb-2">
        {durationWords(minutesOver)} after the due time of {dispositionCode}
      </h2>
      {rule === 'approval' ? (
        <div className="grid gap-x-4 sm:grid-cols-2">
          <Select
            name="approvedBy"
            label="Clinician who approved it"
            blank={clinicians.length > 0 ? 'Choose the clinician' : 'No clinician of your organisation'}
            error={fields['approvedBy']}
            defaultValue={values['approvedBy']}
            options={clinicians.map(({ id, name }) => ({ value: id, words: name }))}
          />
          <TextInput name="approvalReason" label="Why the clinician approved it" error={fields['approvalReason']} defaultValue={values['approvalReason']} autoComplete="off" />
        </div>
      ) : null}
      <Checkboxes
        name="callerInformed"
        error={fields['callerInformed']}
        defaultValues={values['callerInformed'] ? ['yes'] : []}
        options={[{ value: 'yes', words: 'The caller knows that this is later than advised, and agrees' }]}
      />
    </section>
  );
}
