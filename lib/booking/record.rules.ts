import type { CallEvent } from '@/lib/booking/record.schema';

/** Ids that the events of a record name, to be told in words; each once. */
export type NamedIds = { services: string[]; slots: string[]; appointments: string[]; staff: string[]; rejectReasons: number[] };

/**
 * Who did each event of a record, in its order: whoever is written down in it, otherwise whoever had the call by then.
 * `handlerId` has the call now; the first to have it is the one who first handed it over.
 */
export function actorsOf(events: readonly (CallEvent | null)[], handlerId: string): { actorId: string; isHandler: boolean }[] {
  let handler = events.find((event) => event?.kind === 'handed-over')?.from ?? handlerId;
  return events.map((event) => {
    const actorId = (event && 'by' in event ? event.by : undefined) ?? handler;
    const isHandler = actorId === handler;
    if (event?.kind === 'handed-over') handler = event.to;
    return { actorId, isHandler };
  });
}

/** What of a record must be looked up to be told in words. */
export function idsIn(events: readonly (CallEvent | null)[]): NamedIds {
  const named = events.flatMap((event) => (event ? [idsOf(event)] : []));
  return {
    services: once(named.flatMap(({ services = [] }) => services)),
    slots: once(named.flatMap(({ slots = [] }) => slots)),
    appointments: once(named.flatMap(({ appointments = [] }) => appointments)),
    staff: once(named.flatMap(({ staff = [] }) => staff)),
    rejectReasons: once(named.flatMap(({ rejectReasons = [] }) => rejectReasons)),
  };
}

function idsOf(event: CallEvent): Partial<NamedIds> {
  const staff = 'by' in event && event.by ? [event.by] : [];
  switch (event.kind) {
    case 'opened':
      return { appointments: event.movesId ? [event.movesId] : [] };
    case 'services-shown':
      return { services: event.services.map(({ id }) => id) };
    case 'services-skipped':
      return { services: [event.serviceId, ...Object.keys(event.reasons)], rejectReasons: Object.values(event.reasons), staff };
    case 'slot-held':
      return { slots: [event.slotId, event.released, event.insteadOf].flatMap((id) => id ?? []), staff };
    case 'slot-hold-extended':
    case 'slot-let-go':
    case 'approval-asked':
    case 'approval-answered':
      return { slots: [event.slotId], staff };
    case 'hold-refused':
    case 'booking-refused':
    case 'move-refused':
      return { slots: event.slotId ? [event.slotId] : [], staff };
    case 'booked':
      return { appointments: [event.appointmentId, event.replaces].flatMap((id) => id ?? []), staff: [...staff, ...(event.approvedBy ? [event.approvedBy] : [])] };
    case 'moved':
      return { appointments: [event.appointmentId, event.replacedBy], staff };
    case 'cancelled':
    case 'amended':
    case 'entered-in-error':
      return { appointments: [event.appointmentId], staff };
    case 'handed-over':
      return { staff: [event.from, event.to, ...staff] };
    case 'referred':
      return { services: [event.serviceId], staff };
    case 'read-back':
    case 'contacts-set':
    case 'closed':
      return { staff };
  }
}

function once<Id>(ids: readonly Id[]): Id[] {
  return [...new Set(ids)];
}
