import { beforeEach, expect, test } from 'vitest';
import type { Ctx, JobActor } from '@/lib/auth/actor';
import { db } from '@/lib/platform/db';
import { newId } from '@/lib/platform/id';
import { addMinutes } from '@/lib/platform/time';
import { writeEntryVersion } from '@/lib/registry/commands';
import { reconcileDue } from '@/lib/registry/reconcile.commands';
import type { SourceReading } from '@/lib/registry/source.schema';
import { anAppointment } from '@/prisma/factories/appointment';
import { aRegisteredEntry } from '@/prisma/factories/entry';
import { A_TUESDAY_AT_TEN, aHandler } from '@/prisma/factories/staff';
import { unique } from '@/prisma/factories/unique';

const HOUR = 60;
const TOMORROW = addMinutes(A_TUESDAY_AT_TEN, 30 * HOUR);
const NEXT_REGULAR = addMinutes(A_TUESDAY_AT_TEN, 23 * HOUR);
const DOWN: SourceReading = { found: 'nothing', why: 'unreachable', retrySeconds: null };

beforeEach(async () => {
  // What earlier tests left due would be read here too.
  await db.registryEntry.updateMany({ data: { checkDueAt: null } });
});

test('an entry that is as it was at its source is confirmed: now, without failures, and due again later', async () => {
  const { root } = await aSource();
  const entry = await aDueEntry({ root, checkFailures: 3, confirmedAt: addMinutes(A_TUESDAY_AT_TEN, -50 * HOUR) });
  expect(await reconcileDue(aJob(), confirmer())).toBe(1);
  expect(await entryNow(entry.id)).toMatchObject({ confirmedAt: A_TUESDAY_AT_TEN, checkFailures: 0, checkOutcome: 'confirmed', checkDueAt: NEXT_REGULAR, version: 1 });
  expect(await db.registrySource.findFirst({ where: { root } })).toMatchObject({ readAt: A_TUESDAY_AT_TEN, failures: 0, restsUntil: null });
});

test('an entry that changed at its source gets a version and an audit row with what it was and is', async () => {
  const { root, id: sourceId } = await aSource();
  const entry = await aDueEntry({ root });
  const [startsAt, endsAt] = [addMinutes(TOMORROW, HOUR), addMinutes(TOMORROW, 90)];
  const ctx = aJob();
  await reconcileDue(ctx, async () => ({ found: 'appointment', status: 'booked', startsAt, endsAt }));
  expect(await entryNow(entry.id)).toMatchObject({ startsAt, endsAt, version: 2, confirmedAt: A_TUESDAY_AT_TEN, checkOutcome: 'changed', checkDueAt: NEXT_REGULAR });
  const versions = await db.registryEntryVersion.findMany({ where: { entryId: entry.id }, orderBy: { version: 'asc' } });
  expect(versions).toMatchObject([{ version: 1, startsAt: TOMORROW }, { version: 2, startsAt, endsAt, status: 'booked', at: A_TUESDAY_AT_TEN }]);
  const audit = await db.auditEvent.findMany({ where: { requestId: ctx.requestId } });
  expect(audit).toMatchObject([{ type: 'registry.reconciled', subject: entry.id, detail: { sourceId, before: { version: 1, startsAt: TOMORROW.toISOString() }, after: { version: 2, startsAt: startsAt.toISOString() } } }]);
  expect(JSON.stringify(audit.map(({ detail }) => detail))).not.toContain(root);
});

test('an entry that was cancelled at its source is cancelled, and never read again', async () => {
  const { root } = await aSource();
  const entry = await aDueEntry({ root });
  const { startsAt, endsAt } = entry;
  await reconcileDue(aJob(), async () => ({ found: 'appointment', status: 'cancelled', startsAt, endsAt }));
  expect(await entryNow(entry.id)).toMatchObject({ status: 'cancelled', version: 2, checkDueAt: null });
});

test('what could not be confirmed keeps its moment, and is tried again later and later', async () => {
  const { root } = await aSource();
  const entry = await aDueEntry({ root, checkFailures: 1 });
  const { confirmedAt } = entry;
  await reconcileDue(aJob(), async () => ({ found: 'nothing', why: 'gone' }));
  expect(await entryNow(entry.id)).toMatchObject({ status: 'booked', version: 1, confirmedAt, checkFailures: 2, checkOutcome: 'gone', checkDueAt: addMinutes(A_TUESDAY_AT_TEN, 10) });
});

test('B-928: no address is asked for that lies below no source which is switched on', async () => {
  const { root } = await aSource({ isOn: false });
  const known = await aSource();
  const entries = await Promise.all([
    aDueEntry({ root }),
    aDueEntry({ root: `https://made-up-${unique()}.example` }),
    aDueEntry({ root: known.root, url: `${known.root}/../admin/Appointment/${unique()}` }),
    aDueEntry({ root: known.root, url: `${known.root}.example.com/Appointment/${unique()}` }),
    aDueEntry({ root: known.root, url: `${known.root}/deeper/Appointment/${unique()}` }),
  ]);
  const asked: string[] = [];
  expect(await reconcileDue(aJob(), recording(asked))).toBe(0);
  expect(asked).toEqual([]);
  for (const { id } of entries) expect(await entryNow(id)).toMatchObject({ checkOutcome: 'not-allowed', checkFailures: 1, checkDueAt: null, version: 1 });
});

test('what is not due, has ended, or is one of Onward’s own is not read', async () => {
  const { root } = await aSource();
  const later = await aDueEntry({ root, checkDueAt: addMinutes(A_TUESDAY_AT_TEN, 1) });
  const over = await aDueEntry({ root, startsAt: addMinutes(A_TUESDAY_AT_TEN, -HOUR) });
  const cancelled = await aDueEntry({ root, status: 'cancelled' });
  const own = await anAppointment(await aHandler());
  await db.registryEntry.updateMany({ where: { appointmentId: own.id }, data: { checkDueAt: A_TUESDAY_AT_TEN } });
  expect(await reconcileDue(aJob(), recording([]))).toBe(0);
  expect(await entryNow(later.id)).toMatchObject({ checkDueAt: later.checkDueAt });
  for (const { id } of [over, cancelled]) expect(await entryNow(id)).toMatchObject({ checkDueAt: null, checkOutcome: null, checkFailures: 0 });
});

test('a source that is down costs one try: the rest of its entries wait as long as it does, not confirmed', async () => {
  const { root } = await aSource();
  const first = await aDueEntry({ root, checkDueAt: addMinutes(A_TUESDAY_AT_TEN, -5) });
  const others = await Promise.all(Array.from({ length: 20 }, () => aDueEntry({ root })));
  let asked = 0;
  expect(await reconcileDue(aJob(), async () => (asked++, DOWN))).toBe(1);
  expect(asked).toBe(1);
  const restsUntil = addMinutes(A_TUESDAY_AT_TEN, 1);
  expect(await db.registrySource.findFirst({ where: { root } })).toMatchObject({ failures: 1, restsUntil, readAt: null });
  expect(await entryNow(first.id)).toMatchObject({ checkFailures: 1, checkDueAt: addMinutes(A_TUESDAY_AT_TEN, 5) });
  for (const { id } of others) expect(await entryNow(id)).toMatchObject({ checkFailures: 1, checkOutcome: 'unreachable', checkDueAt: restsUntil });
});

test('a source that rests is not asked; when its rest is over one try tells whether it is back, and then the others are read', async () => {
  const { root } = await aSource({ failures: 3, restsUntil: addMinutes(A_TUESDAY_AT_TEN, 4) });
  await Promise.all(Array.from({ length: 10 }, () => aDueEntry({ root })));
  expect(await reconcileDue(aJob(3), recording([]))).toBe(0);
  expect(await reconcileDue(aJob(4), async () => DOWN)).toBe(1);
  expect(await db.registrySource.findFirst({ where: { root } })).toMatchObject({ failures: 4, restsUntil: addMinutes(A_TUESDAY_AT_TEN, 12) });
  expect(await reconcileDue(aJob(12), confirmer())).toBe(9);
  expect(await db.registrySource.findFirst({ where: { root } })).toMatchObject({ failures: 0, restsUntil: null });
});

test('a source may ask for a longer rest', async () => {
  const { root } = await aSource();
  await aDueEntry({ root });
  await reconcileDue(aJob(), async () => ({ ...DOWN, retrySeconds: 900 }));
  expect(await db.registrySource.findFirst({ where: { root } })).toMatchObject({ restsUntil: addMinutes(A_TUESDAY_AT_TEN, 15) });
});

test('at most four of one source are read at once, and a source that is down stops no other', async () => {
  const [one, dead] = [await aSource(), await aSource()];
  await Promise.all(Array.from({ length: 20 }, () => aDueEntry({ root: one.root })));
  await Promise.all(Array.from({ length: 5 }, () => aDueEntry({ root: dead.root })));
  let [running, most] = [0, 0];
  const read = confirmer();
  const count = await reconcileDue(aJob(), async (asked) => {
    if (asked.root === dead.root) return DOWN;
    running += 1;
    most = Math.max(most, running);
    const reading = await read(asked);
    running -= 1;
    return reading;
  });
  expect(count).toBe(21);
  expect(most).toBe(4);
});

test('four passes at once read each entry once', async () => {
  const { root } = await aSource();
  await Promise.all(Array.from({ length: 40 }, () => aDueEntry({ root })));
  const asked: string[] = [];
  const counts = await Promise.all(Array.from({ length: 4 }, () => reconcileDue(aJob(), recording(asked))));
  expect(counts.reduce((sum, count) => sum + count)).toBe(40);
  expect(new Set(asked).size).toBe(40);
  expect(asked).toHaveLength(40);
});

test('a pass that breaks off loses nothing: what it had claimed is read half an hour later', async () => {
  const { root } = await aSource();
  const entry = await aDueEntry({ root });
  await expect(reconcileDue(aJob(), () => Promise.reject(new Error('killed')))).rejects.toThrow('killed');
  expect(await reconcileDue(aJob(29), recording([]))).toBe(0);
  expect(await reconcileDue(aJob(30), confirmer())).toBe(1);
  expect(await entryNow(entry.id)).toMatchObject({ checkOutcome: 'confirmed', checkFailures: 0 });
});

test('what its organisation changed while it was read is left as they made it', async () => {
  const { root } = await aSource();
  const entry = await aDueEntry({ root });
  await reconcileDue(aJob(), async ({ url }) => {
    const changed = await db.registryEntry.update({ where: { source_externalId: { source: 'registered', externalId: url } }, data: { status: 'cancelled', version: 2, checkDueAt: null } });
    await writeEntryVersion(db, changed, A_TUESDAY_AT_TEN);
    return { found: 'appointment', status: 'booked', startsAt: entry.startsAt, endsAt: addMinutes(entry.endsAt, 5) };
  });
  expect(await entryNow(entry.id)).toMatchObject({ status: 'cancelled', version: 2, endsAt: entry.endsAt, checkDueAt: null, checkOutcome: null });
  expect(await db.registryEntryVersion.count({ where: { entryId: entry.id } })).toBe(2);
});

test('while others are read, no transaction is open: the entry can be changed', async () => {
  const { root } = await aSource();
  const entry = await aDueEntry({ root });
  const confirm = confirmer();
  await reconcileDue(aJob(), async (asked) => {
    await db.$transaction(async (tx) => tx.$executeRaw`SELECT id FROM registry_entry WHERE id = ${entry.id}::uuid FOR UPDATE NOWAIT`);
    return confirm(asked);
  });
  expect(await entryNow(entry.id)).toMatchObject({ checkOutcome: 'confirmed' });
});

test('one pass reads at most 500; the next one goes on', async () => {
  const { root } = await aSource();
  const entry = await aDueEntry({ root });
  await db.$executeRaw`
    INSERT INTO registry_entry (id, source, external_id, nhs_number, starts_at, ends_at, status, organisation_code, registered_by_code, version, created_at, confirmed_at, check_due_at)
    SELECT gen_random_uuid(), 'registered', ${`${root}/Appointment/many-`} || number, '9990000018', starts_at, ends_at, status, organisation_code, registered_by_code, 1, created_at, confirmed_at, check_due_at
    FROM registry_entry, generate_series(1, 520) AS number
    WHERE id = ${entry.id}::uuid`;
  expect(await reconcileDue(aJob(), confirmer())).toBe(500);
  expect(await reconcileDue(aJob(), confirmer())).toBe(21);
});

function aJob(minutes = 0): Ctx<JobActor> {
  return { actor: { kind: 'job', id: 'registry' }, now: addMinutes(A_TUESDAY_AT_TEN, minutes), requestId: newId() };
}

async function aSource(given: Partial<{ isOn: boolean; failures: number; restsUntil: Date }> = {}) {
  const root = `https://source-${unique()}.example.nhs.uk/STU3`;
  return db.registrySource.create({ data: { id: newId(), root, name: 'Example System', readsForCode: 'Y99901', addedAt: A_TUESDAY_AT_TEN, changedAt: A_TUESDAY_AT_TEN, ...given } });
}

async function aDueEntry({ root, ...given }: { root: string } & Parameters<typeof aRegisteredEntry>[0]) {
  return aRegisteredEntry({ url: `${root}/Appointment/${unique()}`, startsAt: TOMORROW, checkDueAt: A_TUESDAY_AT_TEN, ...given });
}

/** A source where everything is as it was registered. */
function confirmer() {
  return async ({ url }: { url: string }): Promise<SourceReading> => {
    const { startsAt, endsAt } = await db.registryEntry.findFirstOrThrow({ where: { externalId: url } });
    return { found: 'appointment', status: 'booked', startsAt, endsAt };
  };
}

function recording(asked: string[]) {
  const confirm = confirmer();
  return async ({ url }: { url: string }): Promise<SourceReading> => {
    asked.push(url);
    return confirm({ url });
  };
}

async function entryNow(id: string) {
  return db.registryEntry.findUniqueOrThrow({ where: { id } });
}
