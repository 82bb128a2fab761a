import type { ReactNode } from 'react';
import { FieldGroup } from '@/components/ui/field';
import { TextInput } from '@/components/ui/text-input';

export type PatternFieldsProps = {
  /** How many rows for breaks there are. */
  breakRows: number;
  values: Record<string, string>;
  fields: Record<string, string>;
};

/** From when to when, with breaks. `days` are the fields of the days that it is for. */
export function HoursFields({ breakRows, values, fields, days }: PatternFieldsProps & { days: ReactNode }) {
  const field = fieldOf(values, fields);
  return (
    <section aria-labelledby="hours-heading" className="panel pb-0">
      <h2 id="hours-heading">When</h2>
      {days}
      <div className="flex flex-wrap gap-x-5">
        <TextInput {...field('opensMinute')} label="Starts at" hint="Such as 09:00" width={5} autoComplete="off" />
        <TextInput {...field('closesMinute')} label="Ends at" hint="24:00 is the end of the day" width={5} autoComplete="off" />
      </div>
      <FieldGroup name="breaks" legend="Breaks" hint="No slots then. Leave what you do not need empty." error={fields['breaks']}>
        <div id="breaks">
          {Array.from({ length: breakRows }, (_, row) => row + 1).map((row) => (
            <div key={row} className="flex flex-wrap gap-x-5">
              <TextInput {...field(`break${row}From`)} label={`Break ${row} from`} width={5} autoComplete="off" />
              <TextInput {...field(`break${row}To`)} label={`Break ${row} to`} width={5} autoComplete="off" />
            </div>
          ))}
        </div>
      </FieldGroup>
    </section>
  );
}

/** How long slots are, how many at once, and when calls may have them. */
export function SlotFields({ values, fields }: Omit<PatternFieldsProps, 'breakRows'>) {
  const field = fieldOf(values, fields);
  const number = { width: 4, inputMode: 'numeric', autoComplete: 'off' } as const;
  return (
    <section aria-labelledby="slots-heading" className="panel pb-0">
      <h2 id="slots-heading">Slots</h2>
      <div className="grid gap-x-5 sm:grid-cols-2">
        <TextInput {...field('slotMinutes')} {...number} label="Slot length in minutes" hint="5 to 120" />
        <TextInput {...field('places')} {...number} label="Places" hint="Patients seen at the same time" />
        <TextInput {...field('keptBackPercent')} {...number} label="Kept back, in %" hint="The share that you keep for your own patients" />
        <TextInput {...field('releaseMinutes')} {...number} label="Opens to 111, minutes before" hint="When a kept-back slot that is still free opens to calls" />
        <TextInput {...field('noticeMinutes')} {...number} label="Notice in minutes" hint="A slot can last be booked so long before it starts" />
        <TextInput {...field('horizonDays')} {...number} label="Bookable ahead, in days" hint="1 to 56" />
      </div>
    </section>
  );
}

function fieldOf(values: Record<string, string>, fields: Record<string, string>) {
  return (name: string) => ({ name, error: fields[name], defaultValue: values[name] });
}
