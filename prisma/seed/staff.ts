import { createHash } from 'node:crypto';
import type { Client } from 'pg';
import type { Role } from '@/lib/auth/actor';
import { hashPassword } from '@/lib/auth/password.commands';
import { bulk } from '@/lib/platform/copy';
import { newId } from '@/lib/platform/id';
import { readClock } from '@/lib/platform/time';

/** An account of the demonstration. Its password is no secret: the sign-in page shows it. */
export type DemoAccount = { role: Role; email: string; password: string; name: string; organisation: string };

type DemoPerson = DemoAccount & { organisationCode: string; scope: string };

// Invented codes: no real organisation has one that begins like this.
const ORGANISATIONS = [
  { code: 'ONW01', name: 'Yorkshire 111', kind: '111', icb: 'QWO' },
  { code: 'ONW02', name: 'Norfolk 111', kind: '111', icb: 'T6Y0W' },
  { code: 'ONW03', name: 'Demonstration Urgent Care', kind: 'provider', icb: 'QWO' },
  { code: 'ONW04', name: 'Demonstration Commissioning', kind: 'commissioner', icb: 'QWO' },
  { code: 'ONW06', name: 'Demonstration Commissioning Manchester', kind: 'commissioner', icb: 'QOP' },
  { code: 'ONW05', name: 'Demonstration National Team', kind: 'national', icb: null },
] as const;

type OrganisationCode = (typeof ORGANISATIONS)[number]['code'];

/** The scope of a service admin, in place of services that are only known once the directory is loaded. */
const SOME_SERVICES = 'some services';
const SERVICES_OF_ADMIN = 3;

const PEOPLE: readonly DemoPerson[] = [
  person('call-handler', 'handler', 'Asha Begum', 'ONW01', 'ONW01'),
  person('call-handler', 'handler.norfolk', 'Daniel Price', 'ONW02', 'ONW02'),
  person('clinician', 'clinician', 'Ruth Okafor', 'ONW01', 'ONW01'),
  person('supervisor', 'supervisor', 'Martin Hale', 'ONW01', 'ONW01'),
  person('service-admin', 'service', 'Priya Nair', 'ONW03', SOME_SERVICES),
  person('commissioner', 'commissioner', 'Helen Marsh', 'ONW04', 'QWO'),
  // The other side of her border, and whoever speaks for everybody.
  person('commissioner', 'commissioner.manchester', 'Yusuf Rahman', 'ONW06', 'QOP'),
  person('commissioner', 'commissioner.national', 'Ingrid Solberg', 'ONW05', 'national'),
  person('auditor', 'auditor', 'Tom Whitfield', 'ONW05', 'national'),
  person('system-admin', 'admin', 'Grace Lindqvist', 'ONW05', 'national'),
  // Colleagues of the first ones: to hand a call to, and to approve what a clinician may not approve for themselves.
  person('call-handler', 'handler.two', 'Farida Khan', 'ONW01', 'ONW01'),
  person('clinician', 'clinician.two', 'Owen Pritchard', 'ONW01', 'ONW01'),
];

/** Every account of the demonstration: each role, call handlers of two 111 organisations, and a second call handler and clinician of one. */
export const DEMO_ACCOUNTS: readonly DemoAccount[] = PEOPLE.map(({ role, email, password, name, organisation }) => ({
  role,
  email,
  password,
  name,
  organisation,
}));

/**
 * Loads the accounts of the demonstration with their organisations and roles. Safe to run again: what is there
 * is brought up to date, and nothing is done when nothing changed. Service admins get services of the directory,
 * so it comes after the services.
 */
export async function loadStaff(url: string): Promise<void> {
  await bulk(url, async (client) => {
    const services = await bookableServices(client);
    const digest = createHash('sha256').update(JSON.stringify([ORGANISATIONS, PEOPLE, services])).digest('hex');
    const loaded = await client.query(`SELECT 1 FROM loaded_data WHERE name = 'demonstration-staff' AND digest = $1`, [digest]);
    if (loaded.rowCount) return;

    await loadOrganisations(client);
    for (const each of PEOPLE) await loadPerson(client, each, each.scope === SOME_SERVICES ? services : [each.scope]);
    await client.query(
      `INSERT INTO loaded_data (name, digest, at) VALUES ('demonstration-staff', $1, $2)
       ON CONFLICT (name) DO UPDATE SET digest = excluded.digest, at = excluded.at`,
      [digest, readClock()],
    );
  });
}

async function bookableServices(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    `SELECT id FROM service WHERE is_bookable AND type_id = 135 ORDER BY icb_code = 'QWO' DESC NULLS LAST, dos_id LIMIT ${SERVICES_OF_ADMIN}`,
  );
  return rows.map(({ id }) => id);
}

async function loadOrganisations(client: Client): Promise<void> {
  for (const { code, name, kind, icb } of ORGANISATIONS) {
    await client.query(
      `INSERT INTO organisation (ods_code, name, kind, icb_code) VALUES ($1, $2, $3, $4)
       ON CONFLICT (ods_code) DO UPDATE SET name = excluded.name, kind = excluded.kind, icb_code = excluded.icb_code`,
      [code, name, kind, icb],
    );
  }
}

async function loadPerson(client: Client, { email, name, organisationCode, password, role }: DemoPerson, scopes: readonly string[]): Promise<void> {
  const { rows } = await client.query<{ id: string }>(
    `INSERT INTO staff (id, email, name, organisation_code, password_hash) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (lower(email)) DO UPDATE
       SET name = excluded.name, organisation_code = excluded.organisation_code, password_hash = excluded.password_hash
     RETURNING id`,
    [newId(), email, name, organisationCode, await hashPassword(password)],
  );
  const id = rows[0]?.id;
  await client.query('DELETE FROM staff_role WHERE staff_id = $1', [id]);
  await client.query('INSERT INTO staff_role (staff_id, role, scope) SELECT $1, $2, unnest($3::text[])', [id, role, scopes]);
}

function person(role: Role, account: string, name: string, organisationCode: OrganisationCode, scope: string): DemoPerson {
  const organisation = ORGANISATIONS.find(({ code }) => code === organisationCode)?.name ?? organisationCode;
  return { role, email: `${account}@example.com`, password: `${account.replace('.', '-')}-demo-111`, name, organisation, organisationCode, scope };
}
