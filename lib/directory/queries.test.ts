import { expect, test } from 'vitest';
import { numericId } from '@/lib/directory/disposition.rules';
import { bankHolidays, dispositionByCode, dispositions, resolveDisposition, resolvePractice, serviceDetail, serviceTypes, symptomGroups } from '@/lib/directory/queries';
import { db } from '@/lib/platform/db';
import { newId } from '@/lib/platform/id';
import { aSymptomGroup } from '@/prisma/factories/reference';
import { aService } from '@/prisma/factories/service';

async function aPractice(odsCode: string, name: string, kind = 'gp-practice') {
  await db.organisation.create({ data: { odsCode, name, kind } });
}

test('D-058, D-059: every disposition has the number that is derived from its code, and short codes come first', async () => {
  const all = await dispositions();
  expect(all.filter(({ code, numericId: stored }) => numericId(code) !== stored)).toEqual([]);
  expect(all[0]?.code).toBe('Dx02');
  expect(all.at(-1)?.code).toBe('Dx1117');
});

test('D-057: a disposition is found by its code in any case, with its leading zeros', async () => {
  expect(await dispositionByCode('dX05')).toMatchObject({ code: 'Dx05' });
  expect(await dispositionByCode('Dx5')).toBeNull();
  expect(await dispositionByCode('Dx_5')).toBeNull();
});

test.each([
  ['Dx05', 'Dx05'],
  [' dx05 ', 'Dx05'],
  ['1005', 'Dx05'],
  ['Dx010', 'Dx010'],
  ['Dx05 To contact a Primary Care Service within 2 hours', 'Dx05'],
  ['contact primary care 2 hours', 'Dx05'],
  ['primary CONTACT 12 hours', 'Dx07'],
  ['palliative', 'Dx117'],
])('D-057, D-058: "%s" is %s', async (typed, code) => {
  expect(await resolveDisposition(typed)).toMatchObject({ ok: true, value: { code } });
});

test('words that several dispositions have are ambiguous, with at most 10 candidates', async () => {
  const outcome = await resolveDisposition('primary care 2 hours');
  expect(outcome).toMatchObject({
    ok: false,
    error: { code: 'disposition-ambiguous', candidates: [{ value: 'Dx05', words: 'Dx05 To contact a Primary Care Service within 2 hours' }, { value: 'Dx12' }] },
  });
  const many = await resolveDisposition('hours');
  expect(!many.ok && many.error.code === 'disposition-ambiguous' && many.error.candidates.length).toBe(10);
});

test.each(['Dx99', 'nonsense', '', '   ', "'; DROP TABLE"])('"%s" is an unknown disposition', async (typed) => {
  expect(await resolveDisposition(typed)).toMatchObject({ ok: false, error: { code: 'disposition-unknown' } });
});

test('a practice is found by its ODS code, by code and name, and by words of its name', async () => {
  await aPractice('TP0001', 'Zebra Crossing Surgery');
  const found = { ok: true, value: { code: 'TP0001', name: 'Zebra Crossing Surgery' } };
  expect(await resolvePractice('tp0001')).toEqual(found);
  expect(await resolvePractice('TP0001 Zebra Crossing Surgery')).toEqual(found);
  expect(await resolvePractice('surgery zebra')).toEqual(found);
});

test('a name that several practices share is ambiguous, with at most 10 candidates; other organisations are none', async () => {
  for (let number = 10; number < 22; number += 1) await aPractice(`TQ00${number}`, `Quokka Health Centre ${number}`);
  await aPractice('TR0001', 'Wombat Pharmacy', 'pharmacy');
  const outcome = await resolvePractice('quokka');
  expect(outcome).toMatchObject({ ok: false, error: { code: 'practice-ambiguous' } });
  expect(!outcome.ok && outcome.error.code === 'practice-ambiguous' && outcome.error.candidates).toHaveLength(10);
  expect(await resolvePractice('wombat')).toMatchObject({ ok: false, error: { code: 'practice-unknown' } });
});

test.each(['', '%', '_', 'word '.repeat(2000)])('what holds no name is an unknown practice, and never matches everything', async (typed) => {
  expect(await resolvePractice(typed)).toMatchObject({ ok: false, error: { code: 'practice-unknown' } });
});

test('symptom groups come with the discriminators valid in them', async () => {
  const { groupId, discriminatorIds } = await aSymptomGroup(2);
  const group = (await symptomGroups()).find(({ id }) => id === groupId);
  expect(group?.discriminators.map(({ id }) => id).sort()).toEqual([...discriminatorIds].sort());
});

test('bank holidays are London dates, types are sorted by name', async () => {
  expect([...(await bankHolidays())]).toContain('2026-12-28');
  const types = await serviceTypes();
  expect(types).toContainEqual({ id: 135, name: 'Urgent Treatment Centre (UTC)' });
});

test('D-047, D-048: a service is looked up by either id, with its hours; staff numbers are for clinicians', async () => {
  const service = await aService({
    staffPhone: '01632 960123',
    isOpenAllHours: false,
    openings: { create: [{ day: 1, fromMinute: 540, toMinute: 1080 }] },
    openingExceptions: { create: [{ date: new Date('2026-12-25T00:00:00Z'), fromMinute: 0, toMinute: 0 }] },
  });
  const detail = await serviceDetail(service.dosId);
  expect(detail).toMatchObject({ id: service.id, name: service.name, typeName: 'Urgent Treatment Centre (UTC)', staffPhone: null, ages: [{ daysFrom: 0 }] });
  expect(detail?.opening.days.get(1)).toEqual([{ fromMinute: 540, toMinute: 1080 }]);
  expect([...(detail?.opening.exceptions ?? [])]).toEqual([['2026-12-25', [{ fromMinute: 0, toMinute: 0 }]]]);
  expect(await serviceDetail(service.id, 'clinician')).toMatchObject({ staffPhone: '01632 960123' });
});

test.each([newId(), '9999999999', "made-up'"])('D-045, 103: an id that no service has gives nothing', async (id) => {
  expect(await serviceDetail(id)).toBeNull();
});
