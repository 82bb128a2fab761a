import { capacityAt } from '@/lib/directory/capacity.rules';
import { openState, type Calendar } from '@/lib/directory/opening.rules';
import { patternFrom, type HoursRow, type SpecifiedRow } from '@/lib/directory/pattern.rules';
import { miles } from '@/lib/directory/rank.rules';
import type { ServiceRow } from '@/lib/directory/schema';
import { db } from '@/lib/platform/db';
import type { LocalDate } from '@/lib/platform/time-words';

/** A service that was chosen, with what only the search knows of it. */
export type Chosen = { id: string; metres: number; mark: ServiceRow['mark'] };

type ShownSearch = {
  chosen: readonly Chosen[];
  at: Date;
  now: Date;
  /** The last start that is in time. */
  inTimeUntil: Date;
  /** The days in which opening is shown. */
  calendar: Calendar;
  isForClinician: boolean;
};

type ShownRow = Omit<ServiceRow, 'distanceMiles' | 'mark' | 'open' | 'capacity'> & {
  colour: string | null;
  resetsAt: Date | null;
  isOpenAllHours: boolean;
  hours: HoursRow[] | null;
  specified: SpecifiedRow[] | null;
};

/** The rows of a search answer, in the order of `chosen`: capacity, opening and free slots as they are now. */
export async function showServices(search: ShownSearch): Promise<readonly ServiceRow[]> {
  const ids = search.chosen.map(({ id }) => id);
  const dates = search.calendar.map(({ date }) => date);
  const rows = ids.length === 0 ? [] : await rowsFor(ids, dates, search);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return search.chosen.flatMap((chosen) => {
    const row = byId.get(chosen.id);
    return row ? [toServiceRow(row, chosen, search)] : [];
  });
}

async function rowsFor(ids: readonly string[], dates: readonly LocalDate[], { at, now, inTimeUntil }: ShownSearch): Promise<ShownRow[]> {
  // Raw, a hot path: counting in the partial index of free slots, for the few services shown only.
  return db.$queryRaw<ShownRow[]>`
    SELECT s.id, s.dos_id AS "dosId", s.name, s.type_id AS "typeId", t.name AS "typeName", s.address, s.postcode, s.icb_code AS "icbCode",
      s.is_bookable AS "isBookable", s.is_booking_only AS "isBookingOnly", s.public_phone AS "publicPhone", s.staff_phone AS "staffPhone",
      s.handler_instructions AS "handlerInstructions", s.patient_information AS "patientInformation", s.is_open_all_hours AS "isOpenAllHours",
      c.colour, c.note AS "capacityNote", c.resets_at AS "resetsAt",
      f.free AS "freeInTime", f.earliest AS "earliestInTime", a.starts_at AS "earliestAfter", h.hours, x.specified
    FROM service s
    JOIN service_type t ON t.id = s.type_id
    LEFT JOIN LATERAL (
      SELECT l.colour, l.note, l.resets_at
      FROM capacity_state l
      WHERE l.service_id = s.id AND l.at <= ${now}::timestamptz
      ORDER BY l.at DESC, l.id DESC
      LIMIT 1
    ) c ON true
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS free, min(o.starts_at) AS earliest
      FROM slot o
      WHERE s.is_bookable AND o.service_id = s.id AND o.status = 'free'
        AND o.starts_at >= ${at}::timestamptz AND o.starts_at <= ${inTimeUntil}::timestamptz
        AND (o.held_until IS NULL OR o.held_until <= ${at}::timestamptz)
    ) f
    LEFT JOIN LATERAL (
      SELECT o.starts_at
      FROM slot o
      WHERE s.is_bookable AND f.free = 0 AND o.service_id = s.id AND o.status = 'free'
        AND o.starts_at >= ${at}::timestamptz AND o.starts_at > ${inTimeUntil}::timestamptz
        AND (o.held_until IS NULL OR o.held_until <= ${at}::timestamptz)
      ORDER BY o.starts_at
      LIMIT 1
    ) a ON true
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

function toServiceRow({ colour, resetsAt, capacityNote, isOpenAllHours, hours, specified, staffPhone, ...row }: ShownRow, { metres, mark }: Chosen, search: ShownSearch): ServiceRow {
  const capacity = capacityAt(colour === null ? null : { colour, resetsAt }, search.at);
  return {
    ...row,
    mark,
    distanceMiles: miles(metres),
    capacity,
    // A note goes with the state that it explains, and ends with it.
    capacityNote: capacity === 'High' ? null : capacityNote,
    open: openState(patternFrom({ isOpenAllHours, hours, specified }), search.at, search.calendar),
    staffPhone: search.isForClinician ? staffPhone : null,
  };
}
