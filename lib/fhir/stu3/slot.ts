import type { Extension, Slot } from 'fhir/r3';
import type { ApiSlot } from '@/lib/booking/api-slots.schema';
import { instant } from '@/lib/fhir/shared/bundle';
import { UUID_SYSTEM } from '@/lib/fhir/stu3/appointment-systems';
import { headingOf } from '@/lib/fhir/stu3/heading';

const DELIVERY_CHANNEL = 'https://fhir.nhs.uk/STU3/StructureDefinition/Extension-GPConnect-DeliveryChannel-2';
const CHANNELS = new Map<string, Extension[]>([
  ['in-person', [{ url: DELIVERY_CHANNEL, valueCode: 'In-person' }]],
  ['telephone', [{ url: DELIVERY_CHANNEL, valueCode: 'Telephone' }]],
  ['video', [{ url: DELIVERY_CHANNEL, valueCode: 'Video' }]],
]);

/**
 * A slot (B-211 to B-216). `channel`: that of its diary; not stated, it is left out: a default would be a guess (U-049). An answer has hundreds of
 * them: hence no more objects than it takes.
 */
export function slotResource(slot: ApiSlot, channel: string | null): Slot {
  const extension = channel === null ? undefined : CHANNELS.get(channel);
  const { resourceType, id, meta } = headingOf('Slot', slot.id);
  const said: Omit<Slot, 'schedule' | 'status' | 'start' | 'end'> = extension ? { resourceType, id, meta, extension } : { resourceType, id, meta };
  const own: Pick<Slot, 'identifier' | 'schedule' | 'status' | 'start' | 'end'> = {
    identifier: [{ system: UUID_SYSTEM, value: id }],
    schedule: { reference: `Schedule/${slot.scheduleId}` },
    status: slot.isFree ? 'free' : 'busy',
    start: instant(new Date(slot.startsAtMs)),
    end: instant(new Date(slot.endsAtMs)),
  };
  return Object.assign(said, own);
}
