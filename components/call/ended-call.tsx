import { LinkButton } from '@/components/ui/button';
import { Link } from '@/components/ui/link';
import { Notice } from '@/components/ui/notice';
import type { Call } from '@/lib/booking/schema';
import { clockTime, londonDate, longDate } from '@/lib/platform/time-words';

/** A call that led somewhere or was closed: what became of it. Nothing more is held or booked in it. */
export function EndedCall({ call }: { call: Call }) {
  const { appointment, referral, closed, endedAt } = call;
  return (
    <>
      <h1 className="nhsuk-heading-l mb-4">This call has ended</h1>
      {referral ? (
        <Notice tone="success" title={`The referral was sent to ${referral.serviceName}`}>
          There is no booking with it: {lower(referral.reason)}. Tell the caller what happens next.
        </Notice>
      ) : null}
      {appointment ? (
        <p>
          It led to appointment <Link href={`/appointments/${appointment.id}`}>{appointment.reference}</Link>.
        </p>
      ) : null}
      {closed ? (
        <p className="wrap-anywhere">
          It was closed without a service. Reason: {lower(closed.reason)}
          {closed.text ? `, “${closed.text}”` : ''}.
        </p>
      ) : null}
      {endedAt ? (
        <p className="text-quiet">
          Ended on {longDate(londonDate(endedAt))} at {clockTime(endedAt)}.
        </p>
      ) : null}
      <p>To book again for this patient, start a new call.</p>
      <LinkButton href="/calls/new" variant="primary">
        New call
      </LinkButton>
    </>
  );
}

function lower(words: string): string {
  return words.charAt(0).toLowerCase() + words.slice(1);
}
