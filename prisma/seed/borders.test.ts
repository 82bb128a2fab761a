import { beforeAll, describe, expect, test } from 'vitest';
import { db } from '@/lib/platform/db';
import { env } from '@/lib/platform/env';
import { newId } from '@/lib/platform/id';
import { addDays, toDateColumn } from '@/lib/platform/time';
import { londonDate } from '@/lib/platform/time-words';
import { aPatient } from '@/prisma/factories/patient';
import { scheduleRow } from '@/prisma/factories/rows';
import { aService } from '@/prisma/factories/service';
import { A_TUESDAY_AT_TEN } from '@/prisma/factories/staff';
import { loadBorders } from './demonstration';
import { loadStaff } from './staff';

const NOW = A_TUESDAY_AT_TEN;
const MANCHESTER_HOME = 'M1 1AA';
const LEEDS_HOME = 'LS1 4AP';

async function aTreatmentCentre(icbCode: string) {
  const { id } = await aService({ isDemonstration: true, icbCode });
  const schedule = await db.schedule.create({ data: scheduleRow({ serviceId: id }) });
  const hours = { opensMinute: 540, closesMinute: 1_020, slotMinutes: 15, places: 1 };
  await db.template.create({ data: { id: newId(), scheduleId: schedule.id, weekdays: [1, 2, 3, 4, 5, 6, 7], ...hours, validFrom: toDateColumn(addDays(londonDate(NOW), -90)) } });
}

beforeAll(async () => {
  for (const [postcode, icbCode] of [[MANCHESTER_HOME, 'QOP'], [LEEDS_HOME, 'QWO']] as const) {
    await db.postcode.upsert({ where: { postcode }, create: { postcode, icbCode, country: 'E', quality: 10 }, update: {} });
  }
  for (const icbCode of ['QOP', 'QWO']) await aTreatmentCentre(icbCode);
  for (let made = 0; made < 100; made += 1) await aPatient({ familyName: `Placeholder ${made}`, postcode: made % 2 === 0 ? MANCHESTER_HOME : LEEDS_HOME });
  await loadStaff(env().DATABASE_URL);
  await loadBorders(env().DATABASE_URL, { now: NOW });
});

describe('borders in the demonstration', () => {
  test('six agreements are in force, one waits for the other side and one is a draft', async () => {
    const agreements = await db.agreement.groupBy({ by: ['state'], _count: true, orderBy: { state: 'asc' } });
    expect(agreements.map(({ state, _count }) => [state, _count])).toEqual([['agreed', 6], ['draft', 1], ['proposed', 1]]);
  });

  test('patients of each side were seen on the other, by the agreement between them, last month and this', async () => {
    const decisions = await db.borderDecision.findMany({ include: { appointment: { include: { registryEntry: true } } } });
    expect(decisions.length).toBeGreaterThan(50);
    expect(new Set(decisions.map(({ responsibleCode, hostCode, outcome }) => `${responsibleCode} ${hostCode} ${outcome}`))).toEqual(new Set(['QWO QOP allow', 'QOP QWO notify']));
    expect(decisions.every(({ ruleKind, appointment }) => ruleKind === 'agreement' && appointment.registryEntry !== null)).toBe(true);
    expect(new Set(decisions.map(({ startsAt }) => londonDate(startsAt).slice(0, 7)))).toContain('2026-10');
  });

  test('loading again changes nothing', async () => {
    const before = await db.borderDecision.count();
    await loadBorders(env().DATABASE_URL, { now: NOW });
    expect(await db.borderDecision.count()).toBe(before);
  });
});
