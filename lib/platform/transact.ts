import { db, isDeadlock, type Tx } from '@/lib/platform/db';
import type { Result } from '@/lib/platform/result';

const ATTEMPTS = 3;

class RolledBack extends Error {}

/**
 * Runs `work` in one transaction. A refusal rolls everything back and is returned; a throw rolls back and is rethrown; a
 * deadlock is tried again. Nothing slow or outside belongs in `work`: that is what the outbox is for.
 */
export async function transact<Value, Failure>(work: (tx: Tx) => Promise<Result<Value, Failure>>): Promise<Result<Value, Failure>> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await once(work);
    } catch (error) {
      if (attempt === ATTEMPTS || !isDeadlock(error)) throw error;
    }
  }
}

async function once<Value, Failure>(work: (tx: Tx) => Promise<Result<Value, Failure>>): Promise<Result<Value, Failure>> {
  let refused: Result<Value, Failure> | undefined;
  try {
    return await db.$transaction(async (tx) => {
      const outcome = await work(tx);
      if (!outcome.ok) {
        refused = outcome;
        throw new RolledBack();
      }
      return outcome;
    });
  } catch (error) {
    if (error instanceof RolledBack && refused) return refused;
    throw error;
  }
}
