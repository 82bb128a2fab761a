import { describe, expect, test } from 'vitest';
import { db } from '@/lib/platform/db';
import { ForbiddenError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/id';
import { addMinutes } from '@/lib/platform/time';
import { openEntry, openPatient } from '@/lib/registry/access.commands';
import { hasAccessTo, openedEntries } from '@/lib/registry/access.queries';
import { aRegisteredEntry } from '@/prisma/factories/entry';
import { aPatient, syntheticNhsNumber } from '@/prisma/factories/patient';
import { aSealedAppointment, entryOf } from '@/prisma/factories/sealed';
import { aHandler, later } from '@/prisma/factories/staff';

const REASON = { why: 'direct-care', whyText: '' } as const;
const OTHER = { why: 'other', whyText: 'Asked for by the coroner' } as const;

const audits = (actorId: string) => db.auditEvent.findMany({ where: { actorId }, select: { type: true, subject: true, patientId: true, detail: true } });
const accesses = (staffId: string) => db.registryAccess.findMany({ where: { staffId } });

describe('opening a sealed entry', () => {
  test.each(['clinician', 'supervisor'] as const)('a %s opens it with a reason, which is kept and audited with it', async (role) => {
    const ctx = await aHandler({ role });
    const appointment = await aSealedAppointment(await aHandler());
    const { id: entryId } = await entryOf(appointment);

    expect(await openEntry(ctx, { entryId, ...REASON })).toEqual({ ok: true, value: null });
    const kept = await accesses(ctx.actor.id);
    expect(kept).toMatchObject([{ kind: 'sealed', entryId, patientId: appointment.patientId, reason: 'direct-care', text: null, at: ctx.now, expiresAt: addMinutes(ctx.now, 30) }]);
    expect(await audits(ctx.actor.id)).toEqual([{ type: 'registry.opened', subject: entryId, patientId: appointment.patientId, detail: { access: kept[0]?.id, reason: 'direct-care' } }]);
  });

  test('the words of another reason are kept for the auditor, and are not in the audit', async () => {
    const ctx = await aHandler({ role: 'clinician' });
    const { id: entryId } = await entryOf(await aSealedAppointment(await aHandler()));
    await openEntry(ctx, { entryId, ...OTHER });
    expect(await accesses(ctx.actor.id)).toMatchObject([{ reason: 'other', text: OTHER.whyText }]);
    expect(JSON.stringify(await audits(ctx.actor.id))).not.toContain('coroner');
  });

  test('holds for 30 minutes, for the person who gave the reason and for that entry alone', async () => {
    const [ctx, colleague] = [await aHandler({ role: 'clinician' }), await aHandler({ role: 'clinician' })];
    const patient = await aPatient();
    const [one, other] = [await aRegisteredEntry({ nhsNumber: patient.nhsNumber, isSealed: true }), await aRegisteredEntry({ nhsNumber: patient.nhsNumber, isSealed: true })];
    await openEntry(ctx, { entryId: one.id, ...REASON });

    const both = [one.id, other.id];
    expect(await openedEntries(later(ctx, 29), both)).toEqual(new Set([one.id]));
    expect(await openedEntries(later(ctx, 30), both)).toEqual(new Set());
    expect(await openedEntries(colleague, both)).toEqual(new Set());
    expect(await hasAccessTo(ctx, patient.id)).toBe(false);
  });

  test('of an entry that another organisation registered it names the patient whom its number finds, or nobody', async () => {
    const ctx = await aHandler({ role: 'clinician' });
    const patient = await aPatient();
    const known = await aRegisteredEntry({ nhsNumber: patient.nhsNumber, isSealed: true });
    const [unknown, nameless] = [await aRegisteredEntry({ nhsNumber: syntheticNhsNumber(), isSealed: true }), await aRegisteredEntry({ isSealed: true })];
    for (const { id: entryId } of [known, unknown, nameless]) await openEntry(ctx, { entryId, ...REASON });
    expect((await audits(ctx.actor.id)).map(({ subject, patientId }) => [subject, patientId])).toEqual([[known.id, patient.id], [unknown.id, null], [nameless.id, null]]);
  });

  test('one that is not sealed needs no reason, and none is kept', async () => {
    const ctx = await aHandler({ role: 'clinician' });
    const { id: entryId } = await aRegisteredEntry({ nhsNumber: syntheticNhsNumber() });
    expect(await openEntry(ctx, { entryId, ...REASON })).toEqual({ ok: true, value: null });
    expect(await accesses(ctx.actor.id)).toEqual([]);
  });

  test('one that is not there is refused, and the try is audited', async () => {
    const ctx = await aHandler({ role: 'clinician' });
    const entryId = newId();
    expect(await openEntry(ctx, { entryId, ...REASON })).toEqual({ ok: false, error: { code: 'entry-not-found' } });
    expect(await audits(ctx.actor.id)).toEqual([{ type: 'registry.open-refused', subject: entryId, patientId: null, detail: { code: 'entry-not-found' } }]);
  });

  test.each(['call-handler', 'service-admin', 'auditor', 'commissioner', 'system-admin'] as const)('a %s may not', async (role) => {
    const ctx = await aHandler({ role });
    const { id: entryId } = await aRegisteredEntry({ nhsNumber: syntheticNhsNumber(), isSealed: true });
    await expect(openEntry(ctx, { entryId, ...REASON })).rejects.toThrow(ForbiddenError);
    expect(await accesses(ctx.actor.id)).toEqual([]);
  });
});

describe('looking at what a patient has', () => {
  test('is let in for 30 minutes by a reason, which is kept and audited with the patient; sealed entries stay shut', async () => {
    const [ctx, colleague] = [await aHandler(), await aHandler()];
    const [patient, other] = [await aPatient(), await aPatient()];
    const { id: sealed } = await aRegisteredEntry({ nhsNumber: patient.nhsNumber, isSealed: true });

    expect(await openPatient(ctx, { patientId: patient.id, ...OTHER })).toEqual({ ok: true, value: null });
    const kept = await accesses(ctx.actor.id);
    expect(kept).toMatchObject([{ kind: 'patient', entryId: null, patientId: patient.id, reason: 'other', text: OTHER.whyText, at: ctx.now, expiresAt: addMinutes(ctx.now, 30) }]);
    expect(await audits(ctx.actor.id)).toEqual([{ type: 'patient.viewed', subject: kept[0]?.id, patientId: patient.id, detail: { access: kept[0]?.id, reason: 'other' } }]);

    expect(await hasAccessTo(later(ctx, 29), patient.id)).toBe(true);
    expect(await hasAccessTo(later(ctx, 30), patient.id)).toBe(false);
    expect(await hasAccessTo(colleague, patient.id)).toBe(false);
    expect(await hasAccessTo(ctx, other.id)).toBe(false);
    expect(await openedEntries(ctx, [sealed])).toEqual(new Set());
  });

  test('of nobody is refused, and the try is audited', async () => {
    const ctx = await aHandler();
    const patientId = newId();
    expect(await openPatient(ctx, { patientId, ...REASON })).toEqual({ ok: false, error: { code: 'patient-not-found' } });
    expect(await audits(ctx.actor.id)).toEqual([{ type: 'patient.view-refused', subject: patientId, patientId: null, detail: { code: 'patient-not-found' } }]);
  });

  test.each(['service-admin', 'auditor', 'commissioner', 'system-admin'] as const)('a %s may not', async (role) => {
    const patient = await aPatient();
    await expect(openPatient(await aHandler({ role }), { patientId: patient.id, ...REASON })).rejects.toThrow(ForbiddenError);
  });
});

test('a reason that was given can be neither changed nor taken back, by whatever program', async () => {
  const ctx = await aHandler();
  const patient = await aPatient();
  await openPatient(ctx, { patientId: patient.id, ...REASON });
  const where = { staffId: ctx.actor.id };
  await expect(db.registryAccess.updateMany({ where, data: { reason: 'safeguarding' } })).rejects.toThrow();
  await expect(db.registryAccess.deleteMany({ where })).rejects.toThrow();
});
