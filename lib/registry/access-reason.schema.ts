// By itself, without zod, since forms in browsers show it.
/** Why somebody looks at what they do not need for a call, in the words of the form. */
export const ACCESS_REASONS = {
  'patient-asks': 'The patient, or who cares for them, is asking',
  'direct-care': 'I am arranging care for the patient now',
  safeguarding: 'Safeguarding',
  complaint: 'A complaint or an incident',
  other: 'Another reason',
} as const;
export type AccessReason = keyof typeof ACCESS_REASONS;

export function isAccessReason(value: unknown): value is AccessReason {
  return typeof value === 'string' && Object.hasOwn(ACCESS_REASONS, value);
}
