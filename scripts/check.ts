import { runGates, runUnitAndDatabaseTests } from './support/gates';
import { lockTesting } from './support/locks';
import { runScript } from './support/run-script';
import { newTally } from './support/tally';
import { openTestCluster } from './support/test-cluster';

runScript(check, { interruptedCode: 130 });

/** `npm run check`: everything but the browser. */
async function check(): Promise<number> {
  lockTesting();
  const tally = newTally();
  await runGates(tally);
  await openTestCluster();
  await runUnitAndDatabaseTests(tally);
  console.log(`${tally.counts.passed} passed, ${tally.counts.failed} failed`);
  return tally.counts.failed === 0 ? 0 : 1;
}
