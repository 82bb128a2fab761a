import { expect, test } from 'vitest';
import type { Ctx, JobActor } from '@/lib/auth/actor';
import { db } from '@/lib/platform/db';
import { ForbiddenError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/id';
import { addMinutes } from '@/lib/platform/time';
import { sourceForm } from '@/lib/registry/source.schema';
import { addSource, switchSource } from '@/lib/registry/sources.commands';
import { listSources, sourceFor } from '@/lib/registry/sources.queries';
import { aRegisteredEntry } from '@/prisma/factories/entry';
import { A_TUESDAY_AT_TEN, aHandler, later } from '@/prisma/factories/staff';
import { unique } from '@/prisma/factories/unique';

test('a source is added, on, with an audit row', async () => {
  const ctx = await anAdmin();
  const source = aForm(ctx);
  const sourceId = await added(ctx, source);
  expect(await sourceFor(ctx, sourceId)).toMatchObject({ ...source, id: sourceId, version: 1, isOn: true, addedAt: A_TUESDAY_AT_TEN, readAt: null, failures: 0, restsUntil: null });
  expect(await auditOf(ctx)).toEqual([{ type: 'source.added', subject: sourceId, detail: source }]);
});

test('the entries below a new source that have not ended are due within the hour, and not all at once', async () => {
  const ctx = await anAdmin();
  const source = aForm(ctx);
  const below = await Promise.all(Array.from({ length: 12 }, () => aRegisteredEntry({ url: `${source.root}/Appointment/${unique()}` })));
  const others = await Promise.all([
    aRegisteredEntry({ url: `${source.root}/Appointment/${unique()}`, status: 'cancelled' }),
    aRegisteredEntry({ url: `${source.root}/Appointment/${unique()}`, startsAt: addMinutes(A_TUESDAY_AT_TEN, -60) }),
    aRegisteredEntry({ url: `${source.root}.example.com/Appointment/${unique()}` }),
    aRegisteredEntry({ url: `${source.root}/Patient/${unique()}` }),
  ]);
  await added(ctx, source);
  const due = (await dueOf(below)).map((at) => (at ? (at.getTime() - A_TUESDAY_AT_TEN.getTime()) / 60_000 : -1));
  expect(due.filter((minutes) => minutes < 0 || minutes >= 60)).toEqual([]);
  expect(new Set(due).size).toBeGreaterThan(8);
  expect(await dueOf(others)).toEqual([null, null, null, null]);
});

test('a second source with the same root is refused, and so is one that reads for nobody; both are audited', async () => {
  const ctx = await anAdmin();
  const source = aForm(ctx);
  await added(ctx, source);
  const again = later(ctx, 1);
  expect(await addSource(again, { ...source, name: 'Another name' })).toEqual({ ok: false, error: { code: 'source-taken', root: source.root } });
  expect(await auditOf(again)).toMatchObject([{ type: 'source.change-refused', detail: { code: 'source-taken' } }]);
  const nobody = later(ctx, 2);
  expect(await addSource(nobody, { ...aForm(ctx), readsForCode: 'NOSUCH' })).toEqual({ ok: false, error: { code: 'organisation-unknown', odsCode: 'NOSUCH' } });
  expect(await auditOf(nobody)).toMatchObject([{ type: 'source.change-refused', detail: { code: 'organisation-unknown' } }]);
});

test('ten add the same root at once: one does, nine are told that it is in the list', async () => {
  const ctx = await anAdmin();
  const source = aForm(ctx);
  const outcomes = await Promise.all(Array.from({ length: 10 }, () => addSource(ctx, source)));
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
  expect(outcomes.flatMap((outcome) => (outcome.ok ? [] : outcome.error.code))).toEqual(Array.from({ length: 9 }, () => 'source-taken'));
});

test('a source is switched off, and on again: its rest is over then, and its entries are due', async () => {
  const ctx = await anAdmin();
  const source = aForm(ctx);
  const sourceId = await added(ctx, source);
  const entry = await aRegisteredEntry({ url: `${source.root}/Appointment/${unique()}` });
  await db.registrySource.update({ where: { id: sourceId }, data: { failures: 5, restsUntil: addMinutes(A_TUESDAY_AT_TEN, 32) } });

  const off = later(ctx, 1);
  expect(await switchSource(off, { sourceId, version: 1, isOn: false })).toEqual({ ok: true, value: { isChanged: true } });
  expect(await auditOf(off)).toEqual([{ type: 'source.changed', subject: sourceId, detail: { isOn: { before: true, after: false } } }]);
  expect(await sourceFor(ctx, sourceId)).toMatchObject({ isOn: false, version: 2, failures: 5 });
  expect(await dueOf([entry])).toEqual([null]);

  expect(await switchSource(later(ctx, 2), { sourceId, version: 2, isOn: true })).toEqual({ ok: true, value: { isChanged: true } });
  expect(await sourceFor(ctx, sourceId)).toMatchObject({ isOn: true, version: 3, failures: 0, restsUntil: null });
  expect(await dueOf([entry])).not.toEqual([null]);
});

test('a source that is so already is left as it is', async () => {
  const ctx = await anAdmin();
  const sourceId = await added(ctx, aForm(ctx));
  const again = later(ctx, 1);
  expect(await switchSource(again, { sourceId, version: 1, isOn: true })).toEqual({ ok: true, value: { isChanged: false } });
  expect(await auditOf(again)).toEqual([]);
});

test('a source that a colleague changed, or that is not there, is not switched', async () => {
  const ctx = await anAdmin();
  const sourceId = await added(ctx, aForm(ctx));
  const colleague = later(ctx, 5);
  await switchSource(colleague, { sourceId, version: 1, isOn: false });
  const stale = later(ctx, 6);
  expect(await switchSource(stale, { sourceId, version: 1, isOn: false })).toEqual({ ok: false, error: { code: 'source-changed', at: colleague.now } });
  expect(await auditOf(stale)).toMatchObject([{ type: 'source.change-refused', subject: sourceId, detail: { code: 'source-changed' } }]);
  for (const unknown of [newId(), 'no-id', '']) {
    expect(await switchSource(ctx, { sourceId: unknown, version: 1, isOn: false })).toEqual({ ok: false, error: { code: 'source-not-found' } });
  }
});

test('ten switch a source off at once: one does, nobody undoes another', async () => {
  const ctx = await anAdmin();
  const sourceId = await added(ctx, aForm(ctx));
  const outcomes = await Promise.all(Array.from({ length: 10 }, () => switchSource(later(ctx, 1), { sourceId, version: 1, isOn: false })));
  expect(outcomes.filter((outcome) => outcome.ok && outcome.value.isChanged)).toHaveLength(1);
  expect(await sourceFor(ctx, sourceId)).toMatchObject({ isOn: false, version: 2 });
});

test('the list and the page count what is still to be re-read, and what could not be confirmed by how that ended; the list is audited', async () => {
  const ctx = await anAdmin();
  const source = aForm(ctx);
  const sourceId = await added(ctx, source);
  const below = (given: { checkFailures?: number; checkDueAt?: Date | null }) => aRegisteredEntry({ url: `${source.root}/Appointment/${unique()}`, checkDueAt: A_TUESDAY_AT_TEN, ...given });
  await Promise.all([below({}), below({}), below({ checkDueAt: null })]);
  const failed = await Promise.all([below({ checkFailures: 1 }), below({ checkFailures: 2 }), below({ checkFailures: 9 })]);
  for (const [index, { id }] of failed.entries()) await db.registryEntry.update({ where: { id }, data: { checkOutcome: index < 2 ? 'gone' : 'refused' } });

  const looking = later(ctx, 1);
  const listed = (await listSources(looking)).find(({ id }) => id === sourceId);
  expect(listed?.entries).toEqual({ current: 5, unconfirmed: 3 });
  expect(await auditOf(looking)).toMatchObject([{ type: 'source.listed' }]);
  expect(await sourceFor(ctx, sourceId)).toMatchObject({ entries: { current: 5, unconfirmed: 3 }, unconfirmed: [{ outcome: 'gone', count: 2 }, { outcome: 'refused', count: 1 }] });
});

test('a source that is not there has no page', async () => {
  const ctx = await anAdmin();
  expect(await sourceFor(ctx, newId())).toBeNull();
  expect(await sourceFor(ctx, 'no-id')).toBeNull();
});

test('jobs may look after sources, people other than system admins may not', async () => {
  const admin = await anAdmin();
  const job: Ctx<JobActor> = { actor: { kind: 'job', id: 'registry-sources' }, now: A_TUESDAY_AT_TEN, requestId: newId() };
  expect(await addSource(job, aForm(admin))).toMatchObject({ ok: true });
  const handler = await aHandler({ role: 'supervisor' });
  await expect(addSource(handler, aForm(admin))).rejects.toThrow(ForbiddenError);
  await expect(switchSource(handler, { sourceId: newId(), version: 1, isOn: true })).rejects.toThrow(ForbiddenError);
  await expect(listSources(handler)).rejects.toThrow(ForbiddenError);
  await expect(sourceFor(handler, newId())).rejects.toThrow(ForbiddenError);
});

async function anAdmin(): Promise<Ctx> {
  return aHandler({ role: 'system-admin', scope: 'national' });
}

function aForm({ actor }: Ctx) {
  const root = `https://source-${unique()}.example.nhs.uk/STU3`;
  return sourceForm.parse({ root, name: 'Example System', readsForCode: actor.organisation.code });
}

async function added(ctx: Ctx, source: ReturnType<typeof aForm>): Promise<string> {
  const outcome = await addSource(ctx, source);
  if (!outcome.ok) throw new Error(outcome.error.code);
  return outcome.value.sourceId;
}

async function dueOf(entries: readonly { id: string }[]): Promise<(Date | null)[]> {
  return Promise.all(entries.map(async ({ id }) => (await db.registryEntry.findUniqueOrThrow({ where: { id } })).checkDueAt));
}

async function auditOf({ requestId }: Ctx) {
  return db.auditEvent.findMany({ where: { requestId }, select: { type: true, subject: true, detail: true } });
}
