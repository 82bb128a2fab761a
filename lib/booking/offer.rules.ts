import type { CallState } from '@/lib/booking/schema';
import type { RefusalOf, SuitabilityCheck } from '@/lib/platform/errors';
import { ok, refuse, type Result } from '@/lib/platform/result';

type CallNow = { state: CallState; endedAt: Date | null; handler: { id: string; name: string } };
type PersonNow = { isDeceased: boolean };
type ServiceNow = { name: string; isRefusing: boolean; isBookable: boolean; unsuitable: SuitabilityCheck | null };

/** May this person act in the call? Only its present handler: a colleague takes it over first. Source: docs/rules.md#calls. */
export function decideHandler({ handler }: CallNow, actorId: string): Result<null, RefusalOf<'call-with-colleague'>> {
  return handler.id === actorId ? ok(null) : refuse({ code: 'call-with-colleague', handlerName: handler.name });
}

/** Is the call open, or booked? One that ended with a referral or without a service books nothing more. Source: docs/rules.md#calls. */
export function decideNotEnded({ state, endedAt }: CallNow): Result<null, RefusalOf<'call-ended'>> {
  return (state === 'referred' || state === 'closed') && endedAt ? refuse({ code: 'call-ended', state, endedAt }) : ok(null);
}

/** May anything be booked for this patient? Not when marked as deceased. Source: docs/rules.md#calls. */
export function decidePatient({ isDeceased }: PersonNow): Result<null, RefusalOf<'patient-deceased'>> {
  return isDeceased ? refuse({ code: 'patient-deceased' }) : ok(null);
}

/**
 * Does the service take bookings, of this organisation, and this patient and need? `organisation` is its name.
 * Source: docs/rules.md#suitability, from D-009 to D-018 and B-114.
 */
export function decideService(service: ServiceNow, organisation: string): Result<null, RefusalOf<'organisation-refused' | 'service-not-bookable' | 'service-not-suitable'>> {
  if (service.isRefusing) return refuse({ code: 'organisation-refused', serviceName: service.name, organisation, what: 'book' });
  if (!service.isBookable) return refuse({ code: 'service-not-bookable', serviceName: service.name });
  return service.unsuitable ? refuse({ code: 'service-not-suitable', serviceName: service.name, check: service.unsuitable }) : ok(null);
}
