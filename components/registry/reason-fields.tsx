import { Radios } from '@/components/ui/radios';
import { TextInput } from '@/components/ui/text-input';
import { ACCESS_REASONS } from '@/lib/registry/access-reason.schema';

const REASONS = Object.entries(ACCESS_REASONS).map(([value, words]) => ({ value, words }));

/** Why somebody looks, as `accessReason` reads it. */
export function ReasonFields({ values, fields = {} }: { values: Record<string, string>; fields?: Record<string, string> }) {
  return (
    <>
      <Radios name="why" legend="Why do you need to look?" error={fields['why']} defaultValue={values['why']} options={REASONS} />
      <TextInput name="whyText" label="Details" optional hint="Needed for another reason. No clinical detail." error={fields['whyText']} defaultValue={values['whyText']} autoComplete="off" />
    </>
  );
}
