import { STATUSES } from '@/components/booking/status-words';
import { openPath } from '@/components/registry/open-path';
import { LinkButton } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { SummaryList } from '@/components/ui/summary-list';
import { Tag } from '@/components/ui/tag';
import type { StaffActor } from '@/lib/auth/actor';
import { hasPermission } from '@/lib/auth/permissions';
import type { SealedAppointment as Sealed } from '@/lib/booking/appointment.schema';
import { clockTime, londonDate, longDate } from '@/lib/platform/time-words';

type SealedTimesProps = { appointment: Pick<Sealed, 'status' | 'startsAt' | 'endsAt'> };

type SealedAppointmentProps = {
  appointment: Sealed;
  actor: StaffActor;
  /** The page to come back to once it is open. */
  back: string;
};

/** All that is shown of an appointment which is sealed to whoever looks, and the way to see more. */
export function SealedAppointment({ appointment, actor, back }: SealedAppointmentProps) {
  const { entryId } = appointment;
  const mayOpen = entryId !== null && hasPermission(actor, 'registry:open-sealed');
  return (
    <div className="mx-auto max-w-measure">
      <h1 className="nhsuk-heading-l mb-4">Sealed appointment</h1>
      <Notice tone="info" title="Only its times and status are shown">
        It is at a sensitive service. {mayOpen ? 'If you need to see it or change it, open it with a reason.' : 'To see more of it or to change it, ask a clinician or a supervisor: they can open it with a reason.'}
      </Notice>
      <SealedTimes appointment={appointment} />
      {mayOpen ? (
        <LinkButton href={openPath({ entryId, back })} data-command="Open it with a reason">
          Open it with a reason…
        </LinkButton>
      ) : null}
    </div>
  );
}

/** Status and times. */
export function SealedTimes({ appointment: { status, startsAt, endsAt } }: SealedTimesProps) {
  return (
    <div className="panel mb-5 py-2">
      <SummaryList
        rows={[
          { key: 'Status', value: <Tag tone={STATUSES[status].tone}>{STATUSES[status].words}</Tag> },
          { key: 'When', value: <strong className="tabular">{`${longDate(londonDate(startsAt))}, ${clockTime(startsAt)} to ${clockTime(endsAt)}`}</strong> },
        ]}
      />
    </div>
  );
}
