import { readFileSync, rmSync } from 'node:fs';
import { z } from 'zod';
import { readClock } from '@/lib/platform/time';
import { runNode, type Ended } from './child';

/** One step of the tests: a gate counts as one; a runner reports how many tests passed and failed. */
export type Counts = { passed: number; failed: number };

/** Adds up steps and shows each, with its time, when it ends; `failures`: what those said that failed, each to be said once more at the end. */
export type Tally = { counts: Counts; failures: string[]; add: (name: string, step: () => Promise<Counts & { output: string }>) => Promise<void> };

/** Characters of a failed step that are said again. */
const MAX_REPEATED = 6_000;

export function newTally(): Tally {
  const counts = { passed: 0, failed: 0 };
  const failures: string[] = [];
  async function add(name: string, step: () => Promise<Counts & { output: string }>): Promise<void> {
    const startedAt = readClock().getTime();
    const { passed, failed, output } = await step();
    counts.passed += passed;
    counts.failed += failed;
    const seconds = ((readClock().getTime() - startedAt) / 1000).toFixed(1);
    if (failed > 0) {
      console.log(output.trim());
      failures.push(`${name}:\n${output.trim().slice(-MAX_REPEATED)}`);
    }
    const counted = passed + failed > 0 ? ` ${passed} passed, ${failed} failed,` : '';
    console.log(`${failed > 0 ? '✗' : '✓'} ${name}:${counted} ${seconds} s`);
  }
  return { counts, failures, add };
}

/** A gate: passes when all of these Node programs end well, one after another; stops at the first that does not. */
export async function gate(programs: readonly (readonly string[])[]): Promise<Counts & { output: string }> {
  for (const program of programs) {
    const { code, output } = await runNode(program, { output: 'kept' });
    if (code !== 0) return { passed: 0, failed: 1, output };
  }
  return { passed: 1, failed: 0, output: '' };
}

const vitestReport = z.object({ numPassedTests: z.number(), numFailedTests: z.number() }).transform((report) => ({ passed: report.numPassedTests, failed: report.numFailedTests }));

const journeyReport = z
  .object({ stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number() }) })
  .transform(({ stats }) => ({ passed: stats.expected + stats.flaky, failed: stats.unexpected }));

/** What Vitest counted in its JSON report. */
export const vitestCounts = (file: string, ended: Ended) => counted(file, ended, vitestReport);

/** What Playwright counted in its JSON report; a journey that passed at its second attempt has passed, and Playwright names it as flaky. */
export const journeyCounts = (file: string, ended: Ended) => counted(file, ended, journeyReport);

// A runner can fail without a failing test, by a file that does not load: that is a failure too.
function counted(file: string, { code, output }: Ended, report: z.ZodType<Counts>): Counts & { output: string } {
  const counts = readReport(file, report);
  rmSync(file, { force: true });
  return { passed: counts.passed, failed: code !== 0 ? Math.max(counts.failed, 1) : counts.failed, output };
}

function readReport(file: string, report: z.ZodType<Counts>): Counts {
  try {
    return report.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return { passed: 0, failed: 1 };
  }
}
