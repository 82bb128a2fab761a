import type { Ctx, Scope, SystemActor } from '@/lib/auth/actor';
import type { Result } from '@/lib/platform/result';

/** Codes of OperationOutcome.issue.code that Onward sends (FHIR value set issue-type). */
export type IssueCode =
  | 'structure'
  | 'required'
  | 'value'
  | 'code-invalid'
  | 'invariant'
  | 'invalid'
  | 'extension'
  | 'business-rule'
  | 'not-found'
  | 'not-supported'
  | 'processing'
  | 'duplicate'
  | 'conflict'
  | 'login'
  | 'security'
  | 'expired'
  | 'forbidden'
  | 'too-long'
  | 'throttled'
  | 'transient'
  | 'exception'
  | 'informational';

/** Codes of the Spine's list, in `issue.details` (B-812). */
export type SpineCode =
  | 'ACCESS_DENIED'
  | 'BAD_REQUEST'
  | 'INVALID_PARAMETER'
  | 'INVALID_RESOURCE'
  | 'INVALID_NHS_NUMBER'
  | 'REFERENCE_NOT_FOUND'
  | 'DUPLICATE_REJECTED'
  | 'FHIR_CONSTRAINT_VIOLATION'
  | 'NO_RECORD_FOUND'
  | 'UNSUPPORTED_MEDIA_TYPE'
  | 'INTERNAL_SERVER_ERROR';

/** One thing that is wrong. Never a name, NHS number, address or token in its words (B-813). */
export type Issue = {
  severity: 'fatal' | 'error' | 'information';
  code: IssueCode;
  details?: SpineCode;
  /** Plain words for whoever runs the other system. */
  diagnostics?: string;
  /** FHIRPath of the element, such as `Appointment.contained[1].birthDate`; sent as `location` too. */
  expression?: string;
  /** `http.<name>` of the header or parameter. */
  location?: string;
};

/** What a request is answered with when it is not carried out: a status and at least one issue. */
export type Fault = { status: number; issues: readonly Issue[]; headers?: Readonly<Record<string, string>> };

/** Any FHIR resource, of whichever version. */
export type Resource = { resourceType: string };

/** What a request is answered with when it is. */
export type Answer = {
  status: 200 | 201;
  resource: Resource;
  /**
   * The version of the resource, for ETag, Last-Modified and Content-Location (B-060, B-061): absolute `url`, versioned or not;
   * `at` null when it is not known. A search has none.
   */
  version?: { id: string; at: Date | null; url: string };
  /** Absolute, versioned: only of what was created or changed (B-431, B-615). */
  location?: string;
};

/** One query parameter, decoded, in the order in which it came; a `+` that was lost in decoding is a space. */
export type Parameter = readonly [name: string, value: string];

/** A request that anybody may send: the token, if any, was not looked at. */
export type OpenRequest = {
  now: Date;
  /** The service root, absolute and without a slash at the end; from PUBLIC_URL, never from the request. */
  root: string;
  params: Readonly<Record<string, string>>;
  query: readonly Parameter[];
  /** A header by its name in any case, or null. */
  header: (name: string) => string | null;
};

/** A request of a client whose token covers the interaction. */
export type FhirRequest = OpenRequest & {
  ctx: Ctx<SystemActor>;
  /** The body, parsed from JSON or XML to FHIR's JSON form; read only when asked for, after the token was checked (B-142). */
  body: () => Promise<Result<unknown, Fault>>;
};

/** One interaction: its method and path below the root, such as `/Appointment/:id`, and what it takes to be allowed. */
export type Route = { method: 'GET' | 'POST' | 'PUT'; path: string; interaction: string } & (
  | { scope: Scope; handle: (request: FhirRequest) => Promise<Result<Answer, Fault>> }
  | { scope: null; handle: (request: OpenRequest) => Promise<Result<Answer, Fault>> }
);
