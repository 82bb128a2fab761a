'use client';

import { Checkboxes } from '@/components/ui/checkboxes';
import { Radios } from '@/components/ui/radios';
import { TextInput } from '@/components/ui/text-input';
import { ProfileForm, type ProfileTarget } from '../profile-form';

export function BookingForm({ form, first }: { form: ProfileTarget; first: Record<string, string> }) {
  return (
    <ProfileForm
      form={form}
      section="booking"
      first={first}
      fields={({ values, faults }) => (
        <>
          <Radios
            name="isBookable"
            legend="Bookings"
            error={faults['isBookable']}
            defaultValue={values['isBookable']}
            options={[
              { value: 'yes', words: 'On', hint: 'Calls see free slots and book them' },
              { value: 'no', words: 'Off', hint: 'Calls see the service without its slots. Appointments that are booked stay' },
            ]}
          />
          <Checkboxes name="isBookingOnly" defaultValues={[values['isBookingOnly'] ?? '']} options={[{ value: 'yes', words: 'Appointment needed', hint: 'No patient may be referred without a slot' }]} />
          <TextInput name="holdMinutes" label="Minutes a slot is held while a call books it" hint="1 to 15" width={3} inputMode="numeric" error={faults['holdMinutes']} defaultValue={values['holdMinutes']} autoComplete="off" />
          <Radios
            name="cancelBy"
            legend="Who may cancel"
            error={faults['cancelBy']}
            defaultValue={values['cancelBy']}
            options={[
              { value: 'any', words: 'Any organisation' },
              { value: 'booker', words: 'Only the organisation that booked' },
            ]}
          />
          <TextInput
            name="refusesFrom"
            label="Takes no bookings from"
            hint="ODS codes of organisations, with a comma between two. Booked appointments stay"
            optional
            error={faults['refusesFrom']}
            defaultValue={values['refusesFrom']}
            autoComplete="off"
            spellCheck={false}
          />
        </>
      )}
    />
  );
}
