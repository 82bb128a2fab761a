import { closedWords, endedWords } from '@/components/booking/closed-words';
import { LinkButton } from '@/components/ui/button';
import { Link } from '@/components/ui/link';
import { hasRole, type StaffActor } from '@/lib/auth/actor';
import { hasPermission } from '@/lib/auth/permissions';
import type { Appointment } from '@/lib/booking/appointment.schema';

type AppointmentActionsProps = {
  appointment: Pick<Appointment, 'id' | 'status' | 'startsAt' | 'callId' | 'bookedBy'>;
  actor: StaffActor;
  /** Whether this person has the call that booked it, and so moves it there (U-113). */
  isMovedInItsCall: boolean;
  now: Date;
};

/** What this person can do with the appointment as it stands. */
export function AppointmentActions({ appointment, actor, isMovedInItsCall, now }: AppointmentActionsProps) {
  const { id, callId } = appointment;
  const here = `/appointments/${id}`;
  const isOpen = closedWords(appointment, now) === null;
  const canMark = hasPermission(actor, 'appointment:mark-in-error') && endedWords(appointment) === null;
  return (
    <div className="screen-only">
      <div className="mb-2 flex flex-wrap items-center gap-x-4 gap-y-2">
        {isOpen && isMovedInItsCall ? <Way href={`/calls/${callId}/services`} words="Move" /> : null}
        {/* Later, or by somebody else, the patient is assessed again first (U-115). */}
        {isOpen && !isMovedInItsCall && hasPermission(actor, 'appointment:move') ? <Way href={`/calls/new?moves=${id}`} words="Move in a new call" /> : null}
        {isOpen && hasPermission(actor, 'appointment:amend') ? <Way href={`${here}/amend`} words="Change the reason" /> : null}
        {isOpen && hasPermission(actor, 'appointment:cancel') ? <Way href={`${here}/cancel`} words="Cancel this appointment" /> : null}
        {canMark ? <Way href={`${here}/in-error`} words="Entered in error" /> : null}
      </div>
      <p className="mb-0 flex flex-wrap gap-x-5">
        {isOpen ? (
          <Link href={`${here}/confirmation`} data-command="Confirmation for the patient">
            Confirmation for the patient
          </Link>
        ) : null}
        {/* Not the router's link: it is a file. */}
        <a href={`/api${here}/calendar`} download data-command="Calendar file">
          Calendar file
        </a>
        {callId && mayReadRecord(actor, appointment) ? (
          <Link href={`/calls/${callId}/record`} data-command="Record of its call">
            Record of its call
          </Link>
        ) : null}
      </p>
    </div>
  );
}

// That of another organisation's call is for the auditor alone.
function mayReadRecord(actor: StaffActor, { bookedBy }: Pick<Appointment, 'bookedBy'>): boolean {
  return hasPermission(actor, 'call:read-record') && (hasRole(actor, 'auditor') || bookedBy.organisation === actor.organisation.name);
}

function Way({ href, words }: { href: string; words: string }) {
  return (
    <LinkButton href={href} data-command={words}>
      {words}
    </LinkButton>
  );
}
