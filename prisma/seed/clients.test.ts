import { expect, test, vi } from 'vitest';
import { SCOPES } from '@/lib/auth/actor';
import { clientCtx } from '@/lib/auth/client-token';
import { issueToken } from '@/lib/auth/token.commands';
import { db } from '@/lib/platform/db';
import { env } from '@/lib/platform/env';
import { newId } from '@/lib/platform/id';
import { A_TUESDAY_AT_TEN } from '@/prisma/factories/staff';
import { DEMO_CLIENTS, loadClients } from '@/prisma/seed/clients';
import { loadStaff } from '@/prisma/seed/staff';

// The settings are read at the first import of the database client.
vi.hoisted(() => {
  process.env['ONWARD_DEMONSTRATION'] = '1';
});

test('the demonstration has two API clients, of two organisations, each with all five scopes', () => {
  expect(DEMO_CLIENTS).toHaveLength(2);
  expect(new Set(DEMO_CLIENTS.map(({ organisation }) => organisation)).size).toBe(2);
  for (const { scopes } of DEMO_CLIENTS) expect(scopes).toEqual(SCOPES);
});

test('both get tokens that are accepted; a second load changes nothing', async () => {
  const { DATABASE_URL } = env();
  await loadStaff(DATABASE_URL);
  await loadClients(DATABASE_URL);
  const first = await everything();
  expect(first).toHaveLength(2);
  for (const { clientId, clientSecret, organisation, organisationCode } of DEMO_CLIENTS) {
    const form = new URLSearchParams({ grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret });
    const issued = await issueToken({ now: A_TUESDAY_AT_TEN, requestId: newId() }, form, null);
    if (!issued.ok) throw new Error(issued.error.error);
    expect(issued.value.scope).toBe(SCOPES.join(' '));
    expect(await accepts(issued.value.accessToken)).toMatchObject({
      value: { ctx: { actor: { id: clientId, organisation: { code: organisationCode, name: organisation }, services: { book: ['*'], cancel: ['*'] } } }, requestsPerMinute: 60_000 },
    });
  }

  await loadClients(DATABASE_URL);
  expect(await everything()).toEqual(first);
});

function everything() {
  return db.apiClient.findMany({ where: { isDemonstration: true }, include: { secrets: true }, orderBy: { id: 'asc' } });
}

function accepts(token: string) {
  const proxy = { traceId: null, from: null, to: null, interactionId: null };
  const asked = { audience: 'https://onward.example.nhs.uk/STU3', scope: 'organization/slot.read', interaction: 'search:slot' } as const;
  return clientCtx({ authorization: `Bearer ${token}`, proxy, ...asked, now: A_TUESDAY_AT_TEN, requestId: newId(), correlationId: null });
}
