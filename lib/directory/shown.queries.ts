import { capacityAt } from '@/lib/directory/capacity.rules';
import { freeSlots } from '@/lib/directory/count.queries';
import { openState, type Calendar } from '@/lib/directory/opening.rules';
import { patternFrom, type HoursRow, type SpecifiedRow } from '@/lib/directory/pattern.rules';
import { latestCapacity } from '@/lib/directory/pipeline.queries';
import { miles } from '@/lib/directory/rank.rules';
import type { SearchRequest, ServiceRow } from '@/lib/directory/schema';
import { db } from '@/lib/platform/db';

/** A service that was chosen, with what only the search knows of it. */
export type Chosen = { id: string; metres: number; mark: ServiceRow['mark'] };

/** What of a search decides how its services are shown. */
type ShownSearch = {
  request: SearchRequest;
  now: Date;
  /** The days in which opening is shown. */
  shown: Calendar;
};

type ShownRow = Omit<ServiceRow, 'distanceMiles' | 'mark' | 'open' | 'capacity'> & {
  colour: string | null;
  resetsAt: Date | null;
  isOpenAllHours: boolean;
  hours: HoursRow[] | null;
  specified: SpecifiedRow[] | null;
};

/** The rows of a search answer, in the order of `chosen`: capacity, opening and free slots as they are now. */
export async function showServices(chosen: readonly Chosen[], search: ShownSearch): Promise<readonly ServiceRow[]> {
  const ids = chosen.map(({ id }) => id);
  const rows = ids.length === 0 ? [] : await rowsFor(ids, search);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return chosen.flatMap((one) => {
    const row = byId.get(one.id);
    return row ? [toServiceRow(row, one, search)] : [];
  });
}

async function rowsFor(ids: readonly string[], { request, now, shown }: ShownSearch): Promise<ShownRow[]> {
  const dates = shown.map(({ date }) => date);
  // Raw, a hot path: counting in the partial index of free slots, for the few services shown only.
  return db.$queryRaw<ShownRow[]>`
    SELECT s.id, s.dos_id AS "dosId", s.name, s.type_id AS "typeId", t.name AS "typeName", s.address, s.postcode, s.icb_code AS "icbCode",
      s.is_bookable AS "isBookable", s.is_booking_only AS "isBookingOnly", s.public_phone AS "publicPhone", s.staff_phone AS "staffPhone",
      s.handler_instructions AS "handlerInstructions", s.patient_information AS "patientInformation", s.access_needs AS "accessNeeds", s.is_open_all_hours AS "isOpenAllHours",
      c.colour, c.note AS "capacityNote", c.resets_at AS "resetsAt",
      f.free AS "freeInTime", f.earliest AS "earliestInTime", a.starts_at AS "earliestAfter", h.hours, x.specified
    FROM service s
    JOIN service_type t ON t.id = s.type_id
    LEFT JOIN LATERAL (${latestCapacity(now)}) c ON true
    ${freeSlots(request)}
    CROSS JOIN LATERAL (
      SELECT jsonb_agg(jsonb_build_array(o.day, o.from_minute, o.to_minute)) AS hours
      FROM opening o
      WHERE o.service_id = s.id
    ) h
    CROSS JOIN LATERAL (
      SELECT jsonb_agg(jsonb_build_array(e.date, e.from_minute, e.to_minute)) AS specified
      FROM opening_exception e
      WHERE e.service_id = s.id AND e.date = ANY (${dates}::date[])
    ) x
    WHERE s.id = ANY (${ids}::uuid[])`;
}

function toServiceRow({ colour, resetsAt, capacityNote, isOpenAllHours, hours, specified, staffPhone, ...row }: ShownRow, { metres, mark }: Chosen, { request, shown }: ShownSearch): ServiceRow {
  const capacity = capacityAt(colour === null ? null : { colour, resetsAt }, request.at);
  return {
    ...row,
    mark,
    distanceMiles: miles(metres),
    capacity,
    // A note goes with the state that it explains, and ends with it.
    capacityNote: capacity === 'High' ? null : capacityNote,
    open: openState(patternFrom({ isOpenAllHours, hours, specified }), request.at, shown),
    staffPhone: request.role === 'clinician' ? staffPhone : null,
  };
}
