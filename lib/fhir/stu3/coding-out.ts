import type { Coding } from 'fhir/r3';

/** A code as it was sent, without what was not. */
export function codingOf({ system, code, display }: { system: string | null; code: string; display: string | null }): Coding {
  return { ...(system ? { system } : {}), code, ...(display ? { display } : {}) };
}
