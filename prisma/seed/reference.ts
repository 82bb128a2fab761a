import { DIRECTORY, ORGANISATIONS } from './directory';
import { GEOGRAPHY, POSTCODE_STEP } from './geography';
import type { Progress } from './progress';
import { digestOfStep, runStep } from './steps';

const SMALL = [GEOGRAPHY, DIRECTORY];

/** Loads all reference data that ships; what was loaded before from the same files is left alone, what changed is replaced. */
export async function loadReference(url: string, progress: Progress): Promise<void> {
  for (const step of [...SMALL, ORGANISATIONS, POSTCODE_STEP]) {
    progress(step.words, 0, 1);
    await runStep(url, step, (done, total) => progress(step.words, Math.min(done, total - 1), total));
    progress(step.words, 1, 1);
  }
}

/** Loads everything but organisations and postcodes: what tests need, quick to copy. */
export async function loadSmallReference(url: string): Promise<void> {
  for (const step of SMALL) await runStep(url, step, () => undefined);
}

/** Changes when the small reference data does. */
export function smallReferenceDigest(): string {
  return SMALL.map(digestOfStep).join();
}
