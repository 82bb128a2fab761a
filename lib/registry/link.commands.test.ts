import { beforeEach, describe, expect, test } from 'vitest';
import type { Ctx } from '@/lib/auth/actor';
import { db } from '@/lib/platform/db';
import { ForbiddenError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/id';
import { fromDateColumn } from '@/lib/platform/time';
import { matchKey } from '@/lib/registry/commands';
import { linkEntry, unlinkEntry } from '@/lib/registry/link.commands';
import { patientEntries } from '@/lib/registry/queries';
import type { Sought } from '@/lib/registry/schema';
import { anAppointment } from '@/prisma/factories/appointment';
import { aRegisteredEntry } from '@/prisma/factories/entry';
import { aPatient } from '@/prisma/factories/patient';
import { aHandler, later } from '@/prisma/factories/staff';

let ctx: Ctx;
beforeEach(async () => {
  ctx = await aHandler();
});

async function somebody(given: Parameters<typeof aPatient>[0] = {}): Promise<Sought> {
  const patient = await aPatient({ familyName: `Notreal ${newId()}`, ...given });
  return { ...patient, birthDate: fromDateColumn(patient.birthDate) };
}

/** A patient with a number, and an entry without one that may be theirs, looked at in a call. */
async function aMaybe(given: Parameters<typeof aRegisteredEntry>[0] = {}) {
  const patient = await somebody();
  const { id: entryId } = await aRegisteredEntry({ matchKey: matchKey(patient), ...given });
  return { patient, entryId, version: 1, callId: newId() };
}

const stored = (id: string) => db.registryEntry.findUniqueOrThrow({ where: { id } });
const versionsOf = (entryId: string) => db.registryEntryVersion.findMany({ where: { entryId }, orderBy: { version: 'asc' } });
const auditOf = (subject: string, type: string) => db.auditEvent.findMany({ where: { subject, type } });

describe('linking', () => {
  test('gives the entry the patient’s number as a new version, audited with the call and without the number', async () => {
    const asked = await aMaybe();
    const { nhsNumber } = asked.patient;
    expect(await linkEntry(ctx, asked)).toEqual({ ok: true, value: { entryId: asked.entryId, version: 2 } });

    expect(await stored(asked.entryId)).toMatchObject({ nhsNumber, linkedAt: ctx.now, version: 2, status: 'booked' });
    expect(await versionsOf(asked.entryId)).toMatchObject([{ version: 1, nhsNumber: null }, { version: 2, nhsNumber, status: 'booked', at: ctx.now }]);
    const rows = await auditOf(asked.entryId, 'registry.linked');
    expect(rows).toMatchObject([{ actorId: ctx.actor.id, patientId: asked.patient.id, detail: { callId: asked.callId, version: 2 } }]);
    expect(JSON.stringify(rows.map(({ detail }) => detail))).not.toContain(nhsNumber);
  });

  test('makes it certainly the patient’s, linked by hand', async () => {
    const { patient, ...asked } = await aMaybe();
    await linkEntry(ctx, { patient, ...asked });
    expect(await patientEntries(ctx, { patient, since: null, callId: null })).toMatchObject([{ id: asked.entryId, match: 'certain', isLinked: true }]);
  });

  test('merges nothing: an own appointment keeps the patient record that it was booked for', async () => {
    const unnumbered = await somebody({ nhsNumber: null });
    const appointment = await anAppointment(ctx, { call: { patientId: unnumbered.id } });
    const { id: entryId } = await db.registryEntry.findUniqueOrThrow({ where: { appointmentId: appointment.id } });
    const patient = await somebody({ familyName: unnumbered.familyName });
    expect((await linkEntry(ctx, { patient, entryId, version: 1, callId: newId() })).ok).toBe(true);
    expect(await db.appointment.findUniqueOrThrow({ where: { id: appointment.id } })).toMatchObject({ patientId: unnumbered.id, version: 1 });
    expect(await db.patient.findUniqueOrThrow({ where: { id: unnumbered.id } })).toMatchObject({ nhsNumber: null });
  });

  test('ten say so at once: one version is made, nine are told that it changed', async () => {
    const asked = await aMaybe();
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => linkEntry({ ...ctx, requestId: newId() }, asked)));
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect(outcomes.flatMap((outcome) => (outcome.ok ? [] : outcome.error.code))).toEqual(Array.from({ length: 9 }, () => 'entry-changed'));
    expect(await versionsOf(asked.entryId)).toHaveLength(2);
    expect(await auditOf(asked.entryId, 'registry.linked')).toHaveLength(1);
    expect(await auditOf(asked.entryId, 'registry.link-refused')).toHaveLength(9);
  });

  test('is refused, audited and without effect when the version is another than was looked at', async () => {
    const asked = await aMaybe();
    await linkEntry(ctx, asked);
    expect(await linkEntry(later(ctx, 1), asked)).toEqual({ ok: false, error: { code: 'entry-changed', version: 2 } });
    expect(await auditOf(asked.entryId, 'registry.link-refused')).toMatchObject([{ patientId: asked.patient.id, detail: { code: 'entry-changed', callId: asked.callId } }]);
    expect(await versionsOf(asked.entryId)).toHaveLength(2);
  });

  test('is refused for a patient without number, for another person, and for a sealed entry that is not open', async () => {
    const [known, sealed] = [await aMaybe(), await aMaybe({ isSealed: true })];
    const refusals = [
      { ...known, patient: { ...known.patient, nhsNumber: null } },
      { ...known, patient: await somebody() },
      sealed,
      { ...known, entryId: newId() },
    ].map((asked) => linkEntry(ctx, asked));
    expect(await Promise.all(refusals)).toMatchObject([
      { error: { code: 'entry-not-linkable', why: 'no-nhs-number' } },
      { error: { code: 'entry-not-linkable', why: 'other-person' } },
      { error: { code: 'entry-not-linkable', why: 'sealed' } },
      { error: { code: 'entry-not-found' } },
    ]);
    expect(await stored(known.entryId)).toMatchObject({ nhsNumber: null, version: 1 });
    expect(await auditOf(sealed.entryId, 'registry.link-refused')).toMatchObject([{ detail: { code: 'entry-not-linkable', why: 'sealed' } }]);
  });

  test('needs the permission to look', async () => {
    const admin = await aHandler({ role: 'service-admin' });
    const asked = await aMaybe();
    await expect(linkEntry(admin, asked)).rejects.toThrow(ForbiddenError);
    await expect(unlinkEntry(admin, asked)).rejects.toThrow(ForbiddenError);
  });
});

describe('undoing a link', () => {
  test('takes the number away again as a new version, and the entry may be theirs as before', async () => {
    const asked = await aMaybe();
    await linkEntry(ctx, asked);
    expect(await unlinkEntry(later(ctx, 5), { ...asked, version: 2 })).toEqual({ ok: true, value: { entryId: asked.entryId, version: 3 } });
    expect(await stored(asked.entryId)).toMatchObject({ nhsNumber: null, linkedAt: null, version: 3 });
    expect(await versionsOf(asked.entryId)).toMatchObject([{ nhsNumber: null }, { nhsNumber: asked.patient.nhsNumber }, { nhsNumber: null, version: 3 }]);
    expect(await auditOf(asked.entryId, 'registry.unlinked')).toMatchObject([{ detail: { callId: asked.callId, version: 3 } }]);
    expect(await patientEntries(ctx, { patient: asked.patient, since: null, callId: null })).toMatchObject([{ match: 'maybe', isLinked: false }]);
  });

  test('is refused and audited for an entry that had its number from the beginning, or that is not there', async () => {
    const patient = await somebody();
    const { id: entryId } = await aRegisteredEntry({ nhsNumber: patient.nhsNumber });
    const asked = { patient, entryId, version: 1, callId: newId() };
    expect(await unlinkEntry(ctx, asked)).toEqual({ ok: false, error: { code: 'entry-not-linkable', why: 'not-linked' } });
    expect(await unlinkEntry(ctx, { ...asked, entryId: newId() })).toEqual({ ok: false, error: { code: 'entry-not-found' } });
    expect(await auditOf(entryId, 'registry.link-refused')).toHaveLength(1);
    expect(await stored(entryId)).toMatchObject({ nhsNumber: patient.nhsNumber, version: 1 });
  });

  test('two at once: one undoes it, the other is told that it changed', async () => {
    const asked = { ...(await aMaybe()), version: 2 };
    await linkEntry(ctx, { ...asked, version: 1 });
    const outcomes = await Promise.all([unlinkEntry(ctx, asked), unlinkEntry(ctx, asked)]);
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await versionsOf(asked.entryId)).toHaveLength(3);
  });
});
