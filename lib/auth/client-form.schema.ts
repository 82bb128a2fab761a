import { z } from 'zod';
import { SCOPES } from '@/lib/auth/actor';
import { ODS_CODE } from '@/lib/auth/ods-code.schema';

/** The most requests a minute that a client can be let have. */
export const MOST_REQUESTS = 1_000_000;

/** In a list of services: every one. */
export const EVERY_SERVICE = '*';

const typed = z.string().default('');
const words = typed.transform((value) => [...new Set(value.split(/[\s,;]+/).filter(Boolean))]);
const ticked = z.string().optional().transform((value) => Boolean(value) && value !== 'off');

const odsCode = typed.pipe(z.string().trim().toUpperCase().regex(ODS_CODE, 'Enter the ODS code of the organisation, such as Y99901'));
const odsCodes = words
  .transform((codes) => [...new Set(codes.map((code) => code.toUpperCase()))])
  .refine((codes) => codes.every((code) => ODS_CODE.test(code)), 'Enter ODS codes, such as Y99901, with a comma between two')
  .pipe(z.array(z.string()).max(200, 'Enter at most 200 ODS codes'));

const services = words
  .transform((ids) => (ids.includes(EVERY_SERVICE) ? [EVERY_SERVICE] : ids))
  .refine((ids) => ids.every((id) => /^(\*|\d{1,20})$/.test(id)), 'Enter DoS service ids with a comma between two, or * for every service')
  .pipe(z.array(z.string()).max(1_000, 'Enter at most 1,000 services'));

const scopes = words.transform((values) => SCOPES.filter((scope) => values.includes(scope))).pipe(z.array(z.enum(SCOPES)).min(1, 'Choose at least one thing that the client may do'));

const ISSUER_FAULT = 'Enter a whole address, such as https://triage.example.com';
const issuer = typed
  .pipe(z.string().trim().max(200, 'Use at most 200 characters'))
  .transform((value) => value.replace(/\/$/, '') || null)
  .refine((value) => value === null || (/^https?:\/\/[^\s]+$/.test(value) && URL.canParse(value)), ISSUER_FAULT);

const requestsPerMinute = z
  .string()
  .default('600')
  .pipe(z.string().trim().regex(/^\d{1,7}$/, `Enter a whole number from 1 to ${MOST_REQUESTS}`).transform(Number))
  .pipe(z.number().min(1, 'Enter a whole number of 1 or more').max(MOST_REQUESTS, `Enter a whole number of at most ${MOST_REQUESTS}`));

/**
 * What is typed about an API client. Lists are separated by commas or spaces (a repeated field is such a list); an issuer loses a slash
 * at its end. A list of services holds DoS service ids, or "*" alone; empty: none.
 */
export const clientForm = z.object({
  name: typed.pipe(z.string().trim().min(1, 'Enter the name of the system').max(100, 'Use at most 100 characters')),
  organisationCode: odsCode,
  actsFor: odsCodes,
  scopes,
  bookServices: services,
  cancelServices: services,
  issuer,
  isBehindProxy: ticked,
  needsProxyHeaders: ticked,
  needsDocument: ticked,
  refusesLongTokens: ticked,
  requestsPerMinute,
});

export type ClientForm = z.infer<typeof clientForm>;

/** Which client is changed, and as which version it was looked at. */
export const clientTarget = z.object({ clientId: z.string().default(''), version: z.coerce.number().int().catch(0) });
