import type pg from 'pg';
import { commissionersOf } from '@/lib/crossborder/commissioner.rules';
import { knownCommissioners } from '@/lib/crossborder/commissioner.queries';
import { borderRules, liveAgreements } from '@/lib/crossborder/queries';
import { decideBorder } from '@/lib/crossborder/rules';
import { londonDate } from '@/lib/platform/time-words';
import { copyOf, type TableLoad } from '../steps';
import { somePatients, type BookedService, type Bookings } from './appointments';

/** Boards whose services the patients of their neighbours use, and which neighbours. */
const NEIGHBOURS: Readonly<Record<string, readonly string[]>> = {
  QOP: ['QWO'],
  QWO: ['QOP', 'QF7', 'QHM'],
  QE1: ['QOP', 'QWO'],
  QF7: ['QWO'],
  QOQ: ['QHM', 'QWO'],
};
const SERVICES_OF_EACH = 2;
const DAYS = { back: 54, ahead: 1 };
const SHARES = { past: 0.05, coming: 0.06 };
const TREATMENT_CENTRE = 135;

type Row = {
  id: string;
  startsAt: Date;
  bookedAt: Date;
  serviceId: string;
  serviceName: string;
  typeId: number;
  serviceIcb: string | null;
  dispositionCode: string;
  family: string;
  timeframeMinutes: number | null;
  homeIcb: string | null;
  homeCountry: string | null;
  organisationIcb: string | null;
};

/** Whose bookings the demonstration's appointments are. */
export async function firstHandler(client: pg.Client): Promise<{ staffId: string; organisationCode: string } | null> {
  const { rows } = await client.query<{ staffId: string; organisationCode: string }>(
    `SELECT staff.id AS "staffId", staff.organisation_code AS "organisationCode"
     FROM staff JOIN staff_role ON staff_role.staff_id = staff.id WHERE staff_role.role = 'call-handler' ORDER BY staff.email LIMIT 1`,
  );
  return rows[0] ?? null;
}

/** Some treatment centres of each board that have no past yet, booked by patients of its neighbours. Null without services or a call handler. */
export async function crossingBookings(client: pg.Client, now: Date): Promise<Bookings | null> {
  const { rows: services } = await client.query<BookedService>(
    `SELECT id, name, dos_id AS "dosId", ods_code AS "odsCode", postcode, icb_code AS "icbCode"
     FROM (
       SELECT service.*, row_number() OVER (PARTITION BY icb_code ORDER BY dos_id) AS place
       FROM service
       WHERE is_demonstration AND is_bookable AND type_id = $1 AND icb_code = ANY ($2::text[])
         AND NOT EXISTS (SELECT FROM session JOIN schedule ON schedule.id = session.schedule_id WHERE schedule.service_id = service.id AND session.date < $4::date)
     ) AS candidate
     WHERE place <= $3
     ORDER BY dos_id`,
    [TREATMENT_CENTRE, Object.keys(NEIGHBOURS), SERVICES_OF_EACH, londonDate(now)],
  );
  const booker = await firstHandler(client);
  if (!booker || services.length === 0) return null;
  const patients = await somePatients(client);
  const patientsOf = ({ icbCode: host }: (typeof services)[number]) => patients.filter(({ icbCode }) => icbCode !== null && NEIGHBOURS[host ?? '']?.includes(icbCode));
  return { ...booker, services: services.map((service) => ({ ...service, patients: patientsOf(service) })), days: DAYS, shares: SHARES };
}

/** What the rules of now say of every appointment that has no decision yet. */
export async function decisionRows(client: pg.Client, now: Date): Promise<TableLoad> {
  const { rows } = await client.query<Row>(
    `SELECT appointment.id, appointment.starts_at AS "startsAt", appointment.booked_at AS "bookedAt", service.id AS "serviceId", service.name AS "serviceName",
       service.type_id AS "typeId", service.icb_code AS "serviceIcb", disposition.code AS "dispositionCode", disposition.family,
       disposition.timeframe_minutes AS "timeframeMinutes", home.icb_code AS "homeIcb", home.country AS "homeCountry", booker.icb_code AS "organisationIcb"
     FROM appointment
     JOIN service ON service.id = appointment.service_id
     JOIN disposition ON disposition.code = appointment.disposition_code
     JOIN patient ON patient.id = appointment.patient_id
     JOIN organisation booker ON booker.ods_code = appointment.booked_by_code
     LEFT JOIN postcode home ON home.postcode = patient.postcode
     WHERE service.is_demonstration AND NOT EXISTS (SELECT FROM border_decision WHERE appointment_id = appointment.id)
     ORDER BY appointment.id`,
  );
  const [{ byCode }, agreements, { defaults, holidays }] = await Promise.all([
    knownCommissioners(),
    liveAgreements(londonDate(now)),
    borderRules({ responsible: [], hosts: [], days: { from: londonDate(now), to: londonDate(now) } }),
  ]);
  const rules = { agreements, used: new Map<string, number>(), defaults, holidays };
  return copyOf('border_decision', rows.map((row) => decisionRow(row, decideBorder(factsOf(row, byCode), rules))));
}

function factsOf(row: Row, known: Parameters<typeof commissionersOf>[1]): Parameters<typeof decideBorder>[0] {
  const home = row.homeCountry === null ? null : { icbCode: row.homeIcb, country: row.homeCountry };
  return {
    ...commissionersOf({ practiceIcb: null, home, current: null, serviceIcb: row.serviceIcb, organisationIcb: row.organisationIcb }, known),
    service: { id: row.serviceId, name: row.serviceName, typeId: row.typeId },
    disposition: { code: row.dispositionCode, family: row.family, timeframeMinutes: row.timeframeMinutes },
    startsAt: row.startsAt,
  };
}

function decisionRow({ id, startsAt, bookedAt }: Row, { responsible, host, contractArea, rule, payer, ...decision }: ReturnType<typeof decideBorder>) {
  const { isCrossing, outcome, isOverride, pricePence, noshowPence, failedContact, followUp, looked } = decision;
  return {
    ...{ appointmentId: id, startsAt, isCrossing, ruleKind: rule.kind, ruleId: rule.id, ruleVersion: rule.version, ruleWords: rule.words, outcome, isOverride },
    ...{ responsibleCode: responsible.commissioner?.code ?? null, responsibleHow: responsible.how, hostCode: host.commissioner?.code ?? null, hostHow: host.how },
    ...{ contractCode: contractArea.commissioner?.code ?? null, contractHow: contractArea.how, payerCode: payer?.code ?? null },
    ...{ pricePence, noshowPence, failedContact, followUp, looked: JSON.stringify(looked), at: bookedAt },
  };
}
