import type { DirectBooking } from '@/lib/booking/direct.schema';
import type { ContainedSlot } from '@/lib/fhir/stu3/appointment-schema';
import { UUID_SYSTEM } from '@/lib/fhir/stu3/appointment-systems';
import { missing, requiredCode, requiredInstant, within, wrong, type Place } from '@/lib/fhir/stu3/place';
import { targetOf } from '@/lib/fhir/stu3/references';
import { isId } from '@/lib/platform/id';

/**
 * The contained Slot as it was sent (B-280 to B-283), at its place; `root` is the service root. Its id is that of the identifier,
 * else its own id (B-281). Null when something is missing or wrong; every fault is reported at its element.
 */
export function readSlot(place: Place, { slot, root }: { slot: ContainedSlot; root: string }): DirectBooking['slot'] | null {
  const id = readSlotId(place, slot);
  const scheduleId = readSchedule(within(place, 'schedule.reference'), { sent: slot.schedule?.reference, root });
  requiredCode(within(place, 'status'), { sent: slot.status, codes: ['busy', 'free'] });
  const startsAt = requiredInstant(within(place, 'start'), slot.start);
  const endsAt = requiredInstant(within(place, 'end'), slot.end);
  if (startsAt && endsAt && startsAt >= endsAt) return wrong(within(place, 'end'), { says: 'end must be after start' });
  return id && scheduleId && startsAt && endsAt ? { id, scheduleId, startsAt, endsAt } : null;
}

function readSlotId(place: Place, { id, identifier: sent = [] }: ContainedSlot): string | null {
  const index = Math.max(0, sent.findIndex(({ system }) => system === UUID_SYSTEM));
  const identifier = sent[index];
  if (!identifier) return id && isId(id) ? id.toLowerCase() : missing(within(place, 'identifier'));

  const at = within(place, `identifier[${index}]`);
  if (identifier.system && identifier.system !== UUID_SYSTEM) return wrong(within(at, 'system'), { says: `The identifier of a slot must be of the system ${UUID_SYSTEM}` });
  if (!identifier.value) return missing(within(at, 'value'));
  return isId(identifier.value) ? identifier.value.toLowerCase() : wrong(within(at, 'value'), { says: 'The identifier of a slot must be a UUID' });
}

function readSchedule(at: Place, { sent, root }: { sent: string | undefined; root: string }): string | null {
  if (!sent) return missing(at);
  const target = targetOf(sent, root);
  if (target && 'type' in target && target.type === 'Schedule') return target.id.toLowerCase();
  return wrong(at, { says: 'The reference leads to no Schedule here', code: 'not-found', details: 'REFERENCE_NOT_FOUND' });
}
