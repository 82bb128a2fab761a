import type { Fault, Issue, Resource } from '@/lib/fhir/shared/route';
import { refuse } from '@/lib/platform/result';

/** Not a typo of ours: the standard's pages write the system of these codes as the URL of a value set. */
const SPINE_CODES = 'https://fhir.nhs.uk/STU3/ValueSet/Spine-ErrorOrWarningCode-1';

/** An OperationOutcome; `id` is the X-Request-Id of the answer, by which the log finds it (B-810 to B-812). */
export function outcomeOf(id: string, issues: readonly Issue[]): Resource & { id: string; issue: object[] } {
  return { resourceType: 'OperationOutcome', id, issue: issues.map(issueOf) };
}

/** A refusal of a whole request with one or several issues. */
export function fault(status: number, ...issues: readonly Issue[]): { ok: false; error: Fault } {
  return refuse({ status, issues });
}

/** A known parameter whose value cannot be used (B-832): `http.<name>`, and why. */
export function badParameter(name: string, diagnostics: string, code: 'value' | 'required' = 'value'): { ok: false; error: Fault } {
  return fault(400, { severity: 'error', code, details: 'INVALID_PARAMETER', diagnostics, location: `http.${name}` });
}

/** What was asked for is not there (B-842); `what` is type and id, such as `Appointment/123`. */
export function notFound(what: string): { ok: false; error: Fault } {
  return fault(404, { severity: 'error', code: 'not-found', details: 'NO_RECORD_FOUND', diagnostics: `There is no ${what}` });
}

function issueOf({ severity, code, details, diagnostics, expression, location }: Issue) {
  const place = location ?? expression;
  return {
    severity,
    code,
    ...(details ? { details: { coding: [{ system: SPINE_CODES, code: details }] } } : {}),
    ...(diagnostics ? { diagnostics } : {}),
    ...(place ? { location: [place] } : {}),
    ...(expression ? { expression: [expression] } : {}),
  };
}
