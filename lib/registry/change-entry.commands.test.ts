import { beforeEach, describe, expect, test } from 'vitest';
import type { Ctx, SystemActor } from '@/lib/auth/actor';
import { db } from '@/lib/platform/db';
import { ForbiddenError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/id';
import { addMinutes } from '@/lib/platform/time';
import { apiEntry } from '@/lib/registry/api-entry.queries';
import type { EntryChange, Registration } from '@/lib/registry/api-entry.schema';
import { changeRegistered } from '@/lib/registry/change-entry.commands';
import { firstCheckAt } from '@/lib/registry/reconcile.rules';
import { registerEntry } from '@/lib/registry/register.commands';
import { anAppointment } from '@/prisma/factories/appointment';
import { aSystem } from '@/prisma/factories/client';
import { aRegistration } from '@/prisma/factories/registration';
import { A_TUESDAY_AT_TEN, aHandler } from '@/prisma/factories/staff';
import { unique } from '@/prisma/factories/unique';

/** The same system with another request, some minutes later. */
const later = (ctx: Ctx<SystemActor>, minutes = 5): Ctx<SystemActor> => ({ ...ctx, now: addMinutes(ctx.now, minutes), requestId: newId(), correlationId: newId() });

const sent = aRegistration();
const [STARTS, ENDS] = [sent.startsAt, sent.endsAt];

/** What is sent to change the first version of an entry, in which nothing else differs. */
const asked = (entryId: string, wanted: Partial<EntryChange['wanted']>): EntryChange => ({ entryId, version: 1, wanted: { status: 'booked', startsAt: STARTS, endsAt: ENDS, ...wanted }, differences: () => [] });

const asItStands = (id: string) => db.registryEntry.findUniqueOrThrow({ where: { id }, include: { versions: { orderBy: { version: 'asc' } } } });

async function anEntry(ctx: Ctx<SystemActor>, given: Partial<Registration> = {}): Promise<string> {
  const outcome = await registerEntry(ctx, aRegistration(given));
  if (!outcome.ok) throw new Error(outcome.error.code);
  return outcome.value.entryId;
}

let ctx: Ctx<SystemActor>;
let entryId: string;
beforeEach(async () => {
  ctx = await aSystem();
  entryId = await anEntry(ctx);
});

describe('B-923 to B-927: a change of what was registered', () => {
  test.each([
    ['cancels', { status: 'cancelled' }],
    ['marks that it should never have been', { status: 'entered-in-error' }],
    ['gives it other times', { startsAt: addMinutes(STARTS, 30), endsAt: addMinutes(ENDS, 40) }],
  ] as const)('%s: the next version, all versions kept, audited with before and after', async (_does, wanted) => {
    const at = later(ctx);
    const outcome = await changeRegistered(at, asked(entryId, wanted));
    expect(outcome).toMatchObject({ ok: true, value: { entryId, version: 2, entry: { ...wanted, version: 2, changedAt: at.now } } });

    const first = { status: 'booked', startsAt: STARTS, endsAt: ENDS };
    const after = await asItStands(entryId);
    expect(after).toMatchObject({ ...first, ...wanted, version: 2, confirmedAt: at.now, registeredByCode: ctx.actor.organisation.code });
    expect(after.versions).toMatchObject([{ ...first, version: 1 }, { ...first, ...wanted, version: 2, at: at.now }]);
    expect(await db.auditEvent.findMany({ where: { subject: entryId, type: 'registry.changed' } })).toMatchObject([
      { requestId: at.requestId, correlationId: at.correlationId, provenance: ctx.actor.provenance, detail: { before: { status: 'booked', version: 1 }, after: { status: after.status, version: 2, startsAt: after.startsAt.toISOString() } } },
    ]);
    expect(await db.inboundRequest.findMany({ where: { sender: ctx.actor.id, method: 'PUT' } })).toMatchObject([{ door: 'registry', requestId: at.correlationId, answer: `${entryId}:2` }]);
  });

  test('answers with what a read of it gives', async () => {
    const outcome = await changeRegistered(later(ctx), asked(entryId, { status: 'cancelled' }));
    if (!outcome.ok) return expect.unreachable();
    expect(outcome.value.entry).toEqual(await apiEntry(ctx, { id: entryId }));
  });

  test('confirms it: what could not be read meanwhile no longer counts, and it is due anew, or never again when it is cancelled', async () => {
    const root = `https://source-${unique()}.example.nhs.uk/STU3`;
    await db.registrySource.create({ data: { id: newId(), root, name: 'Test source', readsForCode: 'T1', addedAt: A_TUESDAY_AT_TEN, changedAt: A_TUESDAY_AT_TEN } });
    const id = await anEntry(later(ctx), { url: `${root}/Appointment/1` });
    await db.registryEntry.update({ where: { id }, data: { checkFailures: 3, checkOutcome: 'unreachable' } });

    const at = later(ctx);
    const moved = { startsAt: addMinutes(STARTS, 60), endsAt: addMinutes(ENDS, 60) };
    await changeRegistered(at, asked(id, moved));
    expect(await asItStands(id)).toMatchObject({ checkFailures: 0, checkOutcome: null, checkDueAt: firstCheckAt(moved, at.now) });
    await changeRegistered(later(ctx), { ...asked(id, { status: 'cancelled', ...moved }), version: 2 });
    expect(await asItStands(id)).toMatchObject({ status: 'cancelled', checkDueAt: null });
  });

  test('B-926: another client of the organisation that registered may', async () => {
    const colleague = await aSystem({ organisationCode: ctx.actor.organisation.code });
    expect(await changeRegistered(later(colleague), asked(entryId, { status: 'cancelled' }))).toMatchObject({ ok: true });
  });

  test('B-904: a scope that may only read changes nothing', async () => {
    const reader = await aSystem({ scopes: ['registry/appointment.read'], organisationCode: ctx.actor.organisation.code });
    await expect(changeRegistered(reader, asked(entryId, { status: 'cancelled' }))).rejects.toThrow(ForbiddenError);
  });
});

describe('a change is refused, audited, and changes nothing', () => {
  async function refused(by: Ctx<SystemActor>, change: EntryChange) {
    const outcome = await changeRegistered(by, change);
    if (outcome.ok) return expect.unreachable();
    const audited = await db.auditEvent.findMany({ where: { requestId: by.requestId } });
    expect(audited).toMatchObject([{ type: 'registry.change-refused', detail: { code: outcome.error.code } }]);
    return outcome.error;
  }

  test.each(['not-an-id', newId()])('B-603: %s, which nothing has', async (id) => {
    expect(await refused(later(ctx), asked(id, { status: 'cancelled' }))).toEqual({ code: 'entry-not-found' });
  });

  test('B-926: by another organisation', async () => {
    const other = await aSystem();
    expect(await refused(later(other), asked(entryId, { status: 'cancelled' }))).toEqual({ code: 'entry-other-organisation', organisation: other.actor.organisation.code });
    expect(await asItStands(entryId)).toMatchObject({ version: 1, status: 'booked' });
  });

  test('B-926: by the organisation that holds it, when another registered it', async () => {
    const holder = await aSystem();
    const id = await anEntry(later(ctx), { holderCode: holder.actor.organisation.code });
    expect(await refused(later(holder), asked(id, { status: 'cancelled' }))).toMatchObject({ code: 'entry-other-organisation' });
  });

  test('B-926: of one of Onward’s own, whose appointment is changed instead', async () => {
    const appointment = await anAppointment(await aHandler());
    const { id } = await db.registryEntry.findUniqueOrThrow({ where: { appointmentId: appointment.id } });
    expect(await refused(later(ctx), asked(id, { status: 'cancelled' }))).toMatchObject({ code: 'entry-other-organisation' });
  });

  test('B-605: of another version than the newest', async () => {
    await changeRegistered(later(ctx), asked(entryId, { startsAt: addMinutes(STARTS, 5) }));
    expect(await refused(later(ctx), asked(entryId, { status: 'cancelled' }))).toEqual({ code: 'entry-changed', version: 2 });
  });

  test.each(['cancelled', 'entered-in-error'] as const)('B-607: of what is %s', async (status) => {
    await changeRegistered(later(ctx), asked(entryId, { status }));
    expect(await refused(later(ctx), { ...asked(entryId, { status: 'cancelled' }), version: 2 })).toEqual({ code: 'entry-ended', status });
  });

  test('B-608: from the minute at which it begins', async () => {
    expect(await refused(later(ctx, 24 * 60), asked(entryId, { status: 'cancelled' }))).toEqual({ code: 'appointment-in-past', startsAt: STARTS });
  });

  test('B-609: when more differs than is wanted; it is compared with the version that was read', async () => {
    const compared: number[] = [];
    const differences: EntryChange['differences'] = (read) => {
      compared.push(read.version);
      return ['Appointment.participant'];
    };
    expect(await refused(later(ctx), { ...asked(entryId, { status: 'cancelled' }), differences })).toEqual({ code: 'entry-differs', elements: ['Appointment.participant'] });
    expect(await refused(later(ctx), asked(entryId, { status: 'cancelled', startsAt: addMinutes(STARTS, 5) }))).toEqual({ code: 'entry-differs', elements: ['Appointment.start'] });
    expect(compared).toEqual([1]);
  });

  test('B-611: when nothing would change', async () => {
    expect(await refused(later(ctx), asked(entryId, {}))).toEqual({ code: 'entry-unchanged' });
  });

  test('B-043: when it is a repeat, with the version that the first one made, whatever it says now', async () => {
    const first = later(ctx);
    await changeRegistered(first, asked(entryId, { status: 'cancelled' }));
    for (const change of [asked(entryId, { status: 'cancelled' }), asked(newId(), { status: 'cancelled' })]) {
      expect(await refused({ ...first, requestId: newId() }, change)).toEqual({ code: 'registration-repeated', entryId, version: 2 });
    }
  });

  test('B-046: a refused request does not use its id up', async () => {
    const at = later(ctx);
    await refused(at, asked(entryId, {}));
    expect(await changeRegistered(at, asked(entryId, { status: 'cancelled' }))).toMatchObject({ ok: true });
  });
});

describe('several at once', () => {
  const codesOf = (outcomes: Awaited<ReturnType<typeof changeRegistered>>[]) => outcomes.map((outcome) => (outcome.ok ? 'ok' : outcome.error.code)).sort();

  test('ten change the version that all have read: one does, nine are told that it changed', async () => {
    const outcomes = await Promise.all(Array.from({ length: 10 }, (_, index) => changeRegistered(later(ctx), asked(entryId, { startsAt: addMinutes(STARTS, index + 1), endsAt: addMinutes(ENDS, index + 1) }))));
    expect(codesOf(outcomes)).toEqual([...Array<string>(9).fill('entry-changed'), 'ok']);
    const after = await asItStands(entryId);
    expect(after.version).toBe(2);
    expect(after.versions).toHaveLength(2);
  });

  test('one request id ten times at once: one change, nine times its first answer', async () => {
    const at = later(ctx);
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => changeRegistered({ ...at, requestId: newId() }, asked(entryId, { status: 'cancelled' }))));
    expect(codesOf(outcomes)).toEqual(['ok', ...Array<string>(9).fill('registration-repeated')]);
    expect((await asItStands(entryId)).versions).toHaveLength(2);
  });
});
