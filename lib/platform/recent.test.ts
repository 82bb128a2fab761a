import { expect, test } from 'vitest';
import { Recent } from '@/lib/platform/recent';

test('the value that was not asked for the longest makes room', () => {
  const recent = new Recent<number>(2);
  recent.set('one', 1);
  recent.set('two', 2);
  expect(recent.get('one')).toBe(1);
  recent.set('three', 3);
  expect([recent.get('one'), recent.get('two'), recent.get('three')]).toEqual([1, undefined, 3]);
});

test('a value that is set again or taken away is', () => {
  const recent = new Recent<number>(2);
  recent.set('one', 1);
  recent.set('one', 10);
  expect(recent.get('one')).toBe(10);
  recent.delete('one');
  expect(recent.get('one')).toBeUndefined();
});
