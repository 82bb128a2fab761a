import { Select } from '@/components/ui/select';
import { TextInput } from '@/components/ui/text-input';

export type ScheduleChoice = { value: string; words: string };

type ScheduleFieldsProps = {
  /** The schedules that there are, and the choice of a new one last. */
  choices: readonly ScheduleChoice[];
  values: Record<string, string>;
  fields: Record<string, string>;
};

const NEW = 'new';
const CHANNELS = [
  { value: 'in-person', words: 'In person' },
  { value: 'telephone', words: 'Telephone' },
  { value: 'video', words: 'Video' },
] as const;
const GENDERS = [
  { value: 'female', words: 'Female' },
  { value: 'male', words: 'Male' },
] as const;

/** Whose slots they are: a schedule that there is, or what a new one is. */
export function ScheduleFields({ choices, values, fields }: ScheduleFieldsProps) {
  const [only] = choices;
  const facts = <FactFields values={values} fields={fields} />;
  return (
    <section aria-labelledby="schedule-heading" className="panel pb-0">
      <h2 id="schedule-heading">Schedule</h2>
      {only && choices.length === 1 ? (
        <>
          <input type="hidden" name="scheduleId" value={only.value} />
          {facts}
        </>
      ) : (
        <Select
          name="scheduleId"
          label="Which schedule"
          hint="A clinic, a clinician or a room. It has one session at a time."
          blank="Choose"
          error={fields['scheduleId']}
          defaultValue={values['scheduleId']}
          options={choices.map((choice) => ({ ...choice, reveals: choice.value === NEW }))}
          reveal={facts}
        />
      )}
    </section>
  );
}

/** What the schedule of a weekly pattern is, which holds for all its sessions to come. */
export function SameScheduleFields({ values, fields }: Omit<ScheduleFieldsProps, 'choices'>) {
  return (
    <section aria-labelledby="schedule-heading" className="panel pb-0">
      <h2 id="schedule-heading">Schedule</h2>
      <input type="hidden" name="scheduleId" value={values['scheduleId']} />
      <input type="hidden" name="hasFacts" value="yes" />
      <p className="text-detail text-quiet">What you change here holds for every pattern and session of this schedule.</p>
      <FactFields values={values} fields={fields} />
    </section>
  );
}

function FactFields({ values, fields }: Pick<ScheduleFieldsProps, 'values' | 'fields'>) {
  const field = (name: string) => ({ name, error: fields[name], defaultValue: values[name] });
  return (
    <div className="grid gap-x-4 sm:grid-cols-2">
      <TextInput {...field('scheduleName')} label="Name of the schedule" hint="Such as Room 2 or Evening clinic" autoComplete="off" />
      <Select {...field('channel')} label="How patients are seen" hint="Call handlers are told it" blank="Not stated" options={CHANNELS} />
      <TextInput {...field('practitionerRole')} label="Role" hint="Such as Nurse practitioner" autoComplete="off" optional />
      <TextInput {...field('practitionerName')} label="Who it is" hint="Never in two places at once" autoComplete="off" optional />
      <Select {...field('practitionerGender')} label="Their gender" blank="Not stated" options={GENDERS} />
    </div>
  );
}
