/** What the person at the terminal can put right: shown as its one sentence, without a stack, with exit code 1. */
export class Fault extends Error {
  override name = 'Fault';
}

/** The words of anything thrown. */
export function wordsOf(error: unknown): string {
  if (error instanceof Fault) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
