import { runNode } from './support/child';
import { runScript } from './support/run-script';
import { openTestCluster } from './support/test-cluster';

const STEPS = 1_000_000;

runScript(soak, { interruptedCode: 130 });

/**
 * `npm run test:soak -- SEED`: a million steps of the booking workflow against its model, on a real database; hours. Without a
 * seed one is drawn. What it prints of a failure is enough to replay it.
 */
async function soak(): Promise<number> {
  await openTestCluster();
  const seed = process.argv[2] ?? String(Math.floor(Math.random() * 1_000_000));
  const steps = process.env['ONWARD_STEPS'] ?? String(STEPS);
  console.log(`${steps} steps, seed ${seed}`);
  const { code } = await runNode(['node_modules/vitest/vitest.mjs', 'run', 'lib/booking/workflow.commands.test.ts'], {
    env: { ONWARD_STEPS: steps, ONWARD_SEED: seed },
    output: 'shown',
  });
  return code;
}
