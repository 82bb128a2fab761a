import { Link } from '@/components/ui/link';
import type { Call } from '@/lib/booking/schema';

/** A call that led somewhere: nothing more is held or booked in it. */
export function EndedCall({ call }: { call: Call }) {
  return (
    <>
      <h1 className="nhsuk-heading-l mb-4">This call has ended</h1>
      {call.appointment ? (
        <p>
          It led to appointment <Link href={`/appointments/${call.appointment.id}`}>{call.appointment.reference}</Link>.
        </p>
      ) : null}
      <p>
        To book again for this patient, <Link href="/calls/new">start a new call</Link>.
      </p>
    </>
  );
}
