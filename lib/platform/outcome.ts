import { ForbiddenError, type Refusal } from '@/lib/platform/errors';
import { log } from '@/lib/platform/log';
import { refuse, type Result } from '@/lib/platform/result';

/**
 * The outcome of a change that carries a request id, or `outcome-unknown` after a fault in the middle of it: then nobody knows
 * whether it was carried out until the same request is sent again. The fault is logged by its kind; its message may hold a
 * patient's data. Throws ForbiddenError on: that is a fault of the door.
 */
export async function outcomeOf<Value>({ requestId }: { requestId: string }, change: Promise<Result<Value, Refusal>>): Promise<Result<Value, Refusal>> {
  try {
    return await change;
  } catch (error) {
    if (error instanceof ForbiddenError) throw error;
    log.error({ code: 'outcome-unknown', requestId, fault: error instanceof Error ? error.name : typeof error }, 'a change ended in a fault');
    return refuse({ code: 'outcome-unknown' });
  }
}
