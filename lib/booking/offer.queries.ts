import type { Ctx } from '@/lib/auth/actor';
import type { OfferLimits, SlotNow } from '@/lib/booking/rules';
import { ORIGINS, originsFrom, type OriginColumns } from '@/lib/booking/origins.queries';
import { callState, slotStatus, type CallState } from '@/lib/booking/schema';
import { suitabilitySql } from '@/lib/booking/suitability.queries';
import type { Origins } from '@/lib/crossborder/schema';
import type { Tx } from '@/lib/platform/db';
import type { SuitabilityCheck } from '@/lib/platform/errors';
import { isId } from '@/lib/platform/id';
import { fromDateColumn } from '@/lib/platform/time';
import type { LocalDate } from '@/lib/platform/time-words';

/** What a hold or a booking is decided on. */
export type Offer = {
  call: {
    id: string;
    state: CallState;
    endedAt: Date | null;
    /** Who has the call now: only they may hold and book in it. */
    handler: { id: string; name: string };
    /** Whether somebody can be rung first (U-144). */
    hasPrimaryContact: boolean;
    dueAt: Date | null;
    dispositionCode: string;
    disposition: { family: string; outsideTimeframeRule: string | null; timeframeMinutes: number | null };
    latitude: number;
    longitude: number;
    icbCode: string | null;
  };
  patient: {
    id: string;
    nhsNumber: string | null;
    familyName: string;
    birthDate: LocalDate;
    postcode: string;
    sex: string;
    isDeceased: boolean;
    isUnknown: boolean;
    /** Another one whenever the row was written since: every booking of a call writes it. */
    rowVersion: string;
  };
  /** What the commissioners are found from; of the service nothing when there is no such slot. */
  origins: Origins;
  /**
   * The appointment that a booking in this call replaces, booked and not begun: the call's own when it has led to one, else
   * the one that it was opened to move.
   */
  movesId: string | null;
  /** Null when there is no such slot. */
  slot: (SlotNow & { id: string; endsAt: Date; holdExtended: boolean; service: OfferedService }) | null;
};

/**
 * `isRefusing`: it takes no bookings from the actor's organisation. `unsuitable`: what in the service's profile the patient or the need does
 * not meet; null when all is met.
 */
type OfferedService = { id: string; dosId: string; name: string; typeId: number; isRefusing: boolean; isBookable: boolean; holdMinutes: number; unsuitable: SuitabilityCheck | null };

/** An offer of a slot that exists. */
export type SlotOffer = Offer & { slot: NonNullable<Offer['slot']> };

/** A call of the actor's own organisation with one slot and its service, as they are now; null when there is no such call. */
export async function offerFor(tx: Tx, ctx: Ctx, { callId, slotId }: { callId: string; slotId: string }): Promise<Offer | null> {
  if (!isId(callId)) return null;
  const askedSlot = isId(slotId) ? slotId : null;
  // Raw: the one read before the claim, on the path of every hold and booking.
  const [row] = await tx.$queryRaw<Row[]>`
    SELECT call.id AS "callId", call.state, call.ended_at AS "endedAt", call.handler_id AS "handlerId", handler.name AS "handlerName",
      EXISTS (SELECT FROM call_contact WHERE call_contact.call_id = call.id AND call_contact.rank = 1) AS "hasPrimaryContact",
      call.due_at AS "dueAt", call.disposition_code AS "dispositionCode",
      call.latitude, call.longitude, call.icb_code AS "icbCode",
      disposition.family, disposition.outside_timeframe_rule AS "outsideTimeframeRule", disposition.timeframe_minutes AS "timeframeMinutes",
      patient.id AS "patientId", patient.nhs_number AS "nhsNumber", patient.family_name AS "familyName",
      patient.birth_date AS "birthDate", patient.postcode, patient.sex,
      patient.deceased_on IS NOT NULL AS "isDeceased", patient.is_unknown AS "isUnknown", patient.xmin::text AS "rowVersion",
      ${ORIGINS.columns}, service.icb_code AS "serviceIcb", moved.id AS "movesId",
      slot.id AS "slotId", slot.status, slot.starts_at AS "startsAt", slot.ends_at AS "endsAt",
      slot.held_by_call AS "heldByCall", slot.held_until AS "heldUntil", slot.hold_extended AS "holdExtended",
      slot.kept_back_until AS "keptBackUntil", slot.offered_from AS "offeredFrom", slot.offered_until AS "offeredUntil",
      service.id AS "serviceId", service.dos_id AS "dosId", service.name AS "serviceName", service.type_id AS "typeId", service.hold_minutes AS "holdMinutes",
      ${ctx.actor.organisation.code} = ANY(service.refuses_from) AS "isRefusing",
      (service.is_bookable AND service.status = 'active') AS "isBookable", ${suitabilitySql(ctx)} AS unsuitable
    FROM call
    JOIN staff AS handler ON handler.id = call.handler_id
    JOIN disposition ON disposition.code = call.disposition_code
    JOIN patient ON patient.id = call.patient_id
    ${ORIGINS.joins}
    LEFT JOIN appointment AS moved ON moved.status = 'booked' AND moved.starts_at > ${ctx.now}::timestamptz AND moved.id = CASE
      WHEN call.state = 'open' THEN call.moves_id
      ELSE (SELECT own.id FROM appointment AS own WHERE own.call_id = call.id AND own.released_at IS NULL)
    END
    LEFT JOIN slot ON slot.id = ${askedSlot}::uuid
    LEFT JOIN service ON service.id = slot.service_id
    WHERE call.id = ${callId}::uuid AND call.organisation_code = ${ctx.actor.organisation.code}`;
  return row ? offerOf(row) : null;
}

type CallPart = OriginColumns & {
  callId: string;
  state: string;
  endedAt: Date | null;
  handlerId: string;
  handlerName: string;
  hasPrimaryContact: boolean;
  dueAt: Date | null;
  dispositionCode: string;
  latitude: number;
  longitude: number;
  icbCode: string | null;
  family: string;
  outsideTimeframeRule: string | null;
  timeframeMinutes: number | null;
  patientId: string;
  nhsNumber: string | null;
  familyName: string;
  birthDate: Date;
  postcode: string;
  sex: string;
  isDeceased: boolean;
  isUnknown: boolean;
  rowVersion: string;
  movesId: string | null;
  serviceIcb: string | null;
};

type SlotPart = OfferLimits & {
  slotId: string;
  status: string;
  startsAt: Date;
  endsAt: Date;
  heldByCall: string | null;
  heldUntil: Date | null;
  holdExtended: boolean;
  serviceId: string;
  dosId: string;
  serviceName: string;
  typeId: number;
  holdMinutes: number;
  isRefusing: boolean;
  isBookable: boolean;
  unsuitable: SuitabilityCheck | null;
};

type Row = CallPart & (SlotPart | { slotId: null });

function offerOf(row: Row): Offer {
  return { call: callOf(row), patient: patientOf(row), origins: originsFrom(row, row.serviceIcb), movesId: row.movesId, slot: row.slotId === null ? null : slotOf(row) };
}

function callOf(row: CallPart): Offer['call'] {
  const { endedAt, hasPrimaryContact, dueAt, dispositionCode, family, outsideTimeframeRule, timeframeMinutes, latitude, longitude, icbCode } = row;
  return {
    ...{ id: row.callId, state: callState.parse(row.state), endedAt, handler: { id: row.handlerId, name: row.handlerName }, hasPrimaryContact },
    ...{ dueAt, dispositionCode, disposition: { family, outsideTimeframeRule, timeframeMinutes }, latitude, longitude, icbCode },
  };
}

function patientOf(row: CallPart): Offer['patient'] {
  const { nhsNumber, familyName, postcode, sex, isDeceased, isUnknown, rowVersion } = row;
  return { id: row.patientId, nhsNumber, familyName, birthDate: fromDateColumn(row.birthDate), postcode, sex, isDeceased, isUnknown, rowVersion };
}

function slotOf(row: SlotPart): SlotOffer['slot'] {
  const { slotId, startsAt, endsAt, heldByCall, heldUntil, holdExtended, keptBackUntil, offeredFrom, offeredUntil, serviceId, dosId, serviceName, typeId, isRefusing, isBookable, holdMinutes, unsuitable } = row;
  return {
    ...{ id: slotId, status: slotStatus.parse(row.status), startsAt, endsAt, heldByCall, heldUntil, holdExtended, keptBackUntil, offeredFrom, offeredUntil },
    service: { id: serviceId, dosId, name: serviceName, typeId, isRefusing, isBookable, holdMinutes, unsuitable },
  };
}
