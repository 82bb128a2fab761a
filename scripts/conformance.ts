import { writeFileSync } from 'node:fs';
import { readArguments } from './conformance/arguments';
import { openConformance } from './conformance/conformance';
import { openRedaction } from './conformance/redaction';
import { jsonOf, reportOf } from './conformance/report';
import { REQUIREMENTS } from './conformance/requirements/requirements';
import { isConformant, lineOf, summaryLines } from './conformance/tally';
import { Fault } from './support/fault';
import { closeAtEnd, runScript } from './support/run-script';

runScript(conformance, { interruptedCode: 130 });

/**
 * `npm run conformance`: tests any provider of the NHS Booking API from outside, requirement by requirement, prints the outcomes and
 * writes a report. It knows nothing of Onward's own code and database. The exit code is 0 only when no MUST fails.
 */
async function conformance(): Promise<number> {
  const args = process.argv.slice(2);
  const parsed = readArguments(args, process.env, REQUIREMENTS.map(({ id }) => id));
  if (!parsed.ok) {
    console.log(parsed.words);
    return args.includes('--help') ? 0 : 1;
  }
  const options = parsed.value;
  const redaction = openRedaction();
  const test = openConformance(options, redaction);
  closeAtEnd(async () => void (await test.cleanUp()));

  const outcomes = await test.run((outcome) => console.log(redaction.clean(lineOf(outcome)))).catch((error: unknown) => {
    throw new Fault(redaction.clean(error instanceof Error ? error.message : String(error)));
  });
  const leftBooked = await test.cleanUp();
  const run = { base: options.base, at: test.at, outcomes, leftBooked };
  writeFileSync(options.reportFile, reportOf(run, redaction.clean));
  if (options.jsonFile) writeFileSync(options.jsonFile, jsonOf(run, redaction.clean));
  console.log(`\n${summaryLines(outcomes).join('\n')}\nThe report is in ${options.reportFile}.`);
  if (leftBooked.length > 0) console.log(`These appointments could not be cancelled: ${leftBooked.join(', ')}.`);
  return isConformant(outcomes) ? 0 : 1;
}
