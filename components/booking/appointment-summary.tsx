import { slotWords } from '@/components/booking/slot-words';
import { SummaryList } from '@/components/ui/summary-list';
import { Tag } from '@/components/ui/tag';
import type { Appointment, AppointmentStatus } from '@/lib/booking/schema';
import { formatNhsNumber } from '@/lib/patient/nhs-number.schema';
import { birthDateWords, clockTime, dayWords, londonDate, longDate } from '@/lib/platform/time-words';

const STATUSES: Record<AppointmentStatus, { words: string; tone: 'green' | 'grey' | 'blue' | 'red' }> = {
  booked: { words: 'Booked', tone: 'green' },
  arrived: { words: 'Arrived', tone: 'blue' },
  fulfilled: { words: 'Attended', tone: 'grey' },
  noshow: { words: 'Did not attend', tone: 'red' },
  cancelled: { words: 'Cancelled', tone: 'grey' },
  moved: { words: 'Moved', tone: 'grey' },
  'entered-in-error': { words: 'Entered in error', tone: 'grey' },
};

export function statusWords(status: AppointmentStatus): string {
  return STATUSES[status].words;
}

/** One appointment as it is now. */
export function AppointmentSummary({ appointment, now }: { appointment: Appointment; now: Date }) {
  const { service, status, bookedAt, bookedBy } = appointment;
  return (
    <div className="mb-5 border border-line bg-panel px-5 py-2">
      <SummaryList
        rows={[
          { key: 'Status', value: <Tag tone={STATUSES[status].tone}>{STATUSES[status].words}</Tag> },
          whenRow(appointment),
          { key: 'Where', value: `${service.name}, ${service.address}, ${service.postcode}${service.publicPhone ? ` · ${service.publicPhone}` : ''}` },
          { key: 'How', value: slotWords(appointment) },
          patientRow(appointment),
          { key: 'Reason', value: <span className="wrap-anywhere">{appointment.reason}</span> },
          { key: 'Booked', value: `${dayWords(londonDate(bookedAt), now)} at ${clockTime(bookedAt)} by ${bookedBy.name}, ${bookedBy.organisation}` },
        ]}
      />
    </div>
  );
}

/** The three things that tell one appointment from another, above a form about it. */
export function AppointmentBrief({ appointment }: { appointment: Appointment }) {
  return (
    <div className="mb-4 border border-line bg-panel px-5 py-1">
      <SummaryList rows={[whenRow(appointment), { key: 'Where', value: appointment.service.name }, patientRow(appointment)]} />
    </div>
  );
}

function whenRow({ startsAt, endsAt }: Appointment) {
  return { key: 'When', value: <strong className="tabular">{`${longDate(londonDate(startsAt))}, ${clockTime(startsAt)} to ${clockTime(endsAt)}`}</strong> };
}

function patientRow({ patient }: Appointment) {
  const number = patient.nhsNumber ? `NHS ${formatNhsNumber(patient.nhsNumber)}` : 'no NHS number';
  const name = `${patient.familyName.toUpperCase()}, ${patient.givenName}`;
  return { key: 'Patient', value: <span className="wrap-anywhere">{[name, `born ${birthDateWords(patient.birthDate)}`, number].join(' · ')}</span> };
}
