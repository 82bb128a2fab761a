import type pg from 'pg';
import { referenceFrom } from '@/lib/booking/reference.rules';
import type { AppointmentStatus } from '@/lib/booking/schema';
import { versionBody } from '@/lib/booking/version.rules';
import { newId } from '@/lib/platform/id';
import { addDays, addMinutes, parseLocalDate, weekday } from '@/lib/platform/time';
import { londonDate, type LocalDate } from '@/lib/platform/time-words';
import { matchKey } from '@/lib/registry/commands';
import { sessionHours, slotTimes } from '@/lib/schedule/slots.rules';
import type { Random } from '../random';
import { copyOf, type TableLoad } from '../steps';
import { NOTED } from './elsewhere';

const REASONS = ['Earache for two days', 'Sore throat and fever', 'Cut to the hand', 'Rash on both arms', 'Twisted ankle', 'Cough, worse at night', 'Painful eye', 'Back pain since this morning'] as const;

type Person = { id: string; nhsNumber: string; familyName: string; birthDate: string; postcode: string };
type Slot = { id: string; sessionId: string; serviceId: string; startsAt: Date; endsAt: Date };
type Session = { id: string; scheduleId: string; templateId: string; date: LocalDate; opensAt: Date; closesAt: Date; opensMinute: number; closesMinute: number; slotMinutes: number; places: number };
type Booked = { id: string; reference: string; slot: Slot; patient: Person; reason: string; bookedAt: Date; steps: readonly AppointmentStatus[] };

/** A service with appointments; `icbCode`: its board. */
export type BookedService = { id: string; name: string; dosId: string; odsCode: string; postcode: string; icbCode: string | null };

/** Who books, for which organisation, in which services, for whom there: on how many days before and after today, and which share of the past and of the coming slots. */
export type Bookings = {
  services: readonly (BookedService & { patients: readonly Person[] })[];
  staffId: string;
  organisationCode: string;
  days: { back: number; ahead: number };
  shares: { past: number; coming: number };
};

/**
 * Past sessions with their appointments, and some appointments of today and the days after it, in these services: so that day lists, reports
 * and ledgers have something to show. Nobody is booked twice on a day. Call in one transaction.
 */
export async function appointmentRows(client: pg.Client, given: Bookings, { now, random }: { now: Date; random: Random }): Promise<TableLoad[]> {
  const past = await pastSlots(client, given, now);
  const coming = await comingSlots(client, given, now);
  const { services, shares } = given;
  const busyOn = new Set<string>();
  const booked = [...past.slots, ...coming].flatMap((slot): Booked[] => {
    const share = slot.startsAt < now ? shares.past : shares.coming - 0.05 * daysAhead(slot.startsAt, now);
    const patients = services.find(({ id }) => id === slot.serviceId)?.patients ?? [];
    const patient = patients[random.between(0, patients.length - 1)];
    const key = `${patient?.id} ${londonDate(slot.startsAt)}`;
    if (!random.chance(share) || !patient || busyOn.has(key)) return [];
    busyOn.add(key);
    return [bookingOf(slot, patient, { now, random })];
  });
  await client.query(`UPDATE slot SET status = 'busy' WHERE id = ANY ($1::uuid[])`, [booked.filter(isLive).map(({ slot }) => slot.id).filter((id) => coming.some((slot) => slot.id === id))]);
  const busy = new Set(booked.filter(isLive).map(({ slot }) => slot.id));
  return [
    copyOf('session', past.sessions),
    copyOf('slot', past.slots.map((slot) => ({ ...slot, placeNo: 1, status: busy.has(slot.id) ? 'busy' : 'free' }))),
    copyOf('appointment', booked.map((each) => appointmentRow(each, given))),
    copyOf('appointment_version', booked.flatMap((each) => versionRows(each, given))),
    ...registryRows(booked, given),
  ];
}

async function pastSlots(client: pg.Client, { services, days }: Bookings, now: Date): Promise<{ sessions: Session[]; slots: Slot[] }> {
  const { rows } = await client.query<{ templateId: string; scheduleId: string; serviceId: string; weekdays: number[]; opensMinute: number; closesMinute: number; slotMinutes: number }>(
    `SELECT template.id AS "templateId", schedule.id AS "scheduleId", schedule.service_id AS "serviceId", weekdays, opens_minute AS "opensMinute", closes_minute AS "closesMinute", slot_minutes AS "slotMinutes"
     FROM template JOIN schedule ON schedule.id = template.schedule_id WHERE schedule.service_id = ANY ($1::uuid[]) ORDER BY template.id`,
    [services.map(({ id }) => id)],
  );
  const sessions: Session[] = [];
  const slots: Slot[] = [];
  for (let back = days.back; back > 0; back -= 1) {
    const date = addDays(londonDate(now), -back);
    for (const { templateId, scheduleId, serviceId, weekdays, opensMinute, closesMinute, slotMinutes } of rows) {
      const hours = weekdays.includes(weekday(date)) ? sessionHours(date, opensMinute, closesMinute) : null;
      if (!hours) continue;
      const session = { id: newId(), scheduleId, templateId, date, ...hours, opensMinute, closesMinute, slotMinutes, places: 1 };
      sessions.push(session);
      slots.push(...slotTimes(hours, slotMinutes).map((times) => ({ id: newId(), sessionId: session.id, serviceId, ...times })));
    }
  }
  return { sessions, slots };
}

async function comingSlots(client: pg.Client, { services, days }: Bookings, now: Date): Promise<Slot[]> {
  const { rows } = await client.query<Slot>(
    `SELECT slot.id, session_id AS "sessionId", slot.service_id AS "serviceId", starts_at AS "startsAt", ends_at AS "endsAt"
     FROM slot JOIN session ON session.id = slot.session_id
     WHERE slot.service_id = ANY ($1::uuid[]) AND slot.status = 'free' AND held_by_call IS NULL AND session.date BETWEEN $2 AND $3 ORDER BY starts_at, slot.id`,
    [services.map(({ id }) => id), londonDate(now), addDays(londonDate(now), days.ahead)],
  );
  return rows;
}

/** Synthetic patients with the board of their home, but for those that the documentation names and the first ones, for whom scripts and journeys book. */
export async function somePatients(client: pg.Client): Promise<(Person & { icbCode: string | null })[]> {
  const { rows } = await client.query<Person & { icbCode: string | null }>(
    `SELECT id, nhs_number AS "nhsNumber", family_name AS "familyName", birth_date::text AS "birthDate", patient.postcode, home.icb_code AS "icbCode"
     FROM patient LEFT JOIN postcode home ON home.postcode = patient.postcode
     WHERE nhs_number LIKE '999%' AND nhs_number <> ALL ($1::text[]) AND deceased_on IS NULL ORDER BY nhs_number OFFSET 40`,
    [Object.values(NOTED)],
  );
  return rows;
}

function bookingOf(slot: Slot, patient: Person, { now, random }: { now: Date; random: Random }): Booked {
  const bytes = Uint8Array.from({ length: 6 }, () => random.between(0, 255));
  const latest = slot.startsAt < now ? slot.startsAt : now;
  const bookedAt = addMinutes(latest, -random.between(20, 600));
  return { id: newId(), reference: referenceFrom(bytes), slot, patient, reason: random.pick(REASONS), bookedAt, steps: stepsOf(slot, now, random) };
}

function stepsOf({ startsAt, endsAt }: Slot, now: Date, random: Random): readonly AppointmentStatus[] {
  if (startsAt > now) return ['booked'];
  if (endsAt > now) return ['booked', 'arrived'];
  if (random.chance(0.08)) return ['booked', 'noshow'];
  return random.chance(0.06) ? ['booked', 'cancelled'] : ['booked', 'arrived', 'fulfilled'];
}

const statusOf = ({ steps }: Booked): AppointmentStatus => steps.at(-1) ?? 'booked';
const isLive = (booked: Booked): boolean => statusOf(booked) !== 'cancelled';
const stepAt = ({ slot, bookedAt, steps }: Booked, step: number): Date => (step === 0 ? bookedAt : steps[step] === 'cancelled' ? addMinutes(bookedAt, 10) : addMinutes(slot.startsAt, step));

function columnsOf(booked: Booked) {
  const { id: slotId, serviceId, startsAt, endsAt } = booked.slot;
  const cancelReason = isLive(booked) ? null : 'patient-better';
  return { reference: booked.reference, slotId, serviceId, callId: null, patientId: booked.patient.id, dispositionCode: 'Dx05', startsAt, endsAt, reason: booked.reason, cancelReason, cancelText: null };
}

function appointmentRow(booked: Booked, { staffId, organisationCode }: Bookings) {
  const columns = columnsOf(booked);
  const releasedAt = isLive(booked) ? null : stepAt(booked, 1);
  return { id: booked.id, ...columns, status: statusOf(booked), version: booked.steps.length, overlapAccepted: false, bookedById: staffId, bookedByCode: organisationCode, bookedAt: booked.bookedAt, releasedAt, minutesOver: 0, callerInformed: false };
}

function versionRows(booked: Booked, { staffId }: Bookings) {
  const { cancelReason, ...columns } = columnsOf(booked);
  return booked.steps.map((status, step) => ({
    appointmentId: booked.id,
    version: step + 1,
    body: JSON.stringify(versionBody({ ...columns, status, cancelReason: status === 'cancelled' ? cancelReason : null })),
    at: stepAt(booked, step),
    actorId: staffId,
    requestId: 'demonstration',
  }));
}

function registryRows(all: readonly Booked[], { services }: Bookings): TableLoad[] {
  const entries = all.map((booked) => ({ id: newId(), booked }));
  return [
    copyOf(
      'registry_entry',
      entries.map(({ id, booked }) => {
        const { slot, patient } = booked;
        const birthDate = parseLocalDate(patient.birthDate) ?? londonDate(slot.startsAt);
        const key = matchKey({ ...patient, birthDate, isUnknown: false });
        const { startsAt, endsAt } = slot;
        const service = services.find((one) => one.id === slot.serviceId);
        return { id, source: 'onward', externalId: booked.id, appointmentId: booked.id, nhsNumber: patient.nhsNumber, matchKey: key, startsAt, endsAt, status: statusOf(booked), serviceName: service?.name ?? '', serviceDosId: service?.dosId ?? '', place: service?.postcode ?? '', organisationCode: service?.odsCode ?? '', version: booked.steps.length, createdAt: booked.bookedAt, confirmedAt: booked.bookedAt };
      }),
    ),
    copyOf('registry_entry_version', entries.flatMap(({ id, booked }) => booked.steps.map((status, step) => ({ entryId: id, version: step + 1, status, startsAt: booked.slot.startsAt, endsAt: booked.slot.endsAt, nhsNumber: booked.patient.nhsNumber, at: stepAt(booked, step) })))),
  ];
}

function daysAhead(instant: Date, now: Date): number {
  return (instant.getTime() - now.getTime()) / 86_400_000;
}
