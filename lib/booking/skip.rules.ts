import type { RejectReason, SkipInput } from '@/lib/booking/skip.schema';
import type { RefusalOf } from '@/lib/platform/errors';
import { ok, refuse, type Result } from '@/lib/platform/result';

/** A service as a call was last shown it, with the reason that was given for passing it over, if any. */
export type ShownService = {
  id: string;
  name: string;
  freeInTime: number;
  /** Null in records from before distances were kept. */
  distanceMiles: number | null;
  reasonId: number | null;
  comment: string | null;
};

const NO_APPOINTMENTS = 31;
const TOO_FAR = 42;
const FAR_MILES = 10;

/**
 * The services that are passed over by using this one: those shown above it (D-052). One that was not shown, found by its
 * name, passes over the first alone: a reason for each of dozens would say no more.
 */
export function passedOver(shown: readonly ShownService[], serviceId: string): readonly ShownService[] {
  const position = shown.findIndex(({ id }) => id === serviceId);
  return shown.slice(0, position === -1 ? 1 : position);
}

/**
 * The reason that the facts suggest: 31 when the service had no slot in time as it was shown (D-054); 42 when it is more
 * than 10 miles away and farther than the one that is used, which is Onward's own reading of "far"; else none.
 */
export function suggestedReason(service: ShownService, chosen: ShownService | null): number | null {
  if (service.freeInTime === 0) return NO_APPOINTMENTS;
  const [miles, chosenMiles] = [service.distanceMiles, chosen?.distanceMiles ?? null];
  return miles !== null && chosenMiles !== null && miles > FAR_MILES && miles > chosenMiles ? TOO_FAR : null;
}

type SkipCase = { passed: readonly ShownService[]; given: readonly SkipInput[]; reasons: readonly RejectReason[]; isClinician: boolean };
type SkipRefusal = RefusalOf<'skip-reason-needed' | 'skip-reason-invalid'>;

/**
 * Has every service that is passed over its reason? Yields the ones given now that say something new; reasons for services
 * that are not passed over count for nothing. A reason must be one of the directory's, with a comment where it asks for one,
 * and for clinicians alone where it says so. Source: D-052, D-053.
 */
export function decideSkips({ passed, given, reasons, isClinician }: SkipCase): Result<readonly SkipInput[], SkipRefusal> {
  const byService = new Map(given.map((skip) => [skip.serviceId, skip]));
  const fresh: SkipInput[] = [];
  for (const service of passed) {
    const skip = byService.get(service.id);
    if (!skip || isAlreadyGiven(skip, service)) continue;
    const fault = faultOf(skip, { reason: reasons.find(({ id }) => id === skip.reasonId), isClinician });
    if (fault) return refuse({ code: 'skip-reason-invalid', serviceName: service.name, ...fault });
    fresh.push(skip);
  }
  const missing = passed.filter(({ id, reasonId }) => reasonId === null && !byService.has(id));
  return missing.length === 0 ? ok(fresh) : refuse({ code: 'skip-reason-needed', services: missing.map(({ id, name }) => ({ id, name })) });
}

function isAlreadyGiven({ reasonId, comment }: SkipInput, before: ShownService): boolean {
  return reasonId === before.reasonId && comment === (before.comment ?? '');
}

function faultOf(skip: SkipInput, { reason, isClinician }: { reason: RejectReason | undefined; isClinician: boolean }): Pick<RefusalOf<'skip-reason-invalid'>, 'reason' | 'why'> | null {
  if (!reason) return { reason: String(skip.reasonId), why: 'unknown' };
  if (reason.clinicianOnly && !isClinician) return { reason: reason.text, why: 'clinicians-only' };
  return reason.requiresComment && skip.comment === '' ? { reason: reason.text, why: 'comment-needed' } : null;
}
