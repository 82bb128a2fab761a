import { expect, test } from 'vitest';
import { createService } from '@/lib/directory/create-service.commands';
import { saveProfile } from '@/lib/directory/profile.commands';
import { profileOf } from '@/lib/directory/profile.queries';
import type { ProfileChange } from '@/lib/directory/profile.schema';
import { db } from '@/lib/platform/db';
import { newId } from '@/lib/platform/id';
import type { LocalDate } from '@/lib/platform/time-words';
import { aSymptomGroup } from '@/prisma/factories/reference';
import { aService } from '@/prisma/factories/service';
import { aHandler } from '@/prisma/factories/staff';

const BOOKING: ProfileChange = { section: 'booking', isBookable: true, isBookingOnly: true, holdMinutes: 7, cancelBy: 'booker', refusesFrom: [] };
const ACCEPTS: ProfileChange = { section: 'accepts', dispositions: ['Dx05', 'Dx08', 'Dx9999'], ages: [{ daysFrom: 365, daysTo: 5_843 }], genders: ['F', 'I'], roles: ['clinician'] };
const CHRISTMAS_EVE = '2026-12-24' as LocalDate;

async function aServiceOfMine(given: Parameters<typeof aService>[0] = {}) {
  const service = await aService(given);
  return { service, ctx: await aHandler({ role: 'service-admin', scope: service.id }), colleague: await aHandler({ role: 'service-admin', scope: service.id }) };
}

/** A postcode with a position, in an outcode that has one too. */
async function aPostcode() {
  const row = { country: 'E', latitude: 53.82, longitude: -1.56, icbCode: 'QWO' };
  await db.postcode.upsert({ where: { postcode: 'LS6 2AB' }, create: { postcode: 'LS6 2AB', quality: 10, ...row }, update: {} });
  await db.postcodeArea.upsert({ where: { area: 'LS6' }, create: { area: 'LS6', ...row }, update: {} });
  const { latitude, longitude, icbCode } = row;
  return { postcode: 'LS6 2AB', latitude, longitude, icbCode };
}

async function auditOf(subject: string, type: string) {
  return db.auditEvent.findMany({ where: { subject, type }, orderBy: { seq: 'asc' }, select: { detail: true, actorId: true } });
}

test('what is saved stands at once, as a new version, and the audit keeps the codes before and after', async () => {
  const { service, ctx } = await aServiceOfMine();

  expect(await saveProfile(ctx, { serviceId: service.id, version: 1, change: ACCEPTS })).toEqual({ ok: true, value: { isChanged: true } });

  const profile = await profileOf(ctx, service.id);
  expect(profile).toMatchObject({ version: 2, ages: [{ daysFrom: 365, daysTo: 5_843 }], genders: ['F', 'I'], roles: ['clinician'] });
  expect(profile?.dispositions.map(({ code }) => code)).toEqual(['Dx05', 'Dx08']);
  const [audited] = await auditOf(service.id, 'service.changed');
  expect(audited).toMatchObject({
    actorId: ctx.actor.id,
    detail: { section: 'accepts', before: { dispositions: ['Dx05', 'Dx06', 'Dx07', 'Dx08'] }, after: { dispositions: ['Dx05', 'Dx08'], ages: ['365-5843'], roles: ['clinician'] } },
  });
});

test('each part replaces what it held before, and touches no other', async () => {
  const { service, ctx } = await aServiceOfMine({ isOpenAllHours: false });
  const { groupId, discriminatorIds: [discriminatorId = 0] } = await aSymptomGroup(1);
  const parts: ProfileChange[] = [
    { section: 'symptoms', symptoms: [{ groupId, discriminatorId }, { groupId, discriminatorId: 1 }] },
    { section: 'hours', isOpenAllHours: false, onlyIfOpenMinutes: 15, hours: [{ day: 1, fromMinute: 540, toMinute: 720 }, { day: 1, fromMinute: 780, toMinute: 1_080 }, { day: 8, fromMinute: 600, toMinute: 960 }] },
    { section: 'dates', date: CHRISTMAS_EVE, sessions: [{ fromMinute: 0, toMinute: 0 }], reason: 'Christmas Eve' },
    { section: 'dates', date: CHRISTMAS_EVE, sessions: [{ fromMinute: 600, toMinute: 840 }], reason: 'Short day' },
    BOOKING,
    { section: 'words', words: { handlerInstructions: 'Ring the bell', patientInformation: 'Bring your medicines', accessNeeds: 'Level access', publicPhone: '01632 960001', staffPhone: null, website: 'https://www.example.com' } },
  ];
  for (const [index, change] of parts.entries()) {
    expect(await saveProfile(ctx, { serviceId: service.id, version: index + 1, change })).toEqual({ ok: true, value: { isChanged: true } });
  }

  expect(await profileOf(ctx, service.id)).toMatchObject({
    version: 7,
    symptoms: [{ groupId, discriminatorId }],
    onlyIfOpenMinutes: 15,
    hours: [{ day: 1, fromMinute: 540, toMinute: 720 }, { day: 1, fromMinute: 780, toMinute: 1_080 }, { day: 8, fromMinute: 600, toMinute: 960 }],
    specified: [{ date: CHRISTMAS_EVE, sessions: [{ fromMinute: 600, toMinute: 840 }], reason: 'Short day' }],
    isBookable: true,
    isBookingOnly: true,
    holdMinutes: 7,
    cancelBy: 'booker',
    words: { accessNeeds: 'Level access', staffPhone: null },
  });
  const told = JSON.stringify(await auditOf(service.id, 'service.changed'));
  expect(told).toContain('accessNeeds');
  expect(told).not.toMatch(/Level access|Ring the bell|01632|Christmas Eve/);

  await saveProfile(ctx, { serviceId: service.id, version: 7, change: { section: 'date-removed', date: CHRISTMAS_EVE } });
  expect((await profileOf(ctx, service.id))?.specified).toEqual([]);
});

test('a postcode gives the position and the commissioner; one that nobody can be sent to is refused', async () => {
  const { service, ctx } = await aServiceOfMine();
  const place = await aPostcode();
  const change: ProfileChange = { section: 'place', name: 'Example Centre', address: '2 Example Street', postcode: 'ls62ab' };

  expect((await saveProfile(ctx, { serviceId: service.id, version: 1, change })).ok).toBe(true);
  expect(await db.service.findUnique({ where: { id: service.id } })).toMatchObject({ ...place, name: 'Example Centre', version: 2 });
  for (const wrong of ['LS6', 'LS6 9ZZ', 'BT1 1AA', 'nowhere']) {
    expect(await saveProfile(ctx, { serviceId: service.id, version: 2, change: { ...change, postcode: wrong } })).toMatchObject({ ok: false, error: { code: 'place-unknown', postcode: wrong.toUpperCase() } });
  }
  expect(await auditOf(service.id, 'service.change-refused')).toHaveLength(4);
});

test('a form saved as it stood changes nothing and makes no version, not even where ages are finer than years', async () => {
  const { service, ctx } = await aServiceOfMine({ ages: [{ daysFrom: 366, daysTo: 47_481 }], dispositions: ['Dx05'] });
  const change: ProfileChange = { section: 'accepts', dispositions: ['Dx05'], ages: [{ daysFrom: 365, daysTo: 47_481 }], genders: ['M', 'F', 'I'], roles: ['clinician', 'call-handler'] };

  expect(await saveProfile(ctx, { serviceId: service.id, version: 1, change })).toEqual({ ok: true, value: { isChanged: false } });
  expect(await auditOf(service.id, 'service.changed')).toEqual([]);
  expect(await profileOf(ctx, service.id)).toMatchObject({ version: 1, ages: [{ daysFrom: 366 }] });
});

test('B-114: organisations that may not book are kept by ODS code, and one that nobody knows is refused', async () => {
  const { service, ctx } = await aServiceOfMine();
  const { code } = ctx.actor.organisation;

  expect((await saveProfile(ctx, { serviceId: service.id, version: 1, change: { ...BOOKING, refusesFrom: [code] } })).ok).toBe(true);
  expect((await profileOf(ctx, service.id))?.refusesFrom).toEqual([code]);
  expect(await saveProfile(ctx, { serviceId: service.id, version: 2, change: { ...BOOKING, refusesFrom: [code, 'NOSUCH'] } })).toEqual({ ok: false, error: { code: 'organisation-unknown', odsCode: 'NOSUCH' } });
  expect((await profileOf(ctx, service.id))?.refusesFrom).toEqual([code]);
  expect(await auditOf(service.id, 'service.changed')).toMatchObject([{ detail: { section: 'booking', before: { refusesFrom: [] }, after: { refusesFrom: [code] } } }]);
});

test('whoever looked at an older version is told who changed it and when, and changes nothing', async () => {
  const { service, ctx, colleague } = await aServiceOfMine();
  await saveProfile(colleague, { serviceId: service.id, version: 1, change: BOOKING });

  const refused = await saveProfile(ctx, { serviceId: service.id, version: 1, change: { ...BOOKING, holdMinutes: 3 } });

  expect(refused).toEqual({ ok: false, error: { code: 'service-changed', by: colleague.actor.name, at: colleague.now } });
  expect((await profileOf(ctx, service.id))?.holdMinutes).toBe(7);
  expect(await auditOf(service.id, 'service.change-refused')).toMatchObject([{ detail: { code: 'service-changed', section: 'booking' } }]);
});

test('ten admins save at once: one version is made, and nine are told whose it is', async () => {
  const { service } = await aServiceOfMine();
  const admins = await Promise.all(Array.from({ length: 10 }, () => aHandler({ role: 'service-admin', scope: service.id })));

  const outcomes = await Promise.all(admins.map((ctx, index) => saveProfile(ctx, { serviceId: service.id, version: 1, change: { ...BOOKING, holdMinutes: index + 6 } })));

  const winner = admins[outcomes.findIndex(({ ok }) => ok)];
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
  expect(outcomes.filter((outcome) => !outcome.ok && outcome.error.code === 'service-changed' && outcome.error.by === winner?.actor.name)).toHaveLength(9);
  expect(await db.service.findUnique({ where: { id: service.id }, select: { version: true } })).toEqual({ version: 2 });
  expect(await auditOf(service.id, 'service.changed')).toHaveLength(1);
});

test('the service of another admin is not found, changed by nobody, and the attempt is audited', async () => {
  const { ctx } = await aServiceOfMine();
  const other = await aService();

  expect(await saveProfile(ctx, { serviceId: other.id, version: 1, change: BOOKING })).toEqual({ ok: false, error: { code: 'service-not-found' } });
  expect(await profileOf(ctx, other.id)).toBeNull();
  expect(await auditOf(other.id, 'service.access-refused')).toHaveLength(1);
  expect(await auditOf(other.id, 'service.change-refused')).toHaveLength(1);
  await expect(saveProfile(await aHandler(), { serviceId: other.id, version: 1, change: BOOKING })).rejects.toThrow(/Not permitted/);
});

test('a new service is its maker’s: of their organisation, bookings off, accepting nothing yet, and the same form twice makes one', async () => {
  const { ctx } = await aServiceOfMine();
  const { postcode } = await aPostcode();
  const request = { id: newId(), name: 'Example Urgent Treatment Centre', address: '1 Example Street, Leeds', postcode, typeId: 135 };

  const outcomes = await Promise.all([createService(ctx, request), createService(ctx, request)]);

  expect(outcomes).toEqual([{ ok: true, value: { serviceId: request.id } }, { ok: true, value: { serviceId: request.id } }]);
  expect(await db.staffRole.findMany({ where: { staffId: ctx.actor.id, scope: request.id } })).toHaveLength(1);
  expect(await auditOf(request.id, 'service.created')).toHaveLength(1);
  const mine = { ...ctx, actor: { ...ctx.actor, roles: [{ role: 'service-admin' as const, scope: request.id }] } };
  const profile = await profileOf(mine, request.id);
  expect(profile).toMatchObject({ version: 1, status: 'active', isBookable: false, dispositions: [], hours: [], hasSchedule: false, ages: [{ daysFrom: 0, daysTo: 47_481 }], genders: ['F', 'M', 'I'] });
  expect(profile?.dosId).toMatch(/^9900\d{9}$/);
  expect(await createService(await aHandler({ role: 'service-admin', scope: 'none' }), request)).toEqual({ ok: false, error: { code: 'service-not-found' } });
});

test('a new service where nobody can be sent is refused, and a call handler makes none', async () => {
  const request = { id: newId(), name: 'Example', address: '1 Example Street', postcode: 'LS6 9ZZ', typeId: 135 };

  expect(await createService(await aHandler({ role: 'service-admin', scope: 'none' }), request)).toEqual({ ok: false, error: { code: 'place-unknown', postcode: 'LS6 9ZZ' } });
  expect(await auditOf(request.id, 'service.change-refused')).toHaveLength(1);
  await expect(createService(await aHandler(), request)).rejects.toThrow(/Not permitted/);
});
