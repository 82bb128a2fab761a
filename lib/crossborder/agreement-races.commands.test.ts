import { expect, test } from 'vitest';
import { agreeTo, changeDraft, cloneAgreement, createAgreement, endAgreement, newVersion, proposeAgreement, takeBack } from '@/lib/crossborder/agreement.commands';
import type { AgreementContent } from '@/lib/crossborder/agreement.schema';
import { db } from '@/lib/platform/db';
import type { Refusal } from '@/lib/platform/errors';
import type { Result } from '@/lib/platform/result';
import { addDays, toDateColumn } from '@/lib/platform/time';
import { londonDate } from '@/lib/platform/time-words';
import { aCommissioner, agreementContent, GREATER_MANCHESTER, WEST_YORKSHIRE } from '@/prisma/factories/agreement';
import { aService } from '@/prisma/factories/service';
import { A_TUESDAY_AT_TEN, later } from '@/prisma/factories/staff';

const TODAY = londonDate(A_TUESDAY_AT_TEN);
const ROUNDS = 5;

test('six agree to one proposal at once: it is agreed once, and five are told that it has changed', async () => {
  const { leeds, manchester, content } = await aBorder();
  const proposed = await aProposal({ leeds, content });
  const colleagues = await Promise.all(Array.from({ length: 5 }, () => aCommissioner(GREATER_MANCHESTER)));
  const outcomes = await Promise.all([manchester, ...colleagues].map((ctx) => agreeTo(ctx, proposed)));
  expect(codesOf(outcomes)).toEqual(['agreed', ...Array.from({ length: 5 }, () => 'agreement-changed')]);
  expect(await audited(proposed.id, 'agreement.agreed')).toBe(1);
  expect(await audited(proposed.id, 'agreement.change-refused')).toBe(5);
});

test('a second version that two agree to at once ends the first one once', async () => {
  const { leeds, manchester, content } = await aBorder();
  const agreed = done(await agreeTo(manchester, await aProposal({ leeds, content })));
  const second = done(await newVersion(later(leeds, 3), agreed));
  const begun = done(await changeDraft(later(leeds, 4), { ...second, content: { ...content, validFrom: addDays(TODAY, 7) } }));
  const proposed = done(await proposeAgreement(later(leeds, 5), begun));
  const outcomes = await Promise.all([manchester, await aCommissioner(GREATER_MANCHESTER)].map((ctx) => agreeTo(ctx, proposed)));
  expect(codesOf(outcomes)).toEqual(['agreed', 'agreement-changed']);
  const first = await db.agreement.findUniqueOrThrow({ where: { id_version: { id: agreed.id, version: 1 } } });
  expect(first).toMatchObject({ edition: agreed.edition + 1, validTo: toDateColumn(addDays(TODAY, 6)) });
});

test('agreed and taken back at once: one of the two happens, and what is agreed is what was proposed', async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const { leeds, manchester, content } = await aBorder();
    const proposed = await aProposal({ leeds, content });
    const change = async () => {
      const back = await takeBack(later(leeds, 2), proposed);
      return back.ok ? changeDraft(later(leeds, 3), { ...back.value, content: { ...content, pricePence: 9_900, noshowPence: 9_900 } }) : back;
    };
    const [agreed, changed] = await Promise.all([agreeTo(manchester, proposed), change()]);
    expect([agreed.ok, changed.ok].filter(Boolean)).toHaveLength(1);
    const row = await db.agreement.findUniqueOrThrow({ where: { id_version: { id: proposed.id, version: 1 } } });
    expect(row).toMatchObject(agreed.ok ? { state: 'agreed', pricePence: null } : { state: 'draft', pricePence: 9_900 });
  }
});

test('two for the same patients, services and days, agreed at once: one holds, the other is refused and names it', async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const { leeds, manchester, content } = await aBorder();
    const one = await aProposal({ leeds, content: { ...content, title: 'The one' } });
    const other = await aProposal({ leeds, content: { ...content, title: 'The other', validFrom: addDays(TODAY, 5) } });
    const [first, second] = await Promise.all([agreeTo(manchester, one), agreeTo(later(manchester, 1), other)]);
    expect(codesOf([first, second])).toEqual(['agreed', 'agreement-overlaps']);
    const lost = first.ok ? second : first;
    expect(lost).toMatchObject({ error: { title: first.ok ? 'The one' : 'The other', version: 1 } });
    expect(await db.agreement.count({ where: { id: { in: [one.id, other.id] }, state: 'agreed' } })).toBe(1);
  }
});

test('a refused agreement leaves the older version as it was', async () => {
  const { leeds, manchester, content } = await aBorder();
  const agreed = done(await agreeTo(manchester, await aProposal({ leeds, content: { ...content, validTo: addDays(TODAY, 9) } })));
  const further = done(await newVersion(later(leeds, 3), agreed));
  const longer = done(await changeDraft(later(leeds, 4), { ...further, content: { ...content, validFrom: addDays(TODAY, 5) } }));
  const proposed = done(await proposeAgreement(later(leeds, 5), longer));
  const copy = done(await cloneAgreement(later(leeds, 6), agreed));
  const after = done(await changeDraft(later(leeds, 7), { ...copy, content: { ...content, validFrom: addDays(TODAY, 10) } }));
  const rival = done(await proposeAgreement(later(leeds, 8), after));

  const [one, other] = await Promise.all([agreeTo(later(manchester, 9), proposed), agreeTo(later(manchester, 10), rival)]);
  expect(codesOf([one, other])).toEqual(['agreed', 'agreement-overlaps']);
  const first = await db.agreement.findUniqueOrThrow({ where: { id_version: { id: agreed.id, version: 1 } } });
  expect(first).toMatchObject({ validTo: toDateColumn(addDays(TODAY, one.ok ? 4 : 9)), edition: one.ok ? agreed.edition + 1 : agreed.edition });
});

test('a new version is made once, and an end agreed once, however many ask at once', async () => {
  const { leeds, manchester, content } = await aBorder();
  const agreed = done(await agreeTo(manchester, await aProposal({ leeds, content })));
  const versions = await Promise.all([leeds, manchester, await aCommissioner('national')].map((ctx) => newVersion(later(ctx, 3), agreed)));
  expect(versions.filter(({ ok }) => ok)).toHaveLength(1);
  const ends = await Promise.all([5, 6, 7].map((days) => endAgreement(later(leeds, days), { ...agreed, lastDay: addDays(TODAY, days) })));
  expect(codesOf(ends)).toEqual(['agreed', 'agreement-changed', 'agreement-changed']);
  expect(await audited(agreed.id, 'agreement.ended')).toBe(1);
});

async function aBorder() {
  const service = await aService({ icbCode: GREATER_MANCHESTER });
  return { leeds: await aCommissioner(WEST_YORKSHIRE), manchester: await aCommissioner(GREATER_MANCHESTER), content: agreementContent({ serviceId: service.id }) };
}

async function aProposal({ leeds, content }: { leeds: Awaited<ReturnType<typeof aCommissioner>>; content: AgreementContent }) {
  return done(await proposeAgreement(later(leeds, 1), done(await createAgreement(leeds, content))));
}

function done<Value>(outcome: Result<Value, Refusal>): Value {
  if (!outcome.ok) throw new Error(`Refused: ${JSON.stringify(outcome.error)}`);
  return outcome.value;
}

/** What came of each, those that went through first. */
function codesOf(outcomes: readonly Result<unknown, Refusal>[]): string[] {
  return outcomes.map((outcome) => (outcome.ok ? 'agreed' : outcome.error.code)).sort((one, other) => Number(other === 'agreed') - Number(one === 'agreed'));
}

async function audited(subject: string, type: string): Promise<number> {
  return db.auditEvent.count({ where: { subject, type } });
}
