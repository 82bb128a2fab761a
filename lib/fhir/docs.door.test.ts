import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clientKeyForm } from '@/lib/auth/client-key.schema';
import { addKey } from '@/lib/auth/client-keys.commands';
import { addSecret } from '@/lib/auth/client-secrets.commands';
import { addDays, addMinutes, readClock, startOfLondonDay } from '@/lib/platform/time';
import { londonDate } from '@/lib/platform/time-words';
import { aSystem } from '@/prisma/factories/client';
import { syntheticNhsNumber } from '@/prisma/factories/patient';
import { aService } from '@/prisma/factories/service';
import { aHandler } from '@/prisma/factories/staff';
import { slotsToBook } from '@/scripts/test-support/fhir/bookings';
import { served } from '@/scripts/test-support/fhir/serve';

const TEN_O_CLOCK = 10 * 60;
const run = promisify(execFile);

/** A fenced block of the document, and the status that the text after it promises. */
type Block = { code: string; status: string | null };

let close: () => Promise<void>;
let folder: string;
let variables: Record<string, string>;
let isKeyKnown = false;

beforeAll(async () => {
  // curl and node tell the time by themselves: here the clock is the real one.
  const now = readClock();
  const server = await served(readClock);
  close = server.close;
  folder = mkdtempSync(path.join(tmpdir(), 'onward-docs-'));
  const service = await aService();
  await slotsToBook(3, { serviceId: service.id, startsAt: addMinutes(startOfLondonDay(addDays(londonDate(now), 1)), TEN_O_CLOCK) });
  const { actor } = await aSystem({ now });
  const admin = await aHandler({ role: 'system-admin', scope: 'national', now });
  const secret = await addSecret(admin, actor.id);
  if (!secret.ok) throw new Error(secret.error.code);
  variables = { ONWARD: server.origin, CLIENT_ID: actor.id, CLIENT_SECRET: secret.value.secret, SERVICE: service.dosId, NHS_NUMBER: syntheticNhsNumber() };
});

afterAll(async () => {
  await close();
  rmSync(folder, { recursive: true });
});

test('every example of docs/api.md works as it stands, one after another, and has the status that the text promises', { timeout: 120_000 }, async () => {
  const blocks = blocksOf(readFileSync('docs/api.md', 'utf8'));
  expect(blocks.filter(({ status }) => status).length).toBeGreaterThan(10);
  for (const { code, status } of blocks) {
    await registerKey();
    const said = await runInShell(code);
    if (status) expect(said.split('\n')[0], code).toBe(status);
  }
  for (const file of ['cancelled.json', 'entry-cancelled.json']) expect(readFileSync(path.join(folder, file), 'utf8')).toContain('"status":"cancelled"');
  for (const file of ['entries.json', 'entry-found.json']) expect(readFileSync(path.join(folder, file), 'utf8')).toContain('https://other.example.nhs.uk/STU3/Appointment/');
});

/** In a shell of its own that goes on where the last one ended: the same folder, the variables that were set. */
async function runInShell(code: string): Promise<string> {
  const script = ['set -euo pipefail', 'if [ -f state ]; then . ./state; fi', code, 'declare -p FROM UNTIL TOKEN SLOT SCHEDULE START END DOCUMENT REQUEST APPOINTMENT ETAG REGISTRY_TOKEN POINTER ENTRY > state 2> /dev/null || true'].join('\n');
  const { stdout } = await run('bash', ['-c', script], { cwd: folder, env: { ...process.env, ...variables } });
  return stdout.trim();
}

/** What the document leaves to whoever runs the installation: registers the public key once it was made. */
async function registerKey(): Promise<void> {
  const file = path.join(folder, 'public.pem');
  if (isKeyKnown || !existsSync(file)) return;
  const key = clientKeyForm.parse({ kid: 'key-1', publicKey: readFileSync(file, 'utf8') });
  const admin = await aHandler({ role: 'system-admin', scope: 'national', now: readClock() });
  const added = await addKey(admin, { clientId: variables['CLIENT_ID'] ?? '', key });
  if (!added.ok) throw new Error(added.error.code);
  isKeyKnown = true;
}

function blocksOf(text: string): Block[] {
  const [, ...parts] = text.split(/^```bash$/m);
  return parts.map((part) => {
    const [code = '', after = ''] = part.split(/^```$/m);
    return { code, status: /^\*\*(\d{3})\*\*/m.exec(after)?.[1] ?? null };
  });
}
