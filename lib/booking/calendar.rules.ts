import type { Appointment } from '@/lib/booking/appointment.schema';
import { writtenLines } from '@/lib/booking/read-back.rules';

type Event = Pick<Appointment, 'id' | 'reference' | 'status' | 'version' | 'startsAt' | 'endsAt' | 'channel' | 'service' | 'bookedAt' | 'versions'>;

/** The longest line in bytes of UTF-8, without its end. Source: RFC 5545, 3.1. */
const MAX_BYTES = 75;

const ENDED: readonly Event['status'][] = ['cancelled', 'moved', 'entered-in-error'];

/**
 * The appointment as a calendar file, one event in UTC without the patient's name. A later version of the same appointment
 * replaces an earlier one in the calendar that has it; one that has ended before its time is taken out of it.
 * Source: RFC 5545.
 */
export function calendarText(appointment: Event): string {
  const { id, version, startsAt, endsAt, bookedAt, service } = appointment;
  const hasEnded = ENDED.includes(appointment.status);
  const written = writtenLines(appointment).map(({ words }) => words);
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Onward//Direct appointment booking//EN',
    'BEGIN:VEVENT',
    `UID:${id}@onward`,
    // Without a METHOD the stamp is that of the last change, so that the same version always makes the same file.
    `DTSTAMP:${utc(appointment.versions.at(-1)?.at ?? bookedAt)}`,
    `CREATED:${utc(bookedAt)}`,
    `SEQUENCE:${version}`,
    `STATUS:${hasEnded ? 'CANCELLED' : 'CONFIRMED'}`,
    'CLASS:PRIVATE',
    `DTSTART:${utc(startsAt)}`,
    `DTEND:${utc(endsAt)}`,
    `SUMMARY:${escaped(`${hasEnded ? 'No longer booked: ' : ''}NHS appointment at ${service.name}`)}`,
    `LOCATION:${escaped(place(appointment))}`,
    `DESCRIPTION:${escaped(hasEnded ? 'This appointment is no longer booked. If you need care, call 111.' : written.join('\n'))}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

function place({ channel, service }: Event): string {
  if (channel === 'telephone') return 'By telephone';
  if (channel === 'video') return 'By video';
  return `${service.name}, ${service.address}, ${service.postcode}`;
}

/** `20261124T103000Z`. */
function utc(instant: Date): string {
  return `${instant.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
}

function escaped(text: string): string {
  return text.replace(/[\\;,]/g, '\\$&').replace(/\r?\n/g, '\\n');
}

/** Each further line of a long one begins with a space, which counts; no sign is cut in two. */
function folded(line: string): string {
  const encoder = new TextEncoder();
  const lines: string[] = [];
  let rest = '';
  for (const sign of line) {
    if (encoder.encode(rest + sign).length > MAX_BYTES) {
      lines.push(rest);
      rest = ' ';
    }
    rest += sign;
  }
  return [...lines, rest].join('\r\n');
}
