import { Link } from '@/components/ui/link';
import { Notice } from '@/components/ui/notice';
import type { MovedAppointment } from '@/lib/booking/schema';
import { whenWords } from '@/lib/platform/time-words';

/** The next booking of this call replaces an appointment; until it is confirmed nothing changes (U-114). */
export function MovingNotice({ moves, now }: { moves: MovedAppointment; now: Date }) {
  return (
    <Notice tone="info" title={`You are moving ${moves.reference}: ${whenWords(moves.startsAt, now)} at ${moves.serviceName}`}>
      It stands until you confirm the new one.{' '}
      <Link href={`/appointments/${moves.id}`} data-command="Back to the appointment, and keep it">
        Back to the appointment, and keep it
      </Link>
    </Notice>
  );
}
