import { expect, test } from 'vitest';
import { agreementLines, agreementVersion, agreementVersions, standingOf, waitingForMe } from '@/lib/crossborder/agreement.queries';
import { ForbiddenError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/id';
import { addDays } from '@/lib/platform/time';
import { londonDate } from '@/lib/platform/time-words';
import { aCommissioner, agreementContent, anAgreement, GREATER_MANCHESTER, of, WEST_YORKSHIRE } from '@/prisma/factories/agreement';
import { aService } from '@/prisma/factories/service';
import { A_TUESDAY_AT_TEN, aHandler } from '@/prisma/factories/staff';

const TODAY = londonDate(A_TUESDAY_AT_TEN);

test('a version tells what it says, what its codes are called, who did what, and what may be done', async () => {
  const service = await aService({ icbCode: GREATER_MANCHESTER });
  const { id, title } = await anAgreement({ serviceId: service.id, state: 'proposed', pricePence: 1_250, noshowPence: 0, dailyQuota: 50 });
  const manchester = await aCommissioner(GREATER_MANCHESTER);
  const seen = await agreementVersion(manchester, { id, version: 1 });
  expect(seen).toMatchObject({
    ...{ id, version: 1, title, state: 'proposed', edition: 1, from: of(WEST_YORKSHIRE), to: of(GREATER_MANCHESTER), pricePence: 1_250, dailyQuota: 50, validFrom: TODAY, validTo: null },
    ...{ fromName: 'West Yorkshire', toName: 'Greater Manchester', serviceName: service.name, serviceDosId: service.dosId, serviceTypeName: null, settled: null },
    may: ['agree', 'decline', 'clone', 'what-if'],
  });
  expect(seen?.proposed).toMatchObject({ at: A_TUESDAY_AT_TEN, side: 'from' });
  expect((await agreementVersion(await aCommissioner(WEST_YORKSHIRE), { id, version: 1 }))?.may).toEqual(['take-back', 'clone', 'what-if']);
});

test('an agreement of others is nothing to be seen, nor is one that is not there', async () => {
  const { id } = await anAgreement();
  const devon = await aCommissioner('QJK');
  expect(await agreementVersion(devon, { id, version: 1 })).toBeNull();
  expect(await agreementVersions(devon, id)).toEqual([]);
  for (const wrong of [{ id, version: 2 }, { id: newId(), version: 1 }, { id: 'nonsense', version: 1 }]) expect(await agreementVersion(await aCommissioner('national'), wrong)).toBeNull();
});

test('a board sees what is agreed about its region, and about anybody', async () => {
  const region = await anAgreement({ from: of('QJK'), to: { kind: 'region', code: 'Y62' } });
  const anybody = await anAgreement({ from: { kind: 'any' }, to: of('QJK') });
  const manchester = await aCommissioner(GREATER_MANCHESTER);
  expect(await agreementVersion(manchester, { id: region.id, version: 1 })).toMatchObject({ toName: 'North West region', may: [] });
  expect(await agreementVersion(manchester, { id: anybody.id, version: 1 })).toMatchObject({ fromName: 'anywhere' });
});

test('all versions are listed, the latest first; an older one may not be versioned while a draft is open', async () => {
  const { id } = await anAgreement({ weekdays: [3], validTo: addDays(TODAY, 9) });
  await anAgreement({ id, version: 2, state: 'draft', weekdays: [3], validFrom: addDays(TODAY, 10) });
  const versions = await agreementVersions(await aCommissioner(WEST_YORKSHIRE), id);
  expect(versions.map(({ version, may }) => [version, may.includes('new-version')])).toEqual([
    [2, false],
    [1, false],
  ]);
});

test('lists show what is live, to come, not settled, or over, within one’s areas', async () => {
  const devon = await aCommissioner('QJK');
  const between = { from: of('QJK'), to: of('QE1') };
  const made = {
    live: await anAgreement({ ...between, dispositions: ['Dx05'], validTo: TODAY }),
    coming: await anAgreement({ ...between, validFrom: addDays(TODAY, 1) }),
    drafts: await anAgreement({ ...between, state: 'declined' }),
    over: await anAgreement({ ...between, validFrom: addDays(TODAY, -9), validTo: addDays(TODAY, -1) }),
  };
  const shown = async (state: 'live' | 'coming' | 'drafts' | 'over' | 'all', area: string | null = 'QE1') => (await agreementLines(devon, { state, area })).map(({ id }) => id);
  for (const state of ['live', 'coming', 'drafts', 'over'] as const) expect(await shown(state)).toEqual([made[state].id]);
  expect((await shown('all')).sort()).toEqual(Object.values(made).map(({ id }) => id).sort());
  expect(await shown('all', 'QF7')).toEqual([]);
  expect((await agreementLines(await aCommissioner('QF7'), { state: 'all', area: 'QE1' })).map(({ id }) => id)).toEqual([]);
});

test('what waits for the person’s answer comes first and is counted: only what the other side proposed', async () => {
  const essex = 'D7T5G';
  const before = { from: of(essex), to: of('QF7') };
  await anAgreement({ ...before, title: 'A first by title' });
  const proposed = await anAgreement({ ...before, title: 'Z last by title', dispositions: ['Dx06'], state: 'proposed' });
  const yorkshire = await aCommissioner('QF7');
  const lines = await agreementLines(yorkshire, { state: 'all', area: essex });
  expect(lines.map(({ id, isForMe }) => [id === proposed.id, isForMe])).toEqual([
    [true, true],
    [false, false],
  ]);
  expect(await waitingForMe(yorkshire)).toBe(1);
  expect(await waitingForMe(await aCommissioner(essex))).toBe(0);
});

test('how a draft stands is read from what is agreed now, with abolished boards left out', async () => {
  const sides = { from: of('QT6'), to: of('QOQ') };
  const wide = await anAgreement({ ...sides, weekdays: [6, 7] });
  const narrow = await anAgreement({ ...sides, serviceTypeId: 46 });
  await anAgreement({ ...sides, state: 'draft' });
  const standing = await standingOf(await aCommissioner('QT6'), { id: null, content: agreementContent({ ...sides, serviceTypeId: 46, weekdays: [1, 2, 3, 4, 5] }) });
  expect(standing.conflicts).toEqual([{ kind: 'partly-shadows', agreement: { id: narrow.id, version: 1, title: narrow.title } }]);
  expect(standing.gaps.map(({ kind }) => kind)).toEqual(['services']);
  expect((await standingOf(await aCommissioner('QT6'), { id: wide.id, content: agreementContent({ ...sides, weekdays: [6, 7] }) })).conflicts.map(({ kind }) => kind)).toEqual(['partly-shadowed-by']);
});

test('without the permission there is nothing to read', async () => {
  const handler = await aHandler();
  for (const read of [agreementVersion(handler, { id: newId(), version: 1 }), agreementVersions(handler, newId()), agreementLines(handler, { state: 'all', area: null }), waitingForMe(handler), standingOf(handler, { id: null, content: agreementContent() })])
    await expect(read).rejects.toThrow(ForbiddenError);
});
