import { Select } from '@/components/ui/select';
import { TextInput } from '@/components/ui/text-input';
import type { RejectReason, SkipNeeded } from '@/lib/booking/skip.schema';

type SkipFieldsProps = {
  needed: readonly SkipNeeded[];
  reasons: readonly RejectReason[];
  /** What was typed before, by field name. */
  values: Record<string, string>;
};

/** Why each service above the chosen one is passed over (D-052); the fact that suggests a reason has it chosen already (D-054). */
export function SkipFields({ needed, reasons, values }: SkipFieldsProps) {
  if (needed.length === 0) return null;
  const options = reasons.map(({ id, text, requiresComment }) => ({ value: String(id), words: text, reveals: requiresComment }));
  return (
    <div role="group" aria-label="Services passed over" className="mb-3 grid gap-x-4 border-l-4 border-blue pl-4 sm:grid-cols-2">
      {needed.map(({ serviceId, serviceName, suggestedId }) => (
        <Select
          key={serviceId}
          name={`skip-${serviceId}`}
          label={`Why not ${serviceName}?`}
          blank="Choose a reason"
          defaultValue={values[`skip-${serviceId}`] ?? (suggestedId === null ? '' : String(suggestedId))}
          options={options}
          reveal={
            <TextInput
              name={`comment-${serviceId}`}
              label={`In a few words, about ${serviceName}`}
              hint="Needed for this reason. No clinical detail."
              defaultValue={values[`comment-${serviceId}`]}
              autoComplete="off"
            />
          }
        />
      ))}
    </div>
  );
}
