import { expect, test } from 'vitest';
import { whoFinds } from '@/lib/directory/who-finds.queries';
import { triedSearch } from '@/lib/directory/who-finds.schema';
import { changesOf } from '@/lib/directory/changes.queries';
import { saveProfile } from '@/lib/directory/profile.commands';
import { record } from '@/lib/audit/record';
import { db } from '@/lib/platform/db';
import { aSpot, north } from '@/prisma/factories/search';
import { aService } from '@/prisma/factories/service';
import { aHandler } from '@/prisma/factories/staff';

const TRIED = triedSearch.parse({ postcode: '', disposition: 'Dx05', age: '40', gender: 'F' });

let postcodes = 0;

/** A postcode far from every other test's services, with one service of another's there, and one of mine a kilometre away. */
async function twoServices(given: Parameters<typeof aService>[0] = {}) {
  const spot = aSpot();
  postcodes += 1;
  const postcode = `ZE9 ${postcodes}XX`;
  await db.postcode.create({ data: { postcode, ...spot, icbCode: null, country: 'E', quality: 10 } });
  const nearest = await aService({ ...spot });
  const mine = await aService({ ...north(spot, 1), ...given });
  return { nearest, mine, ctx: await aHandler({ role: 'service-admin', scope: mine.id }), tried: { ...TRIED, postcode } };
}

test('a service stands where the call screen would list it, of so many', async () => {
  const { mine, ctx, tried } = await twoServices();

  expect(await whoFinds(ctx, { serviceId: mine.id, tried })).toMatchObject({ ok: true, value: { standing: { kind: 'listed', position: 2 }, listed: 2, isCatchAll: false, at: ctx.now } });
});

test('every check that leaves the service out is told, for the role, age, gender and hour that were asked', async () => {
  const { mine, ctx, tried } = await twoServices({
    dispositions: ['Dx08'],
    ages: [{ daysFrom: 0, daysTo: 5_843 }],
    genders: ['M'],
    referralRoles: ['clinician'],
    isOpenAllHours: false,
    openings: { create: [{ day: 2, fromMinute: 540, toMinute: 720 }] },
  });
  const checksAt = async (given: Partial<typeof tried>) => {
    const found = await whoFinds(ctx, { serviceId: mine.id, tried: { ...tried, ...given } });
    return found?.ok && found.value.standing.kind === 'left-out' ? found.value.standing.reasons.map(({ check }) => check) : found;
  };

  expect(await checksAt({})).toEqual(['gender', 'disposition', 'role', 'age']);
  expect(await checksAt({ gender: 'M', role: 'clinician', age: '15', disposition: 'Dx08', day: '2026-11-25' })).toEqual(['opening']);
  expect(await checksAt({ gender: 'M', role: 'clinician', age: '15', disposition: 'Dx08', day: '2026-11-24', time: '09:30' })).toMatchObject({ ok: true, value: { standing: { kind: 'listed' } } });
});

test('every fault of what was typed is told at once, at its field', async () => {
  const { mine, ctx } = await twoServices();
  const tried = triedSearch.parse({ postcode: 'nowhere', disposition: 'contact', age: '200', gender: 'X', time: '25:00' });

  const refused = await whoFinds(ctx, { serviceId: mine.id, tried });

  expect(refused && !refused.ok && Object.keys(refused.error)).toEqual(['postcode', 'disposition', 'age', 'time']);
});

test('nobody tries searches on the service of another, and a call handler none at all', async () => {
  const { nearest, mine, ctx, tried } = await twoServices();

  expect(await whoFinds(ctx, { serviceId: nearest.id, tried })).toBeNull();
  await expect(whoFinds(await aHandler(), { serviceId: mine.id, tried })).rejects.toThrow(/Not permitted/);
});

test('what was changed of a service is told latest first, 50 at a time, with who did it; looks and other services are left out', async () => {
  const { nearest, mine, ctx } = await twoServices();
  const words = { handlerInstructions: null, patientInformation: null, accessNeeds: 'Ramp', publicPhone: null, staffPhone: null, website: null };
  await saveProfile(ctx, { serviceId: mine.id, version: 1, change: { section: 'words', words } });
  await record(db, ctx, { type: 'schedule.day-viewed', subject: mine.id });
  for (let index = 0; index < 51; index += 1) await record(db, ctx, { type: 'schedule.changed', subject: mine.id, detail: { index } });

  const first = await changesOf(ctx, { serviceId: mine.id, before: null });
  const second = await changesOf(ctx, { serviceId: mine.id, before: first.next });

  expect(first.changes).toHaveLength(50);
  expect(first.changes[0]).toMatchObject({ type: 'schedule.changed', by: ctx.actor.name, at: ctx.now, detail: { index: 50 } });
  expect(second.changes.map(({ type }) => type)).toEqual(['schedule.changed', 'service.changed']);
  expect(second.next).toBeNull();
  expect(await changesOf(ctx, { serviceId: nearest.id, before: null })).toEqual({ changes: [], next: null });
});
