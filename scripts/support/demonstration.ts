import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readClock } from '@/lib/platform/time';
import { DEMO_CLIENTS } from '@/prisma/seed/clients';
import { DEMO_ACCOUNTS } from '@/prisma/seed/staff';

const FILE = path.resolve('.data/demo.json');

/** Writes `.data/demo.json`, for scripts and tests: the address, the accounts, the API clients, and ids and patients to try. Only this user may read it. */
export async function writeDemonstration(baseUrl: string, databaseUrl: string): Promise<void> {
  const { examples } = await import('@/prisma/seed/demonstration');
  const content = {
    baseUrl,
    accounts: DEMO_ACCOUNTS.map(({ role, email, password }) => ({ role, email, password })),
    apiClients: DEMO_CLIENTS.map(({ name, organisation, clientId, clientSecret, scopes }) => ({ name, organisation, clientId, clientSecret, scopes })),
    examples: await examples(databaseUrl, readClock()),
  };
  removeDemonstration();
  writeFileSync(FILE, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
}

/** Takes away the file of an earlier start, whose accounts no longer work. */
export function removeDemonstration(): void {
  rmSync(FILE, { force: true });
}

/** The accounts as a table for the terminal. */
export function accountLines(): string[] {
  const width = (pick: (account: (typeof DEMO_ACCOUNTS)[number]) => string) => Math.max(...DEMO_ACCOUNTS.map((account) => pick(account).length));
  const roleWidth = width(({ role }) => role);
  const emailWidth = width(({ email }) => email);
  return DEMO_ACCOUNTS.map(({ role, email, password }) => `  ${role.padEnd(roleWidth)}  ${email.padEnd(emailWidth)}  ${password}`);
}
