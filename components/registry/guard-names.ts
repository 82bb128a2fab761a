export const VERSION_PREFIX = 'version-';

/** The names of a form's fields about one other appointment of the patient. */
export function guardNames(entryId: string) {
  return { version: `${VERSION_PREFIX}${entryId}`, when: `when-${entryId}`, choice: `choice-${entryId}`, why: `why-${entryId}` } as const;
}
