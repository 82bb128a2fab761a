import { createHash } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { Prisma, PrismaClient } from '@/prisma/generated/client';
import { env } from '@/lib/platform/env';

/** What commands write through inside a transaction. */
export type Tx = Prisma.TransactionClient;

export { Prisma };

type Connected = { client: PrismaClient; pool: pg.Pool };

// Next reloads modules in development: one client for the process, not one a reload.
const shared = globalThis as { onwardDb?: Connected };

/** A connection keeps its prepared statements: worth more than the memory that it takes. */
const KEEP_IDLE_MS = 300_000;

const DEADLOCK = '40P01';

const connected = (shared.onwardDb ??= connect());

/** The database client of this process, connected at first use. */
export const db: PrismaClient = connected.client;

/**
 * Sends one statement past Prisma's engine, over the same connections, and gives its rows back: for measured hot paths alone, of which the
 * engine takes a quarter. The row is the caller's to know; a date must be selected as text, or it would be midnight wherever the process runs.
 */
export async function sendHot<Row extends object>({ text, values }: Prisma.Sql): Promise<Row[]> {
  // Prisma ends the pool when it disconnects, and makes another when it is used again: so does this.
  if (connected.pool.ending) connected.pool = openPool();
  const { rows } = await connected.pool.query<Row>({ text, values, name: statementName(text) });
  return rows;
}

/** Whether `error` says that the named unique index or constraint, or exclusion constraint, was violated. */
export function violates(error: unknown, constraint: string): boolean {
  if (error instanceof pg.DatabaseError) return error.constraint === constraint;
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return false;
  return JSON.stringify(error.meta ?? {}).includes(constraint) || error.message.includes(constraint);
}

/** Whether PostgreSQL ended this transaction because it and another waited for each other: tried again, it goes through. */
export function isDeadlock(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) return error.code === DEADLOCK;
  return error instanceof Prisma.PrismaClientKnownRequestError && (error.code === 'P2034' || JSON.stringify(error.meta ?? {}).includes(DEADLOCK));
}

/** Whether the database answers. Never throws. */
export async function isDatabaseUp(): Promise<boolean> {
  try {
    await db.$queryRaw`SELECT 1`;
    return true;
  } catch {
    return false;
  }
}

function openPool(): pg.Pool {
  const pool = new pg.Pool({ connectionString: env().DATABASE_URL, max: 16, connectionTimeoutMillis: 5_000, idleTimeoutMillis: KEEP_IDLE_MS });
  // An idle connection that breaks is replaced; whoever needs one finds out by themselves.
  pool.on('error', () => undefined);
  return pool;
}

function connect(): Connected {
  const pool = openPool();
  // Named statements are planned once a connection: twice the rate on the hot paths.
  const adapter = new PrismaPg(pool, { disposeExternalPool: true, statementNameGenerator: ({ sql }) => statementName(sql) });
  // In a rush a transaction waits for its turn: Prisma's own two seconds would be a fault where nothing is wrong.
  return { client: new PrismaClient({ adapter, transactionOptions: { maxWait: 10_000, timeout: 15_000 } }), pool };
}

const names = new Map<string, string>();

function statementName(sql: string): string {
  const known = names.get(sql);
  if (known) return known;
  const name = `s${createHash('sha1').update(sql).digest('hex').slice(0, 24)}`;
  names.set(sql, name);
  return name;
}
