import type { Ctx } from '@/lib/auth/actor';
import type { SlotNow } from '@/lib/booking/rules';
import { callState, isId, slotStatus, type CallState } from '@/lib/booking/schema';
import type { Tx } from '@/lib/platform/db';
import { fromDateColumn } from '@/lib/platform/time';
import type { LocalDate } from '@/lib/platform/time-words';

/** What a hold or a booking is decided on. */
export type Offer = {
  call: {
    id: string;
    state: CallState;
    dueAt: Date | null;
    dispositionCode: string;
    disposition: { outsideTimeframeRule: string | null; timeframeMinutes: number | null };
    latitude: number;
    longitude: number;
    icbCode: string | null;
  };
  patient: { id: string; nhsNumber: string | null; familyName: string; birthDate: LocalDate; postcode: string; sex: string };
  /** Null when there is no such slot. */
  slot: (SlotNow & { id: string; endsAt: Date; service: OfferedService }) | null;
};

type OfferedService = { id: string; name: string; odsCode: string; isBookable: boolean; holdMinutes: number };

/** A call of the actor's own organisation with one slot and its service, as they are now; null when there is no such call. */
export async function offerFor(tx: Tx, ctx: Ctx, { callId, slotId }: { callId: string; slotId: string }): Promise<Offer | null> {
  if (!isId(callId)) return null;
  const askedSlot = isId(slotId) ? slotId : null;
  // Raw: the one read before the claim, on the path of every hold and booking.
  const [row] = await tx.$queryRaw<Row[]>`
    SELECT call.id AS "callId", call.state, call.due_at AS "dueAt", call.disposition_code AS "dispositionCode",
      call.latitude, call.longitude, call.icb_code AS "icbCode",
      disposition.outside_timeframe_rule AS "outsideTimeframeRule", disposition.timeframe_minutes AS "timeframeMinutes",
      patient.id AS "patientId", patient.nhs_number AS "nhsNumber", patient.family_name AS "familyName",
      patient.birth_date AS "birthDate", patient.postcode, patient.sex,
      slot.id AS "slotId", slot.status, slot.starts_at AS "startsAt", slot.ends_at AS "endsAt",
      slot.held_by_call AS "heldByCall", slot.held_until AS "heldUntil",
      service.id AS "serviceId", service.name AS "serviceName", service.ods_code AS "odsCode", service.hold_minutes AS "holdMinutes",
      (service.is_bookable AND service.status = 'active') AS "isBookable"
    FROM call
    JOIN disposition ON disposition.code = call.disposition_code
    JOIN patient ON patient.id = call.patient_id
    LEFT JOIN slot ON slot.id = ${askedSlot}::uuid
    LEFT JOIN service ON service.id = slot.service_id
    WHERE call.id = ${callId}::uuid AND call.organisation_code = ${ctx.actor.organisation.code}`;
  return row ? offerOf(row) : null;
}

type CallPart = {
  callId: string;
  state: string;
  dueAt: Date | null;
  dispositionCode: string;
  latitude: number;
  longitude: number;
  icbCode: string | null;
  outsideTimeframeRule: string | null;
  timeframeMinutes: number | null;
  patientId: string;
  nhsNumber: string | null;
  familyName: string;
  birthDate: Date;
  postcode: string;
  sex: string;
};

type SlotPart = {
  slotId: string;
  status: string;
  startsAt: Date;
  endsAt: Date;
  heldByCall: string | null;
  heldUntil: Date | null;
  serviceId: string;
  serviceName: string;
  odsCode: string;
  holdMinutes: number;
  isBookable: boolean;
};

type Row = CallPart & (SlotPart | { slotId: null });

function offerOf(row: Row): Offer {
  const { dueAt, dispositionCode, outsideTimeframeRule, timeframeMinutes, latitude, longitude, icbCode } = row;
  const { nhsNumber, familyName, postcode, sex } = row;
  return {
    call: {
      id: row.callId,
      state: callState.parse(row.state),
      dueAt,
      dispositionCode,
      disposition: { outsideTimeframeRule, timeframeMinutes },
      latitude,
      longitude,
      icbCode,
    },
    patient: { id: row.patientId, nhsNumber, familyName, birthDate: fromDateColumn(row.birthDate), postcode, sex },
    slot: row.slotId === null ? null : slotOf(row),
  };
}

function slotOf(row: SlotPart): NonNullable<Offer['slot']> {
  const { slotId, startsAt, endsAt, heldByCall, heldUntil, serviceId, serviceName, odsCode, isBookable, holdMinutes } = row;
  return {
    id: slotId,
    status: slotStatus.parse(row.status),
    startsAt,
    endsAt,
    heldByCall,
    heldUntil,
    service: { id: serviceId, name: serviceName, odsCode, isBookable, holdMinutes },
  };
}
