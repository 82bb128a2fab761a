/** Either a value or a refusal: what a person or a system can act on is returned, never thrown. */
export type Result<Value, Failure> = { ok: true; value: Value } | { ok: false; error: Failure };

export function ok<Value>(value: Value): { ok: true; value: Value } {
  return { ok: true, value };
}

export function refuse<const Failure>(error: Failure): { ok: false; error: Failure } {
  return { ok: false, error };
}
