import { expect, test } from 'vitest';
import { nhsNumber } from '@/lib/patient/nhs-number.schema';
import { findPatient, PATIENT_COLUMNS, patientOf } from '@/lib/patient/queries';
import { ForbiddenError } from '@/lib/platform/errors';
import { db } from '@/lib/platform/db';
import { aPatient, syntheticNhsNumber } from '@/prisma/factories/patient';
import { aHandler } from '@/prisma/factories/staff';

test('a patient is found by NHS number, and the look is audited by id, never by the number', async () => {
  const ctx = await aHandler();
  const { id, nhsNumber: number } = await aPatient({ birthDate: '2020-02-29' });
  const found = await findPatient(ctx, nhsNumber.parse(number));

  expect(found).toMatchObject({ ok: true, value: { id, birthDate: '2020-02-29', sex: 'male' } });
  const rows = await db.auditEvent.findMany({ where: { requestId: ctx.requestId } });
  expect(rows).toMatchObject([{ type: 'patient.found', subject: id, patientId: id }]);
  expect(JSON.stringify(rows[0]?.detail)).not.toContain(number);
});

test('a patient who is marked deceased is refused, and the look is audited', async () => {
  const ctx = await aHandler();
  const { id, nhsNumber: number } = await aPatient({ deceasedOn: new Date('2026-11-20T00:00:00Z') });
  expect(await findPatient(ctx, nhsNumber.parse(number))).toEqual({ ok: false, error: { code: 'patient-deceased' } });
  expect(await db.auditEvent.findMany({ where: { requestId: ctx.requestId } })).toMatchObject([{ type: 'patient.found', subject: id, detail: { isDeceased: true } }]);
});

test('a patient is made of what screens know, and of nothing else that a row has', async () => {
  const { id } = await aPatient({ deceasedOn: new Date('2026-11-20T00:00:00Z') });
  const row = await db.patient.findUniqueOrThrow({ where: { id } });
  expect(Object.keys(patientOf(row)).sort()).toEqual(Object.keys(PATIENT_COLUMNS).sort());
});

test('a number that nobody has is refused, and that look is audited too', async () => {
  const ctx = await aHandler();
  expect(await findPatient(ctx, nhsNumber.parse(syntheticNhsNumber()))).toEqual({ ok: false, error: { code: 'patient-not-found' } });
  expect(await db.auditEvent.findMany({ where: { requestId: ctx.requestId } })).toMatchObject([{ type: 'patient.not-found', subject: null, detail: {} }]);
});

test('an auditor may not look up patients', async () => {
  await expect(findPatient(await aHandler({ role: 'auditor' }), nhsNumber.parse(syntheticNhsNumber()))).rejects.toThrow(ForbiddenError);
});
