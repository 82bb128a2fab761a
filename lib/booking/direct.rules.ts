import type { DirectBooking } from '@/lib/booking/direct.schema';
import { CHANGES, decideOffered, type AppointmentNow, type ChangeMethod, type SlotNow } from '@/lib/booking/rules';
import type { RefusalOf } from '@/lib/platform/errors';
import { ok, refuse, type Result } from '@/lib/platform/result';

/** What decides about a slot that another system wants, and about who asks. */
type Offered = {
  slot: SlotNow & { scheduleId: string; endsAt: Date };
  service: { dosId: string; name: string; isBookable: boolean; refusesFrom: readonly string[] };
};
/** The slot as it was described, and the times that are wanted. */
type Wanted = Pick<DirectBooking, 'slot' | 'startsAt' | 'endsAt'>;
type Asker = { organisation: { code: string }; services: { book: readonly string[]; cancel: readonly string[] } };

type BookingRefusal = RefusalOf<
  | 'organisation-refused'
  | 'slot-differs'
  | 'times-outside-slot'
  | 'slot-in-past'
  | 'slot-taken'
  | 'slot-held'
  | 'slot-withdrawn'
  | 'service-not-bookable'
  | 'slot-notice-passed'
  | 'slot-kept-back'
  | 'slot-not-open-yet'
>;
type ChangeRefusal = RefusalOf<'appointment-changed' | 'appointment-already-cancelled' | 'appointment-cannot-become' | 'appointment-in-past'>;

/** Other systems look for another slot themselves. */
const NO_ALTERNATIVES = { here: [], elsewhere: null, held: null } as const;

const EVERY_SERVICE = '*';

/**
 * May this system book this slot now, as it describes it? The first refusal that applies is told, in the order of B-409 to B-413: whether the
 * organisation may, whether the slot is the one meant, its time, whether it is free, and last the rules of every door. Age, gender and
 * disposition are not looked at: the directory by which the other system found the service has decided about them (U-019, XU-09).
 */
export function decideDirect({ slot, service }: Offered, { asker, request }: { asker: Asker; request: Wanted }, now: Date): Result<null, BookingRefusal> {
  const { startsAt, endsAt } = slot;
  if (!mayBook(service, asker)) return refuse({ code: 'organisation-refused', serviceName: service.name, organisation: asker.organisation.code, what: 'book' });
  const elements = differences(slot, request.slot);
  if (elements.length > 0) return refuse({ code: 'slot-differs', elements });
  // The samples of the standard book the first minutes of a slot: it is used up all the same.
  const isWithin = same(request.startsAt, startsAt) && request.endsAt > startsAt && request.endsAt <= endsAt;
  if (!isWithin) return refuse({ code: 'times-outside-slot', startsAt, endsAt });
  if (startsAt <= now) return refuse({ code: 'slot-in-past', startsAt });
  return decideFree({ slot, service }, now);
}

/**
 * May this organisation change appointments at this service? Its registration and the service must let it; its own bookings it may always
 * change, as far as its registration goes (B-604, U-106). Whether the service lets only the booker cancel is for `decideBooker`.
 */
export function decideChanger(
  { service, bookedByCode }: { service: { dosId: string; name: string; refusesFrom: readonly string[] }; bookedByCode: string },
  { organisation, services }: Asker,
): Result<null, RefusalOf<'organisation-refused'>> {
  const isRefused = service.refusesFrom.includes(organisation.code) && bookedByCode !== organisation.code;
  if (isAmong(services.cancel, service.dosId) && !isRefused) return ok(null);
  return refuse({ code: 'organisation-refused', serviceName: service.name, organisation: organisation.code, what: 'cancel' });
}

/**
 * May this be done now to the appointment that another system read, in the version that it read? In the order of B-605, B-607 and B-608,
 * which also hold for entering in error (B-611); an appointment has begun at `startsAt`, inclusive.
 */
export function decideDirectChange({ status, startsAt, version, releasedAt }: AppointmentNow, seen: { method: ChangeMethod; version: number }, now: Date): Result<null, ChangeRefusal> {
  if (version !== seen.version) return refuse({ code: 'appointment-changed', version });
  if (status === 'cancelled' && releasedAt) return refuse({ code: 'appointment-already-cancelled', at: releasedAt });
  if (status !== 'booked') return refuse({ code: 'appointment-cannot-become', status, wanted: CHANGES[seen.method].done });
  return startsAt <= now ? refuse({ code: 'appointment-in-past', startsAt }) : ok(null);
}

function decideFree({ slot, service }: Offered, now: Date): Result<null, BookingRefusal> {
  const { startsAt, status, heldUntil } = slot;
  if (status === 'busy') return refuse({ code: 'slot-taken', startsAt, alternatives: NO_ALTERNATIVES });
  if (heldUntil && heldUntil > now) return refuse({ code: 'slot-held', startsAt, freeAgainAt: heldUntil, alternatives: NO_ALTERNATIVES });
  if (status === 'withdrawn') return refuse({ code: 'slot-withdrawn', startsAt });
  return service.isBookable ? decideOffered(slot, now) : refuse({ code: 'service-not-bookable', serviceName: service.name });
}

function mayBook({ dosId, refusesFrom }: Offered['service'], { organisation, services }: Asker): boolean {
  return isAmong(services.book, dosId) && !refusesFrom.includes(organisation.code);
}

function isAmong(services: readonly string[], dosId: string): boolean {
  return services.includes(EVERY_SERVICE) || services.includes(dosId);
}

// What was not said differs from nothing.
function differences(slot: Offered['slot'], { scheduleId, startsAt, endsAt }: Wanted['slot']): ('schedule' | 'start' | 'end')[] {
  return [
    ...(scheduleId === null || slot.scheduleId === scheduleId.toLowerCase() ? [] : (['schedule'] as const)),
    ...(startsAt === null || same(slot.startsAt, startsAt) ? [] : (['start'] as const)),
    ...(endsAt === null || same(slot.endsAt, endsAt) ? [] : (['end'] as const)),
  ];
}

function same(one: Date, other: Date): boolean {
  return one.getTime() === other.getTime();
}
