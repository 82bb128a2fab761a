import type { Fault } from '@/lib/fhir/shared/route';
import { optionalCode, readTimes, requiredCode, requiredInstant, within, wrong, type Place } from '@/lib/fhir/stu3/place';
import { readPeople, type People } from '@/lib/fhir/stu3/registry-participants-in';
import { readPointer } from '@/lib/fhir/stu3/registry-pointer';
import { parseEntry, type SentEntry } from '@/lib/fhir/stu3/registry-schema';
import { CONFIDENTIALITY } from '@/lib/fhir/stu3/registry-systems';
import { unsoundIn } from '@/lib/fhir/stu3/unsound';
import { ok, refuse, type Result } from '@/lib/platform/result';
import type { Registration } from '@/lib/registry/api-entry.schema';

/** `root` is that of the registry. */
type Reading = { now: Date; root: string };

/** An entry as a body tells it, besides its status. */
export type ReadEntry = Omit<Registration, keyof People> & People;

const STATUSES = ['booked', 'proposed', 'pending', 'arrived', 'fulfilled', 'cancelled', 'noshow', 'entered-in-error'] as const;

/** From unrestricted to very restricted: the last two seal. */
const CONFIDENTIALITIES = ['U', 'L', 'M', 'N', 'R', 'V'] as const;
const SEALS: readonly string[] = ['R', 'V'];

/**
 * All that an Appointment of FHIR STU3 has and an entry has not: most of it tells why somebody is seen, and a pointer needs none of it (B-911).
 * Source: FHIR 3.0.1.
 */
const KEPT_OUT = [
  ...['implicitRules', 'language', 'text', 'contained', 'serviceCategory', 'serviceType', 'specialty', 'appointmentType', 'reason', 'indication', 'priority'],
  ...['description', 'supportingInformation', 'minutesDuration', 'slot', 'comment', 'incomingReferral', 'requestedPeriod'],
];

/**
 * The body of a registration as what is to be registered (B-910 to B-913, B-915), as of `now`.
 *
 * Refuses with 400 when the body is no Appointment in FHIR's structure; else with 422 and every fault of the body, one issue each, with its
 * FHIRPath (B-423): also each element that an entry does not have, instead of dropping it in silence.
 */
export function toRegistration(body: unknown, reading: Reading): Result<Registration, Fault> {
  const parsed = parseEntry(body);
  if (!parsed.ok) return parsed;

  const sent = parsed.value;
  const place: Place = { path: 'Appointment', faults: unsoundIn('Appointment', body) };
  if (sent.id !== undefined) keptOut(within(place, 'id'));
  const status = requiredCode(within(place, 'status'), { sent: sent.status, codes: STATUSES });
  if (status && status !== 'booked') wrong(within(place, 'status'), { says: 'Only what is booked can be registered: status must be booked', code: 'business-rule' });
  const entry = readEntry(place, { sent, ...reading });
  if (!entry || place.faults.length > 0) return refuse({ status: 422, issues: place.faults });
  const { url, startsAt, endsAt, createdAt, patient, traits, service, place: where, holderCode, isSealed } = entry;
  return ok({ url, startsAt, endsAt, createdAt, patient, traits, service, place: where, holderCode, isSealed });
}

/** What a body says of an entry, besides its id and status; null when a part of it is missing or wrong. Every fault is reported. */
export function readEntry(place: Place, { sent, ...reading }: Reading & { sent: SentEntry }): ReadEntry | null {
  for (const name of KEPT_OUT) if (isThere(sent[name])) keptOut(within(place, name));
  const url = readPointer(place, sent);
  const times = readTimes(place, sent);
  const createdAt = requiredInstant(within(place, 'created'), sent.created);
  const isSealed = readSeal(place, sent);
  const people = readPeople(place, { sent, ...reading });
  return url && times && createdAt && people ? { url, ...times, createdAt, isSealed, ...people } : null;
}

/** Whether the sender has the entry sealed. A label that is not understood is reported: it may ask for more than is done. */
function readSeal(place: Place, { meta }: SentEntry): boolean {
  const codes = (meta?.security ?? []).map(({ system, code }, index) => {
    const at = within(place, `meta.security[${index}]`);
    if (system === CONFIDENTIALITY) return optionalCode(within(at, 'code'), { sent: code ?? '', codes: CONFIDENTIALITIES });
    return wrong(within(at, 'system'), { says: `The registry understands labels of ${CONFIDENTIALITY} alone`, code: 'business-rule' });
  });
  return codes.some((code) => code !== null && SEALS.includes(code));
}

function keptOut(at: Place): void {
  wrong(at, { says: `${at.path.slice(at.path.lastIndexOf('.') + 1)} is not kept in the registry: leave it out`, code: 'business-rule' });
}

function isThere(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== null && value !== '';
}
