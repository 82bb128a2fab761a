import { findChromium } from './support/chromium';
import { wordsOf } from './support/fault';
import { runGates, runUnitAndDatabaseTests } from './support/gates';
import { prepareJourneys, runJourneys } from './support/journeys';
import { lockTesting } from './support/locks';
import { runScript } from './support/run-script';
import { newTally, type Tally } from './support/tally';
import { openTestCluster } from './support/test-cluster';

runScript(test, { interruptedCode: 130 });

/** `npm test`: every check there is, with its own database, build and port. Ends with the line `N passed, N failed`. */
async function test(): Promise<number> {
  lockTesting();
  const tally = newTally();
  try {
    await testAll(tally);
  } catch (error) {
    console.error(wordsOf(error));
    tally.counts.failed += 1;
  }
  // Half an hour of journeys may lie between a failure and the end, where people look first.
  for (const failure of tally.failures) console.log(`\nFailed earlier: ${failure}\n`);
  console.log(`${tally.counts.passed} passed, ${tally.counts.failed} failed`);
  return tally.counts.failed === 0 ? 0 : 1;
}

// Two lanes for two cores. One after the other where they would meet: both the types and the build write Next's route types.
async function testAll(tally: Tally): Promise<void> {
  const chromium = await findChromium();
  const cluster = await openTestCluster();
  const preparing = prepareJourneys(cluster, tally);
  const [journeys] = await Promise.all([preparing, runGates(tally).then(() => runUnitAndDatabaseTests(tally))]);
  await runJourneys(journeys, chromium, tally);
}
