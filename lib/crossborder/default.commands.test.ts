import { expect, test } from 'vitest';
import { setBorderDefault } from '@/lib/crossborder/default.commands';
import { borderDefaults } from '@/lib/crossborder/default.queries';
import type { Nation } from '@/lib/crossborder/schema';
import { db } from '@/lib/platform/db';
import { ForbiddenError } from '@/lib/platform/errors';
import { aCommissioner } from '@/prisma/factories/agreement';
import { aHandler, later } from '@/prisma/factories/staff';

test('as shipped: at once within six hours and at emergency departments, otherwise somebody approves it', async () => {
  const defaults = await borderDefaults();
  expect(defaults.map(({ nation }) => nation)).toEqual(['E', 'W', 'S']);
  for (const rule of defaults) expect(rule).toMatchObject({ version: 1, urgentMinutes: 360, urgentOutcome: 'allow', emergencyOutcome: 'allow', otherOutcome: 'approval', pricePence: null, setBy: null });
});

test('a new default is a further version; the older ones stay, and the audit tells both', async () => {
  const national = await aCommissioner('national');
  const before = await current('E');
  expect(await setBorderDefault(national, { ...asked('E'), urgentMinutes: 120, seenVersion: before.version })).toEqual({ ok: true, value: { version: before.version + 1 } });
  expect(await current('E')).toMatchObject({ version: before.version + 1, urgentMinutes: 120, setBy: national.actor.name, at: national.now });
  expect(await db.borderDefault.count({ where: { nation: 'E' } })).toBe(before.version + 1);
  const [row] = await db.auditEvent.findMany({ where: { requestId: national.requestId } });
  expect(row).toMatchObject({ type: 'border.default-set', subject: 'E', detail: { before: { urgentMinutes: before.urgentMinutes }, after: { urgentMinutes: 120 } } });
});

test('England’s is the national team’s to set, those of Wales and Scotland also their own commissioners’', async () => {
  const cardiff = await aCommissioner('W92000004');
  const { version } = await current('W');
  expect(await setBorderDefault(cardiff, { ...asked('W'), seenVersion: version })).toMatchObject({ ok: true });
  for (const [scope, nation, area] of [['W92000004', 'S', 'Scotland'], ['QWO', 'E', 'England'], ['Y63', 'E', 'England']] as const) {
    const ctx = later(await aCommissioner(scope), 1);
    expect(await setBorderDefault(ctx, { ...asked(nation), seenVersion: (await current(nation)).version })).toEqual({ ok: false, error: { code: 'agreement-outside-area', area } });
    expect(await db.auditEvent.findMany({ where: { requestId: ctx.requestId }, select: { type: true, detail: true } })).toEqual([{ type: 'border.default-refused', detail: { code: 'agreement-outside-area' } }]);
  }
});

test('a default that was changed since is not changed over', async () => {
  const national = await aCommissioner('national');
  const before = await current('S');
  await setBorderDefault(national, { ...asked('S'), seenVersion: before.version });
  const outcome = await setBorderDefault(later(national, 1), { ...asked('S'), seenVersion: before.version });
  expect(outcome).toEqual({ ok: false, error: { code: 'border-default-changed', at: national.now } });
});

test('five set a default at once: one does, four are told that it has changed', async () => {
  const { version } = await current('S');
  const people = await Promise.all(Array.from({ length: 5 }, () => aCommissioner('national')));
  const outcomes = await Promise.all(people.map((ctx, index) => setBorderDefault(ctx, { ...asked('S'), urgentMinutes: index, seenVersion: version })));
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
  expect(outcomes.flatMap((outcome) => (outcome.ok ? [] : outcome.error.code))).toEqual(Array.from({ length: 4 }, () => 'border-default-changed'));
  expect((await current('S')).version).toBe(version + 1);
});

test('without the permission no default is set', async () => {
  await expect(setBorderDefault(await aHandler(), { ...asked('E'), seenVersion: 1 })).rejects.toThrow(ForbiddenError);
});

function asked(nation: Nation) {
  return { nation, urgentMinutes: 240, urgentOutcome: 'notify', emergencyOutcome: 'allow', otherOutcome: 'refuse', pricePence: null, noshowPence: null, failedContact: 'booker', followUp: 'host', approvers: ['host'] } as const;
}

async function current(nation: Nation) {
  const found = (await borderDefaults()).find((rule) => rule.nation === nation);
  if (!found) throw new Error(`No default of ${nation}`);
  return found;
}
