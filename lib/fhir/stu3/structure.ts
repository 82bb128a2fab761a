import { z } from 'zod';
import type { Issue } from '@/lib/fhir/shared/route';

/** Far more of anything than an appointment has: lists are compared with lists. */
const MAX_ITEMS = 100;

/** An object of a body that may be missing; what is not named in it is kept as it is. */
export function one<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.looseObject(shape).optional();
}

/** A list of objects that may be missing. */
export function many<Shape extends z.ZodRawShape>(shape: Shape) {
  return listOf(z.looseObject(shape)).optional();
}

/** A list of at most as many items as anything in a body may have. */
export function listOf<Item extends z.ZodType>(item: Item) {
  return z.array(item).max(MAX_ITEMS);
}

/** An object where a list belongs, as a list of one: the standard's own samples write it so (B-424, X-24). */
export function inList(sent: unknown): unknown {
  return sent !== null && typeof sent === 'object' && !Array.isArray(sent) ? [sent] : sent;
}

/** The code for `entered-in-error` as FHIR has it: with spaces on the standard's pages (B-298). */
export function statusCode(sent: unknown): unknown {
  return sent === 'entered in error' ? 'entered-in-error' : sent;
}

/** What FHIR has otherwise at this place of an Appointment: 400 `structure` (B-403). */
export function structureIssue({ path, message }: z.core.$ZodIssue): Issue {
  const expression = path.reduce<string>((at, step) => (typeof step === 'number' ? `${at}[${step}]` : `${at}.${String(step)}`), 'Appointment');
  return { severity: 'error', code: 'structure', details: 'BAD_REQUEST', diagnostics: message, expression };
}
