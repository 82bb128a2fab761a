import { createHash } from 'node:crypto';
import type { Client } from 'pg';
import { SCOPES, type Scope } from '@/lib/auth/actor';
import { bulk } from '@/lib/platform/copy';
import { readClock } from '@/lib/platform/time';

/** An API client of the demonstration. Its secret is no secret: `.data/demo.json` shows it. */
export type DemoClient = { name: string; organisation: string; organisationCode: string; clientId: string; clientSecret: string; scopes: readonly Scope[] };

/** Tests and benches send as much as they can. */
const REQUESTS_PER_MINUTE = 60_000;

// A secret of a fixed id: loading again finds it.
type Fixed = DemoClient & { secretId: string };

const CLIENTS: readonly Fixed[] = [
  {
    ...{ name: 'Norfolk 111 triage', organisation: 'Norfolk 111', organisationCode: 'ONW02', scopes: SCOPES },
    ...{ clientId: '019aa000-0000-7000-8000-000000000201', clientSecret: 'norfolk-triage-demo-111', secretId: '019aa000-0000-7000-8000-000000000202' },
  },
  {
    ...{ name: 'Pathfinder triage', organisation: 'Yorkshire 111', organisationCode: 'ONW01', scopes: SCOPES },
    ...{ clientId: '019aa000-0000-7000-8000-000000000101', clientSecret: 'pathfinder-triage-demo-111', secretId: '019aa000-0000-7000-8000-000000000102' },
  },
];

/** The API clients of the demonstration: of two 111 organisations, each with every scope. */
export const DEMO_CLIENTS: readonly DemoClient[] = CLIENTS.map(({ name, organisation, organisationCode, clientId, clientSecret, scopes }) => ({
  ...{ name, organisation, organisationCode, clientId, clientSecret, scopes },
}));

/**
 * Loads the API clients of the demonstration, which work nowhere else. Safe to run again: what is there is brought up to date, and nothing is done when
 * nothing changed. Their organisations come with the staff, so it comes after them.
 */
export async function loadClients(url: string): Promise<void> {
  await bulk(url, async (client) => {
    const digest = createHash('sha256').update(JSON.stringify([CLIENTS, REQUESTS_PER_MINUTE])).digest('hex');
    const loaded = await client.query(`SELECT 1 FROM loaded_data WHERE name = 'demonstration-clients' AND digest = $1`, [digest]);
    if (loaded.rowCount) return;

    const at = readClock();
    for (const each of CLIENTS) await loadClient(client, each, at);
    await client.query(
      `INSERT INTO loaded_data (name, digest, at) VALUES ('demonstration-clients', $1, $2)
       ON CONFLICT (name) DO UPDATE SET digest = excluded.digest, at = excluded.at`,
      [digest, at],
    );
  });
}

async function loadClient(client: Client, { clientId, name, organisationCode, scopes, clientSecret, secretId }: Fixed, at: Date): Promise<void> {
  await client.query(
    `INSERT INTO api_client (id, name, organisation_code, scopes, requests_per_minute, is_demonstration, created_at) VALUES ($1, $2, $3, $4, $5, true, $6)
     ON CONFLICT (id) DO UPDATE
       SET name = excluded.name, organisation_code = excluded.organisation_code, scopes = excluded.scopes, requests_per_minute = excluded.requests_per_minute`,
    [clientId, name, organisationCode, scopes, REQUESTS_PER_MINUTE, at],
  );
  await client.query(
    `INSERT INTO api_client_secret (id, client_id, digest, created_at) VALUES ($1, $2, $3, $4)
     ON CONFLICT (id) DO UPDATE SET digest = excluded.digest, revoked_at = NULL`,
    [secretId, clientId, createHash('sha256').update(clientSecret).digest('base64url'), at],
  );
}
