import { expect, test } from 'vitest';
import { nhsNumber } from '@/lib/patient/nhs-number.schema';
import { db } from '@/lib/platform/db';
import { ForbiddenError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/id';
import { addMinutes, fromDateColumn } from '@/lib/platform/time';
import { openPatient } from '@/lib/registry/access.commands';
import { findPatients, MAX_PATIENTS, openedPatient } from '@/lib/registry/patient.queries';
import { aPatient, syntheticNhsNumber } from '@/prisma/factories/patient';
import { aHandler, later } from '@/prisma/factories/staff';
import { unique } from '@/prisma/factories/unique';

const REASON = { why: 'patient-asks', whyText: '' } as const;
const DIED = { deceasedOn: new Date('2026-11-20T00:00:00Z') };

function byNumber(number: string | null) {
  return { by: 'nhs-number', nhsNumber: nhsNumber.parse(number ?? '') } as const;
}

function byDetails({ familyName, birthDate, postcode }: { familyName: string; birthDate: Date; postcode: string }) {
  return { by: 'details', familyName, birthDate: fromDateColumn(birthDate), postcode } as const;
}

test('by NHS number the one patient is found, also one who died; the search is audited by id, never by what was typed', async () => {
  const ctx = await aHandler();
  const { id, nhsNumber: number } = await aPatient(DIED);
  expect(await findPatients(ctx, byNumber(number))).toMatchObject([{ patient: { id }, deceasedOn: '2026-11-20' }]);
  const rows = await db.auditEvent.findMany({ where: { requestId: ctx.requestId } });
  expect(rows).toMatchObject([{ type: 'patient.found', subject: id, patientId: id, detail: { by: 'nhs-number', count: 1, patients: [id] } }]);
  expect(JSON.stringify(rows[0]?.detail)).not.toContain(number);
});

test('a number that nobody has finds nobody, and that is audited', async () => {
  const ctx = await aHandler();
  expect(await findPatients(ctx, byNumber(syntheticNhsNumber()))).toEqual([]);
  expect(await db.auditEvent.findMany({ where: { requestId: ctx.requestId } })).toMatchObject([{ type: 'patient.not-found', subject: null, patientId: null }]);
});

test('by last name, birth date and postcode, however they are written: the one with a number first, then the newest', async () => {
  const familyName = `O’Néill${unique()}`;
  const shared = { familyName, birthDate: '1961-04-05', postcode: 'LS1 4AP' };
  const older = await aPatient({ ...shared, nhsNumber: null });
  const numbered = await aPatient(shared);
  const newest = await aPatient({ ...shared, nhsNumber: null });
  await aPatient({ ...shared, postcode: 'LS1 4AQ' });
  await aPatient({ ...shared, birthDate: '1961-04-06' });
  await aPatient({ ...shared, isUnknown: true, nhsNumber: null });

  const ctx = await aHandler();
  const found = await findPatients(ctx, byDetails({ familyName: familyName.toLowerCase().replace('’', '').replace('é', 'e'), birthDate: numbered.birthDate, postcode: 'ls14ap' }));
  expect(found.map(({ patient }) => patient.id)).toEqual([numbered.id, newest.id, older.id]);
  expect(await db.auditEvent.findMany({ where: { requestId: ctx.requestId } })).toMatchObject([{ type: 'patient.found', patientId: null, detail: { by: 'details', count: 3 } }]);
});

test('at most 20 are offered', async () => {
  const shared = { familyName: `Notreal${unique()}`, nhsNumber: null };
  const [first] = await Promise.all(Array.from({ length: MAX_PATIENTS + 2 }, () => aPatient(shared)));
  expect(first && (await findPatients(await aHandler(), byDetails(first)))).toHaveLength(MAX_PATIENTS);
});

test('a patient is shown to whoever gave a reason, with its end; the look is audited', async () => {
  const ctx = await aHandler();
  const { id } = await aPatient(DIED);
  await openPatient(ctx, { patientId: id, ...REASON });
  const soon = later(ctx, 29);
  expect(await openedPatient(soon, id)).toMatchObject({ patient: { id }, deceasedOn: '2026-11-20', reasonAt: ctx.now, holdsUntil: addMinutes(ctx.now, 30) });
  expect(await db.auditEvent.findMany({ where: { requestId: soon.requestId } })).toMatchObject([{ type: 'patient.found', subject: id, patientId: id, detail: { by: 'reason' } }]);
});

test('a second reason holds for longer than the first', async () => {
  const ctx = await aHandler();
  const { id } = await aPatient();
  const again = later(ctx, 20);
  await openPatient(ctx, { patientId: id, ...REASON });
  await openPatient(again, { patientId: id, ...REASON });
  expect(await openedPatient(later(ctx, 40), id)).toMatchObject({ reasonAt: again.now, holdsUntil: addMinutes(again.now, 30) });
});

test('nothing is shown without a reason, with a colleague’s, after 30 minutes, of another patient, or of nobody', async () => {
  const ctx = await aHandler();
  const { id } = await aPatient();
  const colleague = await aHandler({ organisationCode: ctx.actor.organisation.code });
  expect(await openedPatient(ctx, id)).toBeNull();
  await openPatient(colleague, { patientId: id, ...REASON });
  expect(await openedPatient(ctx, id)).toBeNull();
  expect(await openedPatient(later(colleague, 30), id)).toBeNull();
  expect(await openedPatient(colleague, (await aPatient()).id)).toBeNull();
  expect(await openedPatient(colleague, newId())).toBeNull();
  expect(await openedPatient(colleague, 'no-id')).toBeNull();
});

test('whoever does not take calls may neither search nor look', async () => {
  const ctx = await aHandler({ role: 'auditor' });
  await expect(findPatients(ctx, byNumber(syntheticNhsNumber()))).rejects.toThrow(ForbiddenError);
  await expect(openedPatient(ctx, newId())).rejects.toThrow(ForbiddenError);
});
