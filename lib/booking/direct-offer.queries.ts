import type { Ctx, SystemActor } from '@/lib/auth/actor';
import type { DirectBooking } from '@/lib/booking/direct.schema';
import type { OfferLimits, SlotNow } from '@/lib/booking/rules';
import { slotStatus } from '@/lib/booking/schema';
import type { Origins } from '@/lib/crossborder/schema';
import { normalisePostcode } from '@/lib/directory/postcode.schema';
import { Prisma, sendHot } from '@/lib/platform/db';
import { isId } from '@/lib/platform/id';
import { fromDateColumn } from '@/lib/platform/time';
import type { LocalDate } from '@/lib/platform/time-words';

/** What a booking of another system is decided on. */
export type DirectOffer = {
  slot: SlotNow & { id: string; scheduleId: string; endsAt: Date };
  /** `refusesFrom`: organisations whose bookings it does not take, by ODS code. */
  service: { id: string; dosId: string; name: string; typeId: number; isBookable: boolean; refusesFrom: readonly string[] };
  /** The patient with the NHS number that was sent; null when none was, or nobody with it has been booked for yet. */
  patient: { id: string; nhsNumber: string; familyName: string; birthDate: LocalDate; postcode: string; isDeceased: boolean; isUnknown: boolean } | null;
  /** What the commissioners are found from: another system tells neither practice nor where the patient is now. */
  origins: Origins;
};

/**
 * A slot with its schedule and service, and the patient with the NHS number that was sent, as they are now; null when there is no such slot. The
 * patient lives where the register says, else where the other system does.
 */
export async function directOfferFor({ actor }: Ctx<SystemActor>, { slot, submission }: DirectBooking): Promise<DirectOffer | null> {
  const slotId = slot.id;
  if (!isId(slotId)) return null;
  const { nhsNumber, addresses } = submission.patient;
  const sentPostcode = normalisePostcode(addresses[0]?.postcode ?? '')?.text ?? null;
  // Raw: the one read before the claim, on the path of every booking of another system.
  const [row] = await sendHot<Row>(Prisma.sql`
    SELECT slot.id AS "slotId", slot.status, slot.starts_at AS "startsAt", slot.ends_at AS "endsAt", session.schedule_id AS "scheduleId",
      slot.held_by_call AS "heldByCall", slot.held_until AS "heldUntil",
      slot.kept_back_until AS "keptBackUntil", slot.offered_from AS "offeredFrom", slot.offered_until AS "offeredUntil",
      service.id AS "serviceId", service.dos_id AS "dosId", service.name AS "serviceName", service.type_id AS "typeId", service.icb_code AS "serviceIcb",
      service.refuses_from AS "refusesFrom", (service.is_bookable AND service.status = 'active') AS "isBookable",
      patient.id AS "patientId", patient.nhs_number AS "nhsNumber", patient.family_name AS "familyName", patient.birth_date::text AS "birthDate",
      patient.postcode, patient.deceased_on IS NOT NULL AS "isDeceased", patient.is_unknown AS "isUnknown",
      home.icb_code AS "homeIcb", home.country AS "homeCountry", booker.icb_code AS "organisationIcb"
    FROM slot
    JOIN session ON session.id = slot.session_id
    JOIN service ON service.id = slot.service_id
    LEFT JOIN patient ON patient.nhs_number = ${nhsNumber}::char(10)
    LEFT JOIN postcode AS home ON home.postcode = coalesce(patient.postcode, ${sentPostcode}::text)
    LEFT JOIN organisation AS booker ON booker.ods_code = ${actor.organisation.code}
    WHERE slot.id = ${slotId}::uuid`);
  return row ? offerOf(row) : null;
}

type SlotPart = OfferLimits & {
  slotId: string;
  status: string;
  startsAt: Date;
  endsAt: Date;
  scheduleId: string;
  heldByCall: string | null;
  heldUntil: Date | null;
  serviceId: string;
  dosId: string;
  serviceName: string;
  typeId: number;
  refusesFrom: string[];
  isBookable: boolean;
};

type OriginPart = { serviceIcb: string | null; homeIcb: string | null; homeCountry: string | null; organisationIcb: string | null };

type PatientPart = { patientId: string; nhsNumber: string; familyName: string; birthDate: string; postcode: string; isDeceased: boolean; isUnknown: boolean };

type Row = SlotPart & OriginPart & (PatientPart | { patientId: null });

function offerOf(row: Row): DirectOffer {
  const { slotId, startsAt, endsAt, scheduleId, heldByCall, heldUntil, keptBackUntil, offeredFrom, offeredUntil } = row;
  const { serviceId, dosId, serviceName, typeId, refusesFrom, isBookable } = row;
  return {
    slot: { id: slotId, status: slotStatus.parse(row.status), startsAt, endsAt, scheduleId, heldByCall, heldUntil, keptBackUntil, offeredFrom, offeredUntil },
    service: { id: serviceId, dosId, name: serviceName, typeId, refusesFrom, isBookable },
    patient: row.patientId === null ? null : patientOf(row),
    origins: originsOf(row),
  };
}

function originsOf({ serviceIcb, homeIcb, homeCountry, organisationIcb }: OriginPart): Origins {
  return { practiceIcb: null, home: homeCountry === null ? null : { icbCode: homeIcb, country: homeCountry }, current: null, serviceIcb, organisationIcb };
}

function patientOf({ patientId, birthDate, nhsNumber, familyName, postcode, isDeceased, isUnknown }: PatientPart): NonNullable<DirectOffer['patient']> {
  return { id: patientId, nhsNumber, familyName, birthDate: fromDateColumn(new Date(birthDate)), postcode, isDeceased, isUnknown };
}
