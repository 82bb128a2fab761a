import { actorWords } from '@/components/booking/booker-words';
import { dayAndTime } from '@/components/layout/refusals/words';
import type { Appointment, AppointmentLink, AppointmentVersion } from '@/lib/booking/appointment.schema';
import { whenWords } from '@/lib/platform/time-words';

type Told = Pick<Appointment, 'versions' | 'cancelled' | 'inError' | 'replaces' | 'replacedBy'>;

/** A change in words: what became of the appointment, when and by whom, and why where that was said. */
export type HistoryEntry = { version: number; what: string; when: string; why: string | null };

/** What happened to an appointment, latest first. */
export function historyOf(appointment: Told, now: Date): readonly HistoryEntry[] {
  return appointment.versions
    .map((version, index, all) => ({
      version: version.version,
      ...change(appointment, { version, before: all[index - 1], now }),
      when: `${dayAndTime(version.at, now)} by ${actorWords(version)}`,
    }))
    .toReversed();
}

/** `10:30 at Test UTC` today, `Tue 24 Nov 10:30 at Test UTC` on another day; of a sealed one the time alone. */
export function linkWords(link: AppointmentLink, now: Date): string {
  const when = whenWords(link.startsAt, now);
  return link.isOpen ? `${when} at ${link.serviceName}` : when;
}

type Change = { version: AppointmentVersion; before: AppointmentVersion | undefined; now: Date };

function change({ cancelled, inError, replaces, replacedBy }: Told, { version, before, now }: Change): Pick<HistoryEntry, 'what' | 'why'> {
  if (!before) return { what: replaces ? `Booked instead of ${replaces.isOpen ? replaces.reference : 'a sealed appointment'}` : 'Booked', why: null };
  if (before.status === version.status) return { what: `Reason changed from “${before.reason}” to “${version.reason}”`, why: null };
  if (version.status === 'booked') return { what: 'Attendance undone: booked again', why: null };
  if (before.status === 'fulfilled' && version.status === 'arrived') return { what: 'Attendance undone: arrived, not seen yet', why: null };
  switch (version.status) {
    case 'cancelled':
      return { what: 'Cancelled', why: cancelled ? [cancelled.reason, cancelled.text].filter(Boolean).join(': ') : null };
    case 'moved':
      return { what: replacedBy ? `Moved to ${linkWords(replacedBy, now)},` : 'Moved', why: null };
    case 'entered-in-error':
      return { what: 'Marked as entered in error', why: inError?.text ?? null };
    case 'noshow':
      return { what: 'Marked as not attended', why: null };
    default:
      return { what: `Marked as ${version.status === 'fulfilled' ? 'attended' : version.status}`, why: null };
  }
}
