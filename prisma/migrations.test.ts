import { expect, test } from 'vitest';
import { diffMigrations } from '@/lib/platform/migrate';

test('the migrations produce exactly the schema', async () => {
  const sql = await diffMigrations(process.env['DATABASE_URL'] ?? '');
  expect(sql.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('--'))).toEqual([]);
});
