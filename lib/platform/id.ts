import { v7 } from 'uuid';

/** A new id: UUID version 7, so that rows made one after another lie beside each other. */
export function newId(): string {
  return v7();
}

/** Whether a text has the form of our ids, in any case: PostgreSQL refuses to compare an id with any other. */
export function isId(text: string): boolean {
  return /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text);
}
