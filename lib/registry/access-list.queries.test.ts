import { describe, expect, test } from 'vitest';
import { db } from '@/lib/platform/db';
import { ForbiddenError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/id';
import { addMinutes, parseLocalDate } from '@/lib/platform/time';
import { openEntry, openPatient } from '@/lib/registry/access.commands';
import { accessList, LOOKS_A_PAGE } from '@/lib/registry/access-list.queries';
import type { AccessSearch } from '@/lib/registry/access-list.rules';
import { aRegisteredEntry } from '@/prisma/factories/entry';
import { aPatient, syntheticNhsNumber } from '@/prisma/factories/patient';
import { aHandler, later } from '@/prisma/factories/staff';

const ALL: AccessSearch = { kind: null, from: null, to: null, page: 1 };
const REASON = { why: 'direct-care', whyText: '' } as const;

const auditor = () => aHandler({ role: 'auditor', scope: 'national' });
const day = (text: string) => parseLocalDate(text) ?? expect.unreachable();

/** The list is everybody's: a test looks at what its own people did. */
async function looksOf(staffName: string, search: AccessSearch = ALL) {
  const { lines } = await accessList(await auditor(), search);
  return lines.filter(({ staff }) => staff.name === staffName);
}

describe('the list of looks that needed a reason', () => {
  test('says who, of which organisation and in which role, when, at what, whose, and why; the latest first', async () => {
    const ctx = await aHandler({ role: 'clinician' });
    const patient = await aPatient({ givenName: 'Ewa', familyName: 'Notreal' });
    const entry = await aRegisteredEntry({ nhsNumber: patient.nhsNumber, isSealed: true });
    await openPatient(ctx, { patientId: patient.id, why: 'other', whyText: 'Court order' });
    await openEntry(later(ctx, 1), { entryId: entry.id, ...REASON });

    const about = { staff: { name: ctx.actor.name, organisation: ctx.actor.organisation.name, roles: ['clinician'] }, patient: { nhsNumber: patient.nhsNumber, name: 'Ewa Notreal' } };
    expect(await looksOf(ctx.actor.name)).toMatchObject([
      { at: later(ctx, 1).now, kind: 'sealed', ...about, reason: 'direct-care', text: null },
      { at: ctx.now, kind: 'patient', ...about, reason: 'other', text: 'Court order' },
    ]);
  });

  test('names somebody who is not known here as far as the entry does', async () => {
    const ctx = await aHandler({ role: 'clinician' });
    const nhsNumber = syntheticNhsNumber();
    for (const entry of [await aRegisteredEntry({ nhsNumber, isSealed: true }), await aRegisteredEntry({ isSealed: true })]) await openEntry(ctx, { entryId: entry.id, ...REASON });
    expect((await looksOf(ctx.actor.name)).map(({ patient }) => patient)).toEqual([{ nhsNumber: null, name: 'T. Notreal' }, { nhsNumber, name: null }]);
  });

  test('is narrowed to a kind, and to days in London with both their ends', async () => {
    const ctx = await aHandler({ role: 'clinician', now: new Date('2026-07-01T22:59:59.999Z') });
    const [patient, entry] = [await aPatient(), await aRegisteredEntry({ nhsNumber: syntheticNhsNumber(), isSealed: true })];
    // Midnight in London, in summer.
    await openPatient(ctx, { patientId: patient.id, ...REASON });
    await openEntry({ ...ctx, now: new Date('2026-07-01T23:00:00Z') }, { entryId: entry.id, ...REASON });

    const kinds = async (search: Partial<AccessSearch>) => (await looksOf(ctx.actor.name, { ...ALL, ...search })).map(({ kind }) => kind);
    expect(await kinds({ kind: 'patient' })).toEqual(['patient']);
    expect(await kinds({ kind: 'sealed' })).toEqual(['sealed']);
    expect(await kinds({ from: day('2026-07-01'), to: day('2026-07-01') })).toEqual(['patient']);
    expect(await kinds({ from: day('2026-07-02'), to: day('2026-07-02') })).toEqual(['sealed']);
    expect(await kinds({ from: day('2026-07-01'), to: day('2026-07-02') })).toEqual(['sealed', 'patient']);
    expect(await kinds({ to: day('2026-06-30') })).toEqual([]);
  });

  test('has pages of fifty, each look on one of them', async () => {
    const ctx = await aHandler({ now: new Date('2026-05-05T09:00:00Z') });
    const patient = await aPatient();
    await db.registryAccess.createMany({
      data: Array.from({ length: LOOKS_A_PAGE + 3 }, () => ({ id: newId(), kind: 'patient', staffId: ctx.actor.id, patientId: patient.id, reason: 'complaint', at: ctx.now, expiresAt: addMinutes(ctx.now, 30) })),
    });
    const onTheDay = { ...ALL, from: day('2026-05-05'), to: day('2026-05-05') };
    const [first, second] = [await accessList(await auditor(), onTheDay), await accessList(await auditor(), { ...onTheDay, page: 2 })];
    expect([first.total, first.lines.length, second.lines.length]).toEqual([LOOKS_A_PAGE + 3, LOOKS_A_PAGE, 3]);
    expect(new Set([...first.lines, ...second.lines].map(({ id }) => id)).size).toBe(LOOKS_A_PAGE + 3);
    expect((await accessList(await auditor(), { ...onTheDay, page: 9 })).lines).toEqual([]);
  });
});

test('a look at the list is audited, with whom it showed and what was asked', async () => {
  const [ctx, reader] = [await aHandler({ now: new Date('2026-04-07T09:00:00Z') }), await auditor()];
  const patient = await aPatient();
  for (const minutes of [0, 40]) await openPatient(later(ctx, minutes), { patientId: patient.id, ...REASON });
  await accessList(reader, { kind: 'patient', from: day('2026-04-07'), to: day('2026-04-07'), page: 1 });
  expect(await db.auditEvent.findMany({ where: { actorId: reader.actor.id } })).toMatchObject([
    { type: 'access.reviewed', detail: { kind: 'patient', from: '2026-04-07', to: '2026-04-07', page: 1, count: 2, patients: [patient.id] } },
  ]);
});

test.each(['call-handler', 'clinician', 'supervisor', 'service-admin', 'commissioner', 'system-admin'] as const)('a %s may not read it', async (role) => {
  await expect(accessList(await aHandler({ role }), ALL)).rejects.toThrow(ForbiddenError);
});
