import pg from 'pg';
import type { OnProgress } from '@/lib/platform/jobs';

/** The registrar of every entry, which no organisation of the reference data is. */
const REGISTRAR = 'BENCH';
const AT_ONCE = 500_000;
/** Two years of them, a quarter of an hour each, the last a month ahead. */
const MINUTES = 2 * 365 * 24 * 60;
/** Patients of the range 999, which is never issued; so each has two or three entries of the 20 million. */
const PATIENTS = 8_000_000;

/**
 * Fills the registry of a database of the bench with `count` entries that other organisations registered, with their first versions, as of
 * `now`; what is there from an earlier run stays. The indexes are made anew at the end, in a fraction of the time that growing them takes.
 */
export async function fillRegistry(url: string, { count, now, onProgress }: { count: number; now: Date; onProgress: OnProgress }): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    const { rows } = await client.query<{ found: string }>('SELECT count(*) AS found FROM registry_entry WHERE registered_by_code = $1', [REGISTRAR]);
    if (Number(rows[0]?.found) === count) return;
    await client.query("SET session_replication_role = 'replica'");
    await client.query("INSERT INTO organisation (ods_code, name, kind) VALUES ($1, 'Bench registrar', 'provider') ON CONFLICT DO NOTHING", [REGISTRAR]);
    await client.query('DELETE FROM registry_entry_version; DELETE FROM registry_entry');
    const indexes = await dropIndexes(client);
    for (let from = 0; from < count; from += AT_ONCE) {
      await insert(client, { from, to: Math.min(from + AT_ONCE, count), count, now });
      onProgress(Math.min(from + AT_ONCE, count), count);
    }
    for (const definition of indexes) await client.query(definition);
    await client.query('VACUUM ANALYZE registry_entry');
    await client.query('VACUUM ANALYZE registry_entry_version');
  } finally {
    await client.end();
  }
}

/** The NHS number of a patient of the bench, `number` from 0 on. */
export function benchNumber(number: number): string {
  return `999${String(number % PATIENTS).padStart(7, '0')}`;
}

async function dropIndexes(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `SELECT indexname AS name, indexdef AS definition FROM pg_indexes WHERE tablename = 'registry_entry' AND indexname <> 'registry_entry_pkey'`,
  );
  for (const { name } of rows) await client.query(`DROP INDEX "${name}"`);
  return rows.map(({ definition }) => definition);
}

// Ids in the order of their making, as those of the application are; patients and times scattered by steps that share no factor with their ranges.
async function insert(client: pg.Client, { from, to, count, now }: { from: number; to: number; count: number; now: Date }): Promise<void> {
  await client.query(
    `WITH entry AS (
       INSERT INTO registry_entry (id, source, external_id, nhs_number, starts_at, ends_at, status, service_name, place, organisation_code, registered_by_code, created_at, confirmed_at)
       SELECT ('01900000-0000-7000-8000-' || lpad(to_hex(number), 12, '0'))::uuid, 'registered', 'https://other.example.nhs.uk/STU3/Appointment/' || number,
         '999' || lpad(((number * 7919) % $3)::text, 7, '0'), starts_at, starts_at + interval '15 minutes', 'booked', 'Example Treatment Centre', 'LS1 3EX', $4, $4, starts_at - interval '3 hours', starts_at - interval '3 hours'
       FROM generate_series($1::bigint, $2::bigint - 1) AS number
       CROSS JOIN LATERAL (SELECT $5::timestamptz + interval '30 days' - ((number::float8 / $6) * $7) * interval '1 minute' AS starts_at) AS times
       RETURNING id, status, starts_at, ends_at, nhs_number, created_at
     )
     INSERT INTO registry_entry_version (entry_id, version, status, starts_at, ends_at, nhs_number, at)
     SELECT id, 1, status, starts_at, ends_at, nhs_number, created_at FROM entry`,
    [from, to, PATIENTS, REGISTRAR, now, count, MINUTES],
  );
}
