import type pg from 'pg';
import type { JobActor } from '@/lib/auth/actor';
import { bulk, copyRows } from '@/lib/platform/copy';
import { env } from '@/lib/platform/env';
import { newId } from '@/lib/platform/id';
import { addDays, addMinutes } from '@/lib/platform/time';
import { londonDate } from '@/lib/platform/time-words';
import { extendHorizon } from '@/lib/schedule/horizon.commands';
import { loadAgreements } from './demonstration/agreements';
import { appointmentRows, somePatients, type BookedService, type Bookings } from './demonstration/appointments';
import { crossingBookings, decisionRows, firstHandler } from './demonstration/borders';
import { elsewhereRows } from './demonstration/elsewhere';
import { patientRows } from './demonstration/patients';
import { directoryRows } from './demonstration/rows';
import { composeServices } from './demonstration/services';
import type { Progress } from './progress';
import { randomOf } from './random';
import { loadedDigest, markLoaded } from './steps';

const NAME = 'demonstration';
const APPOINTMENTS = 'demonstration-appointments';
const ELSEWHERE = 'demonstration-elsewhere';
const AGREEMENTS = 'demonstration-agreements';
const BORDERS = 'demonstration-borders';
const SEED = 111;
/** Where most of the synthetic patients live. */
const HOME_BOARD = 'QWO';
const HORIZON_DAYS = 15;
const TEMPLATES_AT_ONCE = 400;
const LOADER: JobActor = { kind: 'job', id: 'demonstration' };

/**
 * Loads the services and patients of the demonstration once, and makes slots for today and the 15 days after it every time.
 * Needs the reference data. Throws when DATABASE_URL names another database than `url`.
 */
export async function loadDemonstration(url: string, { now, progress, seed = SEED }: { now: Date; progress: Progress; seed?: number }): Promise<void> {
  if (env().DATABASE_URL !== url) throw new Error('DATABASE_URL names another database than the one to load');

  progress('Demonstration services', 0, 1);
  await loadOnce(url, { now, seed, onPart: (done, total) => progress('Demonstration services', done, total) });
  progress('Demonstration services', 1, 1);

  progress('Appointment slots', 0, 1);
  const ctx = { actor: LOADER, now, requestId: newId() };
  const upTo = addDays(londonDate(now), HORIZON_DAYS);
  const made = await extendHorizon(ctx, { upTo, atOnce: TEMPLATES_AT_ONCE, onProgress: (done, total) => progress('Appointment slots', Math.min(done, total - 1), total) });
  if (made.slots > 0) await bulk(url, (client) => client.query('ANALYZE session, slot'));
  progress('Appointment slots', 1, 1);
}

/**
 * Gives the services of the demonstration's service admin a past and appointments to come, once: so that day lists and reports have something to
 * show. Needs slots and accounts.
 */
export async function loadAppointments(url: string, { now, seed = SEED }: { now: Date; seed?: number }): Promise<void> {
  await bulk(url, async (client) => {
    if (await loadedDigest(client, APPOINTMENTS)) return;
    const bookings = await bookingsOfDemonstration(client);
    if (!bookings) return;
    for (const table of await appointmentRows(client, bookings, { now, random: randomOf(seed) })) await copyRows(client, table);
    await markLoaded(client, APPOINTMENTS, `seed ${seed}`);
  });
}

/** Gives some of the patients appointments that other organisations hold, once. Needs services and patients. */
export async function loadElsewhere(url: string, { now, seed = SEED }: { now: Date; seed?: number }): Promise<void> {
  await bulk(url, async (client) => {
    if (await loadedDigest(client, ELSEWHERE)) return;
    for (const table of await elsewhereRows(client, { now, random: randomOf(seed) })) await copyRows(client, table);
    await markLoaded(client, ELSEWHERE, `seed ${seed}`);
  });
}

/**
 * Gives the commissioners of the demonstration agreements and the bookings of two months across their borders, once; and every appointment that was
 * loaded before its decision. Needs services, patients, accounts and the other appointments.
 */
export async function loadBorders(url: string, { now, seed = SEED }: { now: Date; seed?: number }): Promise<void> {
  await bulk(url, async (client) => {
    if (await loadedDigest(client, AGREEMENTS)) return;
    await loadAgreements(client, now);
    await markLoaded(client, AGREEMENTS, `seed ${seed}`);
  });
  await bulk(url, async (client) => {
    if (await loadedDigest(client, BORDERS)) return;
    const bookings = await crossingBookings(client, now);
    // Another seed than the other appointments': the same would give them the same references.
    const tables = bookings ? await appointmentRows(client, bookings, { now, random: randomOf(seed + 1) }) : [];
    for (const table of tables) await copyRows(client, table);
    await copyRows(client, await decisionRows(client, now));
    await markLoaded(client, BORDERS, `seed ${seed}`);
  });
}

async function bookingsOfDemonstration(client: pg.Client): Promise<Bookings | null> {
  const { rows: services } = await client.query<BookedService>(
    `SELECT DISTINCT service.id, service.name, service.dos_id AS "dosId", service.ods_code AS "odsCode", service.postcode, service.icb_code AS "icbCode"
     FROM staff_role JOIN service ON service.id::text = staff_role.scope
     WHERE staff_role.role = 'service-admin' AND service.is_demonstration ORDER BY service.id`,
  );
  const booker = await firstHandler(client);
  if (!booker || services.length === 0) return null;
  const patients = await somePatients(client);
  const patientsOf = (service: BookedService) => patients.filter(({ icbCode }) => icbCode === service.icbCode || icbCode === HOME_BOARD);
  return { ...booker, services: services.map((service) => ({ ...service, patients: patientsOf(service) })), days: { back: 14, ahead: 6 }, shares: { past: 0.5, coming: 0.35 } };
}

/** A synthetic patient to try the search with. */
export type ExamplePatient = { nhsNumber: string; givenName: string; familyName: string; birthDate: string; postcode: string };

/** A dozen services of all types that have a free slot within four hours of `now`, by Onward's id and by DoS service id, and eight synthetic patients. */
export async function examples(url: string, now: Date): Promise<{ bookableServiceIds: string[]; bookableDosIds: string[]; patients: ExamplePatient[] }> {
  return bulk(url, async (client) => {
    const services = await client.query<{ id: string; dosId: string }>(
      `SELECT id, dos_id AS "dosId"
       FROM (
         SELECT service.id, dos_id, type_id, row_number() OVER (PARTITION BY type_id ORDER BY count(*) DESC, dos_id) AS place
         FROM service
         JOIN slot ON slot.service_id = service.id
         WHERE is_demonstration AND is_bookable AND slot.status = 'free' AND held_by_call IS NULL AND starts_at >= $1 AND starts_at < $2
         GROUP BY service.id
       ) AS candidate
       ORDER BY place, type_id
       LIMIT 12`,
      [now, addMinutes(now, 240)],
    );
    const patients = await client.query<ExamplePatient>(
      `SELECT nhs_number AS "nhsNumber", given_name AS "givenName", family_name AS "familyName", birth_date::text AS "birthDate", postcode
       FROM patient
       WHERE nhs_number LIKE '999%' AND deceased_on IS NULL
       ORDER BY nhs_number
       LIMIT 8`,
    );
    return { bookableServiceIds: services.rows.map(({ id }) => id), bookableDosIds: services.rows.map(({ dosId }) => dosId), patients: patients.rows };
  });
}

async function loadOnce(url: string, { now, seed, onPart }: { now: Date; seed: number; onPart: (done: number, total: number) => void }): Promise<void> {
  await bulk(url, async (client) => {
    if (await loadedDigest(client, NAME)) return;
    const tables = [...directoryRows(composeServices(seed), now), patientRows()];
    for (const [index, table] of tables.entries()) {
      onPart(index, tables.length);
      await copyRows(client, table);
    }
    await markLoaded(client, NAME, `seed ${seed}`);
    // Whoever searches first should not wait for the server to find out how large the tables have become.
    await client.query('ANALYZE');
  });
}
