import type pg from 'pg';
import { newId } from '@/lib/platform/id';
import { addDays, addMinutes, londonInstant, parseLocalDate } from '@/lib/platform/time';
import { londonDate } from '@/lib/platform/time-words';
import { matchKey } from '@/lib/registry/commands';
import type { EntryStatus } from '@/lib/registry/schema';
import type { Random } from '../random';
import { copyOf, type TableLoad } from '../steps';

/** Patients of the demonstration who have something to find, by NHS number. */
export const NOTED = { both: '9997478347', maybe: '9991226036', sealed: '9998966493', unconfirmed: '9999572790' } as const;

const OTHERS = 26;
const POINTERS = 'https://elsewhere.example.nhs.uk/STU3/Appointment';
const IDENTIFIERS = 'https://elsewhere.example.nhs.uk/Id/patient';
const DAY = 24 * 60;
/** So long after its start it is known whether somebody came. */
const SEEN_MINUTES = 45;

// Invented codes: no real organisation has one that begins like this.
const REGISTRAR = { code: 'ONW21', name: 'Pennine 111', kind: '111' } as const;
const DENTIST = { code: 'ONW22', name: 'Demonstration Dental Access', kind: 'provider' } as const;

type Person = { id: string; nhsNumber: string; givenName: string; familyName: string; birthDate: string; postcode: string };
type Service = { dosId: string; name: string; postcode: string; odsCode: string };

/** What another organisation said of one appointment. `steps`: its statuses, oldest first, each a version. */
type Told = {
  patient: Person;
  startsAt: Date;
  steps: readonly [EntryStatus, ...EntryStatus[]];
  service: { dosId: string | null; name: string; postcode: string; odsCode: string };
  hasNumber?: boolean;
  isSealed?: boolean;
  confirmedAt: Date;
  checkFailures?: number;
};

/**
 * Appointments of some thirty synthetic patients that two invented organisations registered, around `now`: past and to come, one of a patient without
 * NHS number, one sealed, one that was not confirmed for days. Nothing answers at their addresses: none is due to be read again. Writes the organisations;
 * call in one transaction.
 */
export async function elsewhereRows(client: pg.Client, { now, random }: { now: Date; random: Random }): Promise<TableLoad[]> {
  const services = await someServices(client);
  const told = [...notedOf(await people(client, Object.values(NOTED)), services, now), ...othersOf(await otherPeople(client), services, { now, random })];
  if (told.length === 0) return [];
  for (const each of [REGISTRAR, DENTIST]) await writeOrganisation(client, each);
  const entries = told.map((each) => ({ ...each, id: newId() }));
  return [copyOf('registry_entry', entries.map(entryRow)), copyOf('registry_entry_version', entries.flatMap(versionRows))];
}

async function someServices(client: pg.Client): Promise<Service[]> {
  const { rows } = await client.query<Service>(
    `SELECT dos_id AS "dosId", name, postcode, ods_code AS "odsCode"
     FROM service WHERE is_demonstration AND type_id = 135 ORDER BY icb_code = 'QWO' DESC NULLS LAST, dos_id LIMIT 20`,
  );
  return rows;
}

async function people(client: pg.Client, numbers: readonly string[]): Promise<Person[]> {
  const { rows } = await client.query<Person>(`${PERSON} WHERE nhs_number = ANY ($1::text[])`, [numbers]);
  return rows;
}

// The first ones stay as they are: scripts and journeys book for them.
async function otherPeople(client: pg.Client): Promise<Person[]> {
  const { rows } = await client.query<Person>(
    `${PERSON} WHERE nhs_number LIKE '999%' AND nhs_number <> ALL ($1::text[]) AND deceased_on IS NULL ORDER BY nhs_number OFFSET 40 LIMIT $2`,
    [Object.values(NOTED), OTHERS],
  );
  return rows;
}

const PERSON = `SELECT id, nhs_number AS "nhsNumber", given_name AS "givenName", family_name AS "familyName", birth_date::text AS "birthDate", postcode FROM patient`;

function notedOf(patients: readonly Person[], services: readonly Service[], now: Date): Told[] {
  const [centre, other] = services;
  if (!centre || !other) return [];
  const lately = addMinutes(now, -180);
  const dental = { dosId: null, name: 'Leeds Dental Access', postcode: 'LS1 3EX', odsCode: DENTIST.code };
  const clinic = { dosId: null, name: 'Leeds Sexual Health', postcode: 'LS2 9AE', odsCode: REGISTRAR.code };
  const at = (days: number, hour: number, minute: number) => londonInstant(addDays(londonDate(now), days), hour * 60 + minute) ?? addMinutes(now, days * DAY);
  return patients.flatMap((patient): Told[] => {
    switch (patient.nhsNumber) {
      case NOTED.both:
        return [
          { patient, startsAt: at(1, 9, 40), steps: ['booked'], service: dental, confirmedAt: lately },
          { patient, startsAt: at(-2, 18, 20), steps: ['booked', 'fulfilled'], service: centre, confirmedAt: addMinutes(at(-2, 18, 20), 60) },
        ];
      case NOTED.maybe:
        return [{ patient, startsAt: at(2, 11, 0), steps: ['booked'], service: other, hasNumber: false, confirmedAt: lately }];
      case NOTED.sealed:
        return [{ patient, startsAt: at(3, 14, 30), steps: ['booked'], service: clinic, isSealed: true, confirmedAt: lately }];
      case NOTED.unconfirmed:
        return [{ patient, startsAt: at(4, 16, 10), steps: ['booked'], service: other, confirmedAt: addMinutes(now, -3 * DAY), checkFailures: 5 }];
      default:
        return [];
    }
  });
}

function othersOf(patients: readonly Person[], services: readonly Service[], { now, random }: { now: Date; random: Random }): Told[] {
  return patients.flatMap((patient) =>
    Array.from({ length: random.between(1, 2) }, (): Told | null => {
      const service = services[random.between(0, services.length - 1)];
      const startsAt = londonInstant(addDays(londonDate(now), random.between(-6, 20)), random.between(9 * 4, 17 * 4) * 15);
      if (!service || !startsAt) return null;
      const isOver = startsAt < addMinutes(now, -SEEN_MINUTES);
      const confirmedAt = isOver ? addMinutes(startsAt, SEEN_MINUTES) : addMinutes(now, -random.between(10, 20 * 60));
      return { patient, startsAt, steps: stepsOf({ isOver, random }), service, confirmedAt };
    }).filter((told) => told !== null),
  );
}

function stepsOf({ isOver, random }: { isOver: boolean; random: Random }): Told['steps'] {
  if (random.chance(0.12)) return ['booked', 'cancelled'];
  if (!isOver) return ['booked'];
  return random.chance(0.1) ? ['booked', 'noshow'] : ['booked', 'fulfilled'];
}

async function writeOrganisation(client: pg.Client, { code, name, kind }: { code: string; name: string; kind: string }): Promise<void> {
  await client.query(`INSERT INTO organisation (ods_code, name, kind) VALUES ($1, $2, $3) ON CONFLICT (ods_code) DO UPDATE SET name = excluded.name, kind = excluded.kind`, [code, name, kind]);
}

function entryRow({ id, patient, startsAt, steps, service, hasNumber = true, isSealed = false, confirmedAt, checkFailures = 0 }: Told & { id: string }) {
  const birthDate = parseLocalDate(patient.birthDate);
  return {
    ...{ id, source: 'registered', externalId: `${POINTERS}/${id}`, nhsNumber: hasNumber ? patient.nhsNumber : null },
    matchKey: birthDate ? matchKey({ ...patient, birthDate, isUnknown: false }) : null,
    ...(hasNumber ? { patientSystem: null, patientValue: null, patientDisplay: null } : { patientSystem: IDENTIFIERS, patientValue: id, patientDisplay: `${patient.givenName} ${patient.familyName}` }),
    ...{ startsAt, endsAt: addMinutes(startsAt, 15), status: steps.at(-1) ?? steps[0], serviceName: service.name, serviceDosId: service.dosId, place: service.postcode },
    ...{ organisationCode: service.odsCode, registeredByCode: REGISTRAR.code, isSealed, version: steps.length, createdAt: bookedAt(startsAt, confirmedAt) },
    ...{ confirmedAt, checkFailures, checkOutcome: checkFailures > 0 ? 'unreachable' : 'confirmed' },
  };
}

function versionRows({ id, patient, startsAt, steps, hasNumber = true, confirmedAt }: Told & { id: string }) {
  const endsAt = addMinutes(startsAt, 15);
  const nhsNumber = hasNumber ? patient.nhsNumber : null;
  return steps.map((status, step) => ({ entryId: id, version: step + 1, status, startsAt, endsAt, nhsNumber, at: step === 0 ? bookedAt(startsAt, confirmedAt) : confirmedAt }));
}

/** A day before it began, or before it was confirmed last, whichever was earlier. */
function bookedAt(startsAt: Date, confirmedAt: Date): Date {
  return addMinutes(startsAt < confirmedAt ? startsAt : confirmedAt, -DAY);
}
