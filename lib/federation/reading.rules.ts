import { z } from 'zod';
import type { Answer } from '@/lib/federation/fetch.queries';
import { formatsOf } from '@/lib/fhir/shared/format';
import { bodyFormat } from '@/lib/fhir/shared/negotiate';
import { STU3_ELEMENTS } from '@/lib/fhir/stu3/elements';
import { readInstant } from '@/lib/fhir/stu3/place';
import { statusOfCode } from '@/lib/registry/reconcile.rules';
import type { SourceReading } from '@/lib/registry/source.schema';

const FORMATS = formatsOf(STU3_ELEMENTS);
const UNREADABLE = { found: 'nothing', why: 'unreadable' } as const;

// What else the other system sends is its own: it is not looked at, and so cannot be wrong.
const sent = z.object({ resourceType: z.literal('Appointment'), id: z.string(), status: z.string(), start: z.string(), end: z.string() });

/**
 * What the answer to the read of the appointment `id` says: the appointment (200), gone (404, 410), refused (401, 403), unreachable (408, 429, 5xx, with as long
 * as it asks to be left alone), or unreadable: a redirect, another resource or another id, no FHIR in JSON or XML, a status or time that an appointment cannot have.
 */
export function readingOf(answer: Answer, id: string): SourceReading {
  const { status } = answer;
  if (status === 200) return appointmentIn(answer, id);
  if (status === 404 || status === 410) return { found: 'nothing', why: 'gone' };
  if (status === 401 || status === 403) return { found: 'nothing', why: 'refused' };
  if (status >= 500 || status === 408 || status === 429) return { found: 'nothing', why: 'unreachable', retrySeconds: retrySecondsOf(answer) };
  return UNREADABLE;
}

/** For how many seconds a source asks to be left alone, by its `Retry-After`: seconds, or a moment by the source's own clock. Null: it does not say. */
export function retrySecondsOf({ retryAfter, date }: Pick<Answer, 'retryAfter' | 'date'>): number | null {
  if (retryAfter === null) return null;
  if (/^\d{1,9}$/.test(retryAfter)) return Number(retryAfter);
  const seconds = (Date.parse(retryAfter) - Date.parse(date ?? '')) / 1_000;
  return Number.isNaN(seconds) ? null : Math.max(0, seconds);
}

function appointmentIn({ contentType, text }: Answer, id: string): SourceReading {
  const format = bodyFormat(contentType);
  if (text === null || !format.ok) return UNREADABLE;
  const body = FORMATS.read(text, format.value);
  const appointment = sent.safeParse(body.ok ? body.value : null);
  if (!appointment.success || appointment.data.id !== id) return UNREADABLE;

  const [startsAt, endsAt] = [readInstant(appointment.data.start), readInstant(appointment.data.end)];
  // The standard's pages write entered-in-error with spaces (B-298).
  const status = statusOfCode(appointment.data.status.replaceAll(' ', '-'));
  // Without an offset a time may be meant by London's clocks or by UTC's: nobody knows (B-073).
  if (!status || !(startsAt instanceof Date) || !(endsAt instanceof Date) || startsAt >= endsAt) return UNREADABLE;
  return { found: 'appointment', status, startsAt, endsAt };
}
