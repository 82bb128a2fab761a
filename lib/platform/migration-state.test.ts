import { expect, test } from 'vitest';
import { migrationNames, migrationsBeyond } from '@/lib/platform/migration-state';

test('a database with every migration of this folder lacks none, and may have later ones', () => {
  const finished = [...migrationNames(), '29990101000000_later'].map((name) => ({ name }));

  expect(migrationsBeyond(finished)).toEqual([]);
});

test('what a database has not finished is named in the order in which it applies', () => {
  expect(migrationsBeyond([])).toEqual(migrationNames());
  expect(migrationNames()).toEqual([...migrationNames()].sort());
});
