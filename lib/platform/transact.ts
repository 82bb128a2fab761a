import { db, type Tx } from '@/lib/platform/db';
import type { Result } from '@/lib/platform/result';

class RolledBack extends Error {
  constructor(readonly outcome: { ok: false; error: unknown }) {
    super('rolled back by a refusal');
  }
}

/**
 * Runs `work` in one transaction. A refusal rolls everything back and is returned; a throw rolls back and is rethrown.
 * Nothing slow or outside belongs in `work`: that is what the outbox is for.
 */
export async function transact<Value, Failure>(work: (tx: Tx) => Promise<Result<Value, Failure>>): Promise<Result<Value, Failure>> {
  let refused: Result<Value, Failure> | undefined;
  try {
    return await db.$transaction(async (tx) => {
      const outcome = await work(tx);
      if (!outcome.ok) {
        refused = outcome;
        throw new RolledBack(outcome);
      }
      return outcome;
    });
  } catch (error) {
    if (error instanceof RolledBack && refused) return refused;
    throw error;
  }
}
