import path from 'node:path';
import { runNode } from './child';
import { gate, vitestCounts, type Tally } from './tally';

const NEXT = 'node_modules/next/dist/bin/next';
const VITEST_REPORT = path.resolve('.data/vitest.json');

/** Types, lint, boundaries and dead code, each counted as one. */
export async function runGates(tally: Tally): Promise<void> {
  await tally.add('types', () => gate([[NEXT, 'typegen'], ['node_modules/typescript/bin/tsc', '--noEmit']]));
  await tally.add('lint', () => gate([['node_modules/eslint/bin/eslint.js', '.']]));
  await tally.add('boundaries', () => gate([['node_modules/dependency-cruiser/bin/dependency-cruise.mjs', 'app', 'components', 'lib', 'scripts']]));
  await tally.add('dead code', () => gate([['node_modules/knip/bin/knip.js']]));
}

/** Every test that needs no browser; the database cluster of the tests runs already, and Vitest adopts it. */
export async function runUnitAndDatabaseTests(tally: Tally): Promise<void> {
  await tally.add('unit and database tests', async () => {
    const args = ['node_modules/vitest/vitest.mjs', 'run', '--reporter=dot', '--reporter=json', `--outputFile.json=${VITEST_REPORT}`];
    return vitestCounts(VITEST_REPORT, await runNode(args, { output: 'kept' }));
  });
}
