import { execFile } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect, test, type TestInfo } from '@playwright/test';
import { z } from 'zod';
import { publicJwk } from '@/lib/auth/client.schema';
import { db } from '@/lib/platform/db';
import { addMinutes } from '@/lib/platform/time';
import { aSystem } from '@/prisma/factories/client';
import { aService } from '@/prisma/factories/service';
import { freeSlotsInARow } from '@/prisma/factories/slot';
import { DEMO_CLIENTS } from '@/prisma/seed/clients';
import { expectAccessible } from './support/axe';
import { wholeMinute } from './support/world';

const KIT_MS = 150_000;
const run = promisify(execFile);
const report = z.object({
  leftBooked: z.array(z.string()),
  requirements: z.array(z.object({ id: z.string(), level: z.string(), state: z.string(), words: z.string().optional() })),
});

// The journeys have no TLS, and Onward shows no slots that have begun.
const NOT_HERE = ['B-001', 'B-411'];
const WITHOUT_OWN_TOKENS = [
  ...NOT_HERE,
  ...['B-102', 'B-103', 'B-104', 'B-105', 'B-106', 'B-107', 'B-108', 'B-109', 'B-110', 'B-111', 'B-112', 'B-133', 'B-134', 'B-135', 'B-136'],
].sort();

test.describe.configure({ timeout: KIT_MS + 30_000 });

test('the conformance kit, with tokens of its own making, finds no MUST and no SHOULD that Onward does not meet', async ({ baseURL, page }, info) => {
  const { key, args } = await aClientWithKey();
  const keyFile = info.outputPath('key.pem');
  writeFileSync(keyFile, key, { mode: 0o600 });
  const { outcomes, html } = await conformance(info, baseURL ?? '', [...args, '--private-key', keyFile]);
  expect(outcomes).toEqual({ exit: 0, failed: [], skipped: NOT_HERE, leftBooked: [] });

  await page.setContent(html);
  await expect(page.getByRole('heading', { level: 1, name: 'Conformance to the NHS Booking API' })).toBeVisible();
  await expectAccessible(page);
  await page.setViewportSize({ width: 375, height: 800 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(375);
});

test('the conformance kit, as a client of the demonstration with a secret, finds no MUST and no SHOULD that Onward does not meet', async ({ baseURL }, info) => {
  const [client] = DEMO_CLIENTS;
  const args = ['--token-endpoint', `${baseURL ?? ''}/oauth2/token`, '--client-id', client?.clientId ?? ''];
  const { outcomes } = await conformance(info, baseURL ?? '', args, { CONFORMANCE_CLIENT_SECRET: client?.clientSecret });
  expect(outcomes).toEqual({ exit: 0, failed: [], skipped: WITHOUT_OWN_TOKENS, leftBooked: [] });
});

/** Runs the kit as a supplier would: a program of its own that knows an address, a service and how to get tokens. */
async function conformance(info: TestInfo, baseURL: string, args: readonly string[], env: Record<string, string | undefined> = {}) {
  const [html, json] = [info.outputPath('conformance.html'), info.outputPath('conformance.json')];
  const kit = ['--import', 'tsx', 'scripts/conformance.ts', '--base', `${baseURL}/STU3`, '--service', await aServiceToTestAt(), ...args, '--report', html, '--json', json];
  const exit = await run(process.execPath, kit, { env: { ...process.env, ...env }, timeout: KIT_MS }).then(() => 0, String);
  expect(existsSync(json), `the kit broke off: ${exit}`).toBe(true);
  const { leftBooked, requirements } = report.parse(JSON.parse(readFileSync(json, 'utf8')));
  const failed = requirements.filter(({ state }) => state === 'fail');
  const skipped = requirements.filter(({ state }) => state === 'skip').map(({ id }) => id);
  return { outcomes: { exit, failed, skipped, leftBooked }, html: readFileSync(html, 'utf8') };
}

async function aServiceToTestAt(): Promise<string> {
  const service = await aService();
  await freeSlotsInARow(15, { serviceId: service.id, startsAt: addMinutes(wholeMinute(), 60) });
  await db.schedule.updateMany({ where: { serviceId: service.id }, data: { practitionerName: 'Dr Maud Inventsen', practitionerGender: 'female' } });
  return service.dosId;
}

async function aClientWithKey() {
  const { actor, now } = await aSystem();
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const issuer = `https://consumer-${actor.organisation.code.toLowerCase()}.example.nhs.uk/`;
  await db.apiClient.update({ where: { id: actor.id }, data: { issuer } });
  await db.apiClientKey.create({ data: { clientId: actor.id, kid: 'conformance', algorithm: 'ES256', publicKey: publicJwk.parse(publicKey.export({ format: 'jwk' })), createdAt: now } });
  return { key: privateKey.export({ type: 'pkcs8', format: 'pem' }), args: ['--kid', 'conformance', '--issuer', issuer, '--organisation', actor.organisation.code] };
}
