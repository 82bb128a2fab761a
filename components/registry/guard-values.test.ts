import { expect, test } from 'vitest';
import { choicesIn } from '@/components/registry/guard-values';
import { guardNames } from '@/components/registry/guard-names';

const FIRST = '019aa000-0000-7000-8000-000000000001';
const SECOND = '019aa000-0000-7000-8000-000000000002';

function block(entryId: string, { choice, why = '', version = '1' }: { choice?: string; why?: string; version?: string }): Record<string, string> {
  const names = guardNames(entryId);
  return { [names.version]: version, [names.when]: 'Tue 24 Nov 09:40', [names.why]: why, ...(choice ? { [names.choice]: choice } : {}) };
}

test('each choice is read with the version that was looked at, in the order of the page', () => {
  const values = { reason: 'Fever', ...block(FIRST, { choice: 'keep', why: '  Different   problem ' }), ...block(SECOND, { choice: 'move', version: '3' }) };

  expect(choicesIn(values)).toEqual({
    choices: [
      { entryId: FIRST, version: 1, choice: 'keep', reason: 'Different problem' },
      { entryId: SECOND, version: 3, choice: 'move', reason: '' },
    ],
    fields: {},
  });
});

test('an appointment without a choice is a fault at its radios that says which one it is; the others are kept', () => {
  const { choices, fields } = choicesIn({ ...block(FIRST, {}), ...block(SECOND, { choice: 'cancel' }) });

  expect(choices).toEqual([{ entryId: SECOND, version: 1, choice: 'cancel', reason: '' }]);
  expect(fields).toEqual({ [`choice-${FIRST}`]: 'Tue 24 Nov 09:40: choose what becomes of that appointment' });
});

test.each([
  ['nothing', ' ', 'Tue 24 Nov 09:40: say why both are kept'],
  ['too much', 'x'.repeat(201), 'Tue 24 Nov 09:40: why both are kept must have 200 characters or fewer'],
])('both are kept with %s said why: a fault at that field', (_name, why, message) => {
  expect(choicesIn(block(FIRST, { choice: 'keep', why }))).toEqual({ choices: [], fields: { [`why-${FIRST}`]: message } });
});

test('a reason that was typed for an appointment that is not kept means nothing, and stops nothing', () => {
  expect(choicesIn(block(FIRST, { choice: 'move', why: 'x'.repeat(201) }))).toEqual({ choices: [{ entryId: FIRST, version: 1, choice: 'move', reason: '' }], fields: {} });
});

test('a form without the guard says nothing about other appointments; a forged id or version is no choice', () => {
  expect(choicesIn({ reason: 'Fever' })).toEqual({ choices: [], fields: {} });
  expect(choicesIn({ ...block('not-an-id', { choice: 'cancel' }), ...block(SECOND, { choice: 'cancel', version: '0' }) })).toEqual({ choices: [], fields: {} });
});
