import { expect, test } from 'vitest';
import { accessReason } from '@/lib/registry/access.schema';

const faults = (values: Record<string, string>) => accessReason.safeParse(values).error?.issues.map(({ path, message }) => [path.join('.'), message]);

test('a reason of the list needs no more words', () => {
  expect(accessReason.parse({ why: 'safeguarding' })).toEqual({ why: 'safeguarding', whyText: '' });
});

test('another reason is said in words, on one line', () => {
  expect(faults({ why: 'other', whyText: '  ' })).toEqual([['whyText', 'Say what the other reason is']]);
  expect(accessReason.parse({ why: 'other', whyText: ' Court order,\n seen ' })).toEqual({ why: 'other', whyText: 'Court order, seen' });
});

test.each(['', 'curiosity', 'toString'])('%o is no reason', (why) => {
  expect(faults({ why })).toEqual([['why', 'Choose why you need to look']]);
});

test('details have at most 200 characters', () => {
  expect(faults({ why: 'complaint', whyText: 'x'.repeat(201) })).toEqual([['whyText', 'Details must have 200 characters or fewer']]);
});
