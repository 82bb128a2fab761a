import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCluster, type Cluster } from '@/lib/platform/embedded';
import { applyMigrations } from '@/lib/platform/migrate';
import { loadSmallReference } from '@/prisma/seed/reference';
import { hydrate } from './hydrate.mjs';
import { freePort } from './support/port';
import { said as saidLine, type Said } from './test-support/said';

const FOLDER = path.resolve('.data/killed');
const FIRST_PORT = 54_360;
const DATABASE = 'onward_killed';
const KILLS = 3;
/** A process is killed after 20 to 120 answers: no two kills hit it in the same place. */
const [FEWEST, MOST] = [20, 120];

let cluster: Cluster;
let port: number;

beforeAll(async () => {
  hydrate();
  port = await freePort(FIRST_PORT);
  cluster = await startCluster({ folder: FOLDER, port, isDurable: true });
  await ask('postgres', `DROP DATABASE IF EXISTS ${DATABASE} WITH (FORCE)`);
  await ask('postgres', `CREATE DATABASE ${DATABASE}`);
  await applyMigrations(cluster.url(DATABASE));
  await loadSmallReference(cluster.url(DATABASE));
}, 120_000);

afterAll(() => cluster.stop());

test('a server killed at any moment has kept every booking that it answered, and left no slot both free and booked', async () => {
  for (let kill = 0; kill < KILLS; kill += 1) {
    const busy = busyHandlers();
    await busy.answers(FEWEST + Math.floor(Math.random() * (MOST - FEWEST)));
    await busy.kill();
    await expectKept(busy.said);
    await expectSound();
  }
}, 120_000);

test('PostgreSQL killed and started again under load has kept every booking that was answered, and the servers go on', async () => {
  const busy = busyHandlers();
  await busy.answers(MOST);
  process.kill(postmaster(), 'SIGKILL');
  cluster = await startCluster({ folder: FOLDER, port, isDurable: true });
  const before = busy.said.length;
  await busy.answers(before + FEWEST);
  await busy.kill();
  await expectKept(busy.said);
  await expectSound();
}, 120_000);

test('no hold outlives its time, whatever became of who held it: at most twice its minutes, and then the slot is anybody’s', async () => {
  const [{ late, held } = { late: 1, held: 0 }] = await ask<{ late: number; held: number }>(
    DATABASE,
    `SELECT count(*) FILTER (WHERE held_until > $1::timestamptz + interval '10 minutes')::int AS late, count(*)::int AS held
     FROM slot WHERE held_until IS NOT NULL`,
    [new Date().toISOString()],
  );
  expect(held).toBeGreaterThan(0); // Else the kills left nothing to look at.
  expect(late).toBe(0);
});

function busyHandlers() {
  const process_ = start();
  const said: Said[] = [];
  let heard: () => void = () => undefined;
  createInterface({ input: output(process_) }).on('line', (line) => {
    said.push(saidLine.parse(JSON.parse(line)));
    heard();
  });
  return {
    said,
    /** Settles once so many lines were said. */
    answers: (count: number) =>
      new Promise<void>((resolve, reject) => {
        process_.once('exit', (code) => reject(new Error(`the busy handlers ended by themselves with ${code}`)));
        heard = () => said.length >= count && resolve();
        heard();
      }),
    async kill(): Promise<void> {
      const ended = once(process_, 'close');
      process_.removeAllListeners('exit');
      process_.kill('SIGKILL');
      await ended;
    },
  };
}

function start(): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', 'scripts/test-support/busy-handlers.ts'], {
    env: { ...process.env, DATABASE_URL: cluster.url(DATABASE) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

function output({ stdout }: ChildProcess) {
  if (!stdout) throw new Error('the busy handlers cannot be heard');
  return stdout;
}

/** What was answered stands, unless something was asked afterwards whose answer nobody heard. */
async function expectKept(said: readonly Said[]): Promise<void> {
  const last = new Map(said.map(({ id, did }) => [id, did]));
  const rows = await ask<{ id: string; status: string }>(DATABASE, 'SELECT id, status FROM appointment WHERE id = ANY ($1::uuid[])', [[...last.keys()]]);
  const kept = new Map(rows.map(({ id, status }) => [id, status]));
  const wrong = [...last].filter(([id, did]) => (did === 'asking' ? !kept.has(id) : kept.get(id) !== did));
  expect(wrong).toEqual([]);
}

/** Whatever was in the middle of being done is there as a whole, or not at all. */
async function expectSound(): Promise<void> {
  const faults = await ask<{ fault: string }>(
    DATABASE,
    `SELECT 'slot and appointment differ' AS fault FROM slot
       WHERE (status = 'busy') <> EXISTS (SELECT FROM appointment a WHERE a.slot_id = slot.id AND a.released_at IS NULL)
     UNION ALL SELECT 'versions missing' FROM appointment a
       WHERE a.version <> (SELECT count(*) FROM appointment_version v WHERE v.appointment_id = a.id)
     UNION ALL SELECT 'registry entry differs' FROM appointment a
       WHERE NOT EXISTS (SELECT FROM registry_entry e WHERE e.appointment_id = a.id AND e.status = a.status AND e.version = a.version)
     UNION ALL SELECT 'referral differs' FROM appointment a
       WHERE (a.released_at IS NULL) <> EXISTS (SELECT FROM referral r WHERE r.appointment_id = a.id AND r.uncoupled_at IS NULL)
     UNION ALL SELECT 'audit missing' FROM appointment a
       WHERE NOT EXISTS (SELECT FROM audit_event e WHERE e.subject = a.id::text AND e.type IN ('appointment.booked', 'appointment.moved'))
     UNION ALL SELECT 'request not remembered' FROM appointment a
       WHERE NOT EXISTS (SELECT FROM inbound_request i WHERE i.answer = a.id::text AND i.method IN ('book', 'move'))
     UNION ALL SELECT 'call state differs' FROM call c
       WHERE (c.state = 'booked') <> EXISTS (SELECT FROM appointment a WHERE a.call_id = c.id)`,
  );
  expect(faults).toEqual([]);
}

function postmaster(): number {
  return Number(readFileSync(path.join(FOLDER, 'postmaster.pid'), 'utf8').split('\n')[0]);
}

async function ask<Row extends pg.QueryResultRow>(database: string, sql: string, values: unknown[] = []): Promise<Row[]> {
  const client = new pg.Client(cluster.url(database));
  await client.connect();
  try {
    return (await client.query<Row>(sql, values)).rows;
  } finally {
    await client.end();
  }
}
