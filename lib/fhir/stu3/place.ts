import type { Issue, IssueCode, SpineCode } from '@/lib/fhir/shared/route';
import { parseLocalDate } from '@/lib/platform/time';

/** One place in a body, by its FHIRPath, and the list that the faults of the whole body go to: all of them are reported (B-423). */
export type Place = { path: string; faults: Issue[] };

/** The longest short text that is kept: a name, a line of an address, a number. */
const MAX_TEXT = 255;
const INSTANT = /^(\d{4}-\d{2}-\d{2})T((?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d)(?:\.(\d{1,9}))?(Z|[+-](?:0\d|1[0-4]):[0-5]\d)?$/;

/** The place of an element, such as `status` or `contact[1].name`, in this one. */
export function within({ path, faults }: Place, element: string): Place {
  return { path: `${path}.${element}`, faults };
}

/** Reports what is wrong here: 422, `value` unless said otherwise. Nothing that was sent is repeated (B-813). */
export function wrong({ path, faults }: Place, { says, code = 'value', details = 'INVALID_RESOURCE' }: { says: string; code?: IssueCode; details?: SpineCode }): null {
  faults.push({ severity: 'error', code, details, diagnostics: says, expression: path });
  return null;
}

/** Reports that a required element is not here (B-405, B-833). */
export function missing(place: Place): null {
  return wrong(place, { says: `${lastStep(place.path)} is required`, code: 'required' });
}

/** A text that must be here, trimmed, of at most 255 characters; null, reported, when it is missing, blank or longer. */
export function requiredText(place: Place, sent: string | undefined): string | null {
  return sent?.trim() ? optionalText(place, sent) : missing(place);
}

/** A text that may be here, trimmed, of at most 255 characters; null when it is missing or blank, or, reported, when it is longer. */
export function optionalText(place: Place, sent: string | undefined): string | null {
  const text = sent?.trim() ?? '';
  if (text.length > MAX_TEXT) return wrong(place, { says: `${lastStep(place.path)} must have ${MAX_TEXT} characters or fewer` });
  return text || null;
}

/** The texts of an element that repeats: blank ones are left out, longer ones reported. */
export function textsOf(place: Place, sent: readonly string[] | undefined): string[] {
  return (sent ?? []).flatMap((text, index) => optionalText({ ...place, path: `${place.path}[${index}]` }, text) ?? []);
}

/** One of these codes, or null, reported, when it is missing or another (B-406). */
export function requiredCode<Code extends string>(place: Place, given: { sent: string | undefined; codes: readonly Code[] }): Code | null {
  return given.sent?.trim() ? optionalCode(place, given) : missing(place);
}

/** One of these codes, or null: missing, or, reported, another. */
export function optionalCode<Code extends string>(place: Place, { sent, codes }: { sent: string | undefined; codes: readonly Code[] }): Code | null {
  if (sent === undefined) return null;
  return codes.find((code) => code === sent) ?? wrong(place, { says: `${lastStep(place.path)} must be one of ${codes.join(', ')}`, code: 'code-invalid' });
}

/** An instant that must be here, to the millisecond; any offset, but not none (B-072, B-073). */
export function requiredInstant(place: Place, sent: string | undefined): Date | null {
  return sent ? optionalInstant(place, sent) : missing(place);
}

/** An instant that may be here; null when it is missing, or, reported, when it is none. */
export function optionalInstant(place: Place, sent: string | undefined): Date | null {
  if (sent === undefined) return null;
  const read = readInstant(sent);
  if (read === 'no-offset') return wrong(place, { says: `${lastStep(place.path)} has no offset: write it like 2027-03-03T14:00:00+00:00` });
  return read ?? wrong(place, { says: `${lastStep(place.path)} is not an instant like 2027-03-03T14:00:00+00:00` });
}

/** `start` and `end` of an appointment, which is half-open and not empty; null, reported, when one is missing or wrong. */
export function readTimes(place: Place, sent: { start?: string | undefined; end?: string | undefined }): { startsAt: Date; endsAt: Date } | null {
  const startsAt = requiredInstant(within(place, 'start'), sent.start);
  const endsAt = requiredInstant(within(place, 'end'), sent.end);
  if (!startsAt || !endsAt) return null;
  return startsAt < endsAt ? { startsAt, endsAt } : wrong(within(place, 'end'), { says: 'end must be after start' });
}

/** The instant of a text such as `2027-03-03T14:00:00.000+00:00`; null when it is none, and by itself what only lacks its offset. */
export function readInstant(text: string): Date | 'no-offset' | null {
  const [, date, time, fraction = '', offset] = INSTANT.exec(text) ?? [];
  if (!date || !time || !parseLocalDate(date)) return null;
  // A clock of JavaScript counts milliseconds: what is finer is cut off.
  const at = new Date(`${date}T${time}.${fraction.slice(0, 3).padEnd(3, '0')}${offset ?? 'Z'}`);
  // An offset may lead out of the years that FHIR can write.
  if (!/^[1-9]\d{3}-/.test(at.toISOString())) return null;
  return offset ? at : 'no-offset';
}

// The element that a path ends with, without its number.
function lastStep(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1).replace(/\[\d+\]$/, '');
}
