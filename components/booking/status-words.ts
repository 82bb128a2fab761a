import type { TagTone } from '@/components/ui/tag';
import type { AppointmentStatus } from '@/lib/booking/schema';

/** Each status of an appointment in the words and the colour of its tag. */
export const STATUSES: Record<AppointmentStatus, { words: string; tone: TagTone }> = {
  booked: { words: 'Booked', tone: 'green' },
  arrived: { words: 'Arrived', tone: 'blue' },
  fulfilled: { words: 'Attended', tone: 'grey' },
  noshow: { words: 'Did not attend', tone: 'red' },
  cancelled: { words: 'Cancelled', tone: 'grey' },
  moved: { words: 'Moved', tone: 'grey' },
  'entered-in-error': { words: 'Entered in error', tone: 'grey' },
};
