import path from 'node:path';
import { defineConfig } from 'vitest/config';

const alias = { '@': path.resolve('.') };
const DATABASE = ['lib/**/*{queries,commands}.test.ts', 'lib/audit/*.test.ts', 'lib/fhir/**/*.door.test.ts', 'prisma/**/*.test.ts'];

// The same for both projects: Vitest runs them together only then.
const WORKERS = 2;

export default defineConfig({
  resolve: { alias },
  test: {
    projects: [
      {
        resolve: { alias },
        test: { name: 'pure', include: ['{components,lib,scripts}/**/*.test.ts'], exclude: [...DATABASE, 'node_modules/**'], maxWorkers: WORKERS },
      },
      {
        resolve: { alias },
        test: {
          name: 'database',
          include: DATABASE,
          globalSetup: ['scripts/test-support/cluster.ts'],
          setupFiles: ['scripts/test-support/database.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          maxWorkers: WORKERS,
        },
      },
    ],
  },
});
