import { missing, within, wrong, type Place } from '@/lib/fhir/stu3/place';
import type { SentEntry } from '@/lib/fhir/stu3/registry-schema';
import { bookingRoot, POINTER_SYSTEM } from '@/lib/fhir/stu3/registry-systems';
import type { EntryPointer } from '@/lib/registry/schema';

const MAX_URL = 1_000;
const VERSION = /\/_history(\/.*)?$/;

/** The address of the appointment that an entry points to; `root` is that of the registry. One that Onward holds is read at the booking API. */
export function pointerUrl(root: string, pointer: EntryPointer): string {
  return pointer.at === 'elsewhere' ? pointer.url : `${bookingRoot(root)}/Appointment/${pointer.appointmentId}`;
}

/** The pointer that an address is, without its version; null when it is neither of this server nor an absolute https URL. It is never fetched (B-928). */
export function pointerIn(root: string, address: string): EntryPointer | null {
  const url = URL.canParse(address) ? new URL(address.replace(VERSION, '')) : null;
  const own = `${bookingRoot(root)}/Appointment/`;
  if (url?.href.startsWith(own)) return { at: 'onward', appointmentId: url.href.slice(own.length).toLowerCase() };
  return url?.protocol === 'https:' ? { at: 'elsewhere', url: url.href } : null;
}

/**
 * The pointer of a body (B-910, B-912): the one identifier, an absolute https URL without a version, a user or a fragment, in its plain spelling, so that
 * one appointment has one pointer. Null, reported, when it is missing, another or more than one. It is never fetched (B-928).
 */
export function readPointer(place: Place, { identifier = [] }: SentEntry): string | null {
  const [first] = identifier;
  if (!first) return missing(within(place, 'identifier'));
  if (identifier.length > 1) wrong(within(place, 'identifier[1]'), { says: 'An entry has one identifier, its pointer', code: 'business-rule' });

  const at = within(place, 'identifier[0]');
  if (!first.system) return missing(within(at, 'system'));
  if (first.system !== POINTER_SYSTEM) return wrong(within(at, 'system'), { says: `The identifier is the pointer to the appointment, of the system ${POINTER_SYSTEM}` });
  return first.value ? readUrl(within(at, 'value'), first.value) : missing(within(at, 'value'));
}

function readUrl(at: Place, sent: string): string | null {
  if (sent.length > MAX_URL) return wrong(at, { says: `The pointer must have ${MAX_URL} characters or fewer` });
  const url = URL.canParse(sent) ? new URL(sent) : null;
  if (url?.protocol !== 'https:') return wrong(at, { says: 'The pointer must be an absolute https URL' });
  if (url.username || url.password) return wrong(at, { says: 'The pointer must not have a user or a password' });
  if (VERSION.test(url.pathname)) return wrong(at, { says: 'The pointer must not name a version: leave /_history/ out' });
  return url.href === sent && !url.hash ? sent : wrong(at, { says: 'The pointer must be written plainly: scheme and host in small letters, no port that goes without saying, no fragment, signs encoded' });
}
