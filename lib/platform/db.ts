import { createHash } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import { Prisma, PrismaClient } from '@/prisma/generated/client';
import { env } from '@/lib/platform/env';

/** What commands write through inside a transaction. */
export type Tx = Prisma.TransactionClient;

export { Prisma };

// Next reloads modules in development: one client for the process, not one a reload.
const shared = globalThis as { onwardDb?: PrismaClient };

/** A connection keeps its prepared statements: worth more than the memory that it takes. */
const KEEP_IDLE_MS = 300_000;

/** The database client of this process, connected at first use. */
export const db: PrismaClient = (shared.onwardDb ??= connect());

/** Whether `error` says that the named unique index or constraint, or exclusion constraint, was violated. */
export function violates(error: unknown, constraint: string): boolean {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return false;
  return JSON.stringify(error.meta ?? {}).includes(constraint) || error.message.includes(constraint);
}

/** Whether PostgreSQL ended this transaction because it and another waited for each other: tried again, it goes through. */
export function isDeadlock(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && (error.code === 'P2034' || JSON.stringify(error.meta ?? {}).includes('40P01'));
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

function connect(): PrismaClient {
  const adapter = new PrismaPg(
    { connectionString: env().DATABASE_URL, max: 16, connectionTimeoutMillis: 5_000, idleTimeoutMillis: KEEP_IDLE_MS },
    // Named statements are planned once a connection: twice the rate on the hot paths.
    { statementNameGenerator: ({ sql }) => statementName(sql) },
  );
  // In a rush a transaction waits for its turn: Prisma's own two seconds would be a fault where nothing is wrong.
  return new PrismaClient({ adapter, transactionOptions: { maxWait: 10_000, timeout: 15_000 } });
}

const names = new Map<string, string>();

function statementName(sql: string): string {
  const known = names.get(sql);
  if (known) return known;
  const name = `s${createHash('sha1').update(sql).digest('hex').slice(0, 24)}`;
  names.set(sql, name);
  return name;
}
