import { Checkboxes } from '@/components/ui/checkboxes';
import { TextInput } from '@/components/ui/text-input';
import type { OverRule } from '@/lib/booking/timeframe.rules';
import { durationWords } from '@/lib/platform/time-words';

type OverFieldsProps = { rule: OverRule; minutesOver: number; dispositionCode: string; values: Record<string, string>; fields: Record<string, string> };

/** What a slot after the due time takes: the caller's informed decision and, for some dispositions, a clinician's approval (D-061). */
export function OverFields({ rule, minutesOver, dispositionCode, values, fields }: OverFieldsProps) {
  if (rule === 'none') return null;
  return (
    <section aria-labelledby="over-heading" className="mb-4 border border-line border-l-4 border-l-amber bg-held px-5 pt-4">
      <h2 id="over-heading" className="nhsuk-heading-s mb-2">
        {durationWords(minutesOver)} after the due time of {dispositionCode}
      </h2>
      {rule === 'approval' ? (
        <div className="grid gap-x-4 sm:grid-cols-2">
          <TextInput name="approvedBy" label="Approved by (name of the clinician)" error={fields['approvedBy']} defaultValue={values['approvedBy']} autoComplete="off" />
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
