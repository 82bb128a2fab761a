import type { ReactNode } from 'react';
import { bookerWords } from '@/components/booking/booker-words';
import { linkWords } from '@/components/booking/history-words';
import { slotWords } from '@/components/booking/slot-words';
import { STATUSES } from '@/components/booking/status-words';
import { ageWords, listName } from '@/components/call/patient-words';
import { dayAndTime } from '@/components/layout/refusals/words';
import { chosenRows } from '@/components/registry/guard-chosen';
import { Link } from '@/components/ui/link';
import { SummaryList, type SummaryRow } from '@/components/ui/summary-list';
import { Tag } from '@/components/ui/tag';
import type { Appointment, AppointmentLink } from '@/lib/booking/appointment.schema';
import type { MadeChoice } from '@/lib/booking/guard-choices.queries';
import { formatNhsNumber } from '@/lib/patient/nhs-number.schema';
import type { Patient } from '@/lib/patient/schema';
import { birthDateWords, clockTime, durationWords, londonDate, longDate } from '@/lib/platform/time-words';

type AboutProps = { appointment: Appointment; now: Date };

/** One appointment as it is now. */
export function AppointmentSummary({ appointment, choices, now }: AboutProps & { choices: readonly MadeChoice[] }) {
  const { service, status, bookedAt, bookedBy } = appointment;
  return (
    <div className="panel mb-5 py-2">
      <SummaryList
        rows={[
          { key: 'Status', value: <Tag tone={STATUSES[status].tone}>{STATUSES[status].words}</Tag> },
          whenRow(appointment),
          whereRow(service),
          { key: 'How', value: slotWords(appointment) },
          patientRow(appointment, now),
          ...contactRows(appointment),
          { key: 'Reason', value: <span className="wrap-anywhere">{appointment.reason}</span> },
          { key: 'Booked', value: `${dayAndTime(bookedAt, now)} by ${bookerWords(bookedBy)}` },
          ...outsideRows(appointment),
          ...referralRows({ appointment, now }),
          ...linkRow('Instead of', appointment.replaces, now),
          ...linkRow('Replaced by', appointment.replacedBy, now),
          ...chosenRows(choices, now),
        ]}
      />
    </div>
  );
}

/** The three things that tell one appointment from another, above a form about it. */
export function AppointmentBrief({ appointment, now }: AboutProps) {
  return (
    <div className="panel mb-4 py-1">
      <SummaryList rows={[whenRow(appointment), { key: 'Where', value: appointment.service.name }, patientRow(appointment, now)]} />
    </div>
  );
}

/** `NOTREAL, Tomasz · born 2 Mar 1984 · NHS 999 000 0018`; of somebody unknown only the estimated age. */
export function patientLine(patient: Pick<Patient, 'givenName' | 'familyName' | 'birthDate' | 'nhsNumber' | 'isUnknown'>, now: Date): string {
  if (patient.isUnknown) return `${listName(patient)} · about ${ageWords(patient.birthDate, now)}`;
  const number = patient.nhsNumber ? `NHS ${formatNhsNumber(patient.nhsNumber)}` : 'no NHS number';
  return [listName(patient), `born ${birthDateWords(patient.birthDate)}`, number].join(' · ');
}

function whenRow({ startsAt, endsAt }: Appointment): SummaryRow {
  return { key: 'When', value: <strong className="tabular">{`${longDate(londonDate(startsAt))}, ${clockTime(startsAt)} to ${clockTime(endsAt)}`}</strong> };
}

function whereRow({ name, address, postcode, publicPhone }: Appointment['service']): SummaryRow {
  const phone = publicPhone ? <span className="whitespace-nowrap"> · {publicPhone}</span> : null;
  return {
    key: 'Where',
    value: (
      <>
        {[name, address, postcode].join(', ')}
        {phone}
      </>
    ),
  };
}

// Whoever sees the patient must know that the other system meant somebody who is written otherwise.
function patientRow({ patient, sentOtherwise }: Appointment, now: Date): SummaryRow {
  const line = <span className="wrap-anywhere">{patientLine(patient, now)}</span>;
  if (!sentOtherwise) return { key: 'Patient', value: line };
  const { name, birthDate } = sentOtherwise;
  const sent = [name, birthDate && `born ${birthDateWords(birthDate)}`].filter(Boolean).join(', ');
  return {
    key: 'Patient',
    value: (
      <>
        {line}
        <strong className="mt-1 block border-l-6 border-amber bg-held px-3 py-1 wrap-anywhere">Booked as {sent}. Check who the patient is.</strong>
      </>
    ),
  };
}

// All of them with their precedence (U-148, U-149).
function contactRows({ contacts }: Appointment): SummaryRow[] {
  if (contacts.length === 0) return [];
  const hasFirst = contacts.some(({ rank }) => rank === 1);
  const value: ReactNode = (
    <ol className="m-0 list-none p-0">
      {contacts.map((contact) => (
        <li key={`${contact.rank} ${contact.name} ${contact.phone}`} className="mb-0 wrap-anywhere">
          {contact.rank === 1 ? <strong>First: </strong> : hasFirst ? 'Then: ' : ''}
          {contact.isPatient ? 'the patient' : `${contact.relationship}, ${contact.name}`}, {contact.phone}
        </li>
      ))}
    </ol>
  );
  return [{ key: 'Ring', value }];
}

// That and how it was booked outside the timeframe (U-087).
function outsideRows({ outsideTimeframe }: Appointment): SummaryRow[] {
  if (!outsideTimeframe) return [];
  const { minutesOver, approvedBy, approvalReason } = outsideTimeframe;
  const approval = approvedBy ? ` Approved by ${approvedBy}${approvalReason ? `: ${approvalReason}` : ''}.` : '';
  return [{ key: 'After the due time', value: <span className="wrap-anywhere">{`By ${durationWords(minutesOver)}. The caller was told and agreed.${approval}`}</span> }];
}

// Uncoupled it is no referral in its own right any more (U-111).
function referralRows({ appointment: { referral }, now }: AboutProps): SummaryRow[] {
  if (!referral) return [];
  const sent = `Sent with the booking ${dayAndTime(referral.sentAt, now)}`;
  return [{ key: 'Referral', value: referral.uncoupledAt ? `${sent}. It no longer counts since ${dayAndTime(referral.uncoupledAt, now)}.` : `${sent}.` }];
}

function linkRow(key: string, link: AppointmentLink | null, now: Date): SummaryRow[] {
  if (!link) return [];
  return [
    {
      key,
      value: (
        <>
          <Link href={`/appointments/${link.id}`}>{link.isOpen ? link.reference : 'A sealed appointment'}</Link>, {linkWords(link, now)}
        </>
      ),
    },
  ];
}
