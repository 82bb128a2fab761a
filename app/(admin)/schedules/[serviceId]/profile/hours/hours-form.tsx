'use client';

import { Checkboxes } from '@/components/ui/checkboxes';
import { FieldGroup } from '@/components/ui/field';
import { Select } from '@/components/ui/select';
import { TextInput } from '@/components/ui/text-input';
import { ProfileForm, type ProfileTarget } from '../profile-form';

// Not from profile.schema: zod and Temporal would come along into the browser.
const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday', 'Public holidays'] as const;

export function HoursForm({ form, first }: { form: ProfileTarget; first: Record<string, string> }) {
  return (
    <ProfileForm
      form={form}
      section="hours"
      first={first}
      fields={({ values, faults }) => (
        <>
          <Checkboxes name="isOpenAllHours" defaultValues={[values['isOpenAllHours'] ?? '']} options={[{ value: 'yes', words: 'Open all hours, every day', hint: 'Only dates with hours of their own count besides' }]} />
          <FieldGroup name="days" legend="Otherwise, hours of each day" hint="Such as 09:00 to 12:30, 13:30 to 18:00. Leave a closed day empty. Opening past midnight is two days: 18:30 to 23:59, and 00:00 to 08:00 on the next.">
            <div className="grid gap-x-8 sm:grid-cols-2">
              {DAYS.map((day, index) => (
                <TextInput key={day} name={`day${index + 1}`} label={day} error={faults[`day${index + 1}`]} defaultValue={values[`day${index + 1}`]} autoComplete="off" spellCheck={false} />
              ))}
            </div>
          </FieldGroup>
          <Select
            name="onlyIfOpenMinutes"
            label="When calls find it"
            defaultValue={values['onlyIfOpenMinutes']}
            options={[
              { value: '', words: 'Whenever it opens in time for the patient' },
              { value: '15', words: 'Only while it is open, or opens within 15 minutes' },
              { value: '30', words: 'Only while it is open, or opens within 30 minutes' },
            ]}
          />
        </>
      )}
    />
  );
}
