import type { TokenFault } from '@/lib/auth/client.schema';
import type { Fault, IssueCode } from '@/lib/fhir/shared/route';

type Failure = {
  status: 401 | 403;
  code: IssueCode;
  /** In `WWW-Authenticate` (RFC 6750); null: nothing, as no token was shown (B-141). */
  error: 'invalid_token' | 'insufficient_scope' | null;
  /** `subject` is the part, claim, scope or organisation that the reason is about. */
  words: (subject: string) => string;
};

/**
 * What a refused token is answered with (section 3.3 of the reference, B-130 to B-138). The sources disagree about the status:
 * another profile of the standard is an edit of this table alone.
 */
export const authFailures: Record<TokenFault['reason'], Failure> = {
  missing: { status: 403, code: 'login', error: null, words: () => 'No access token' }, // B-130
  malformed: { status: 403, code: 'security', error: 'invalid_token', words: (part) => `Access token is not valid: ${part}` }, // B-131
  signature: { status: 403, code: 'security', error: 'invalid_token', words: () => 'Access token is not valid: signature' }, // B-132
  expired: { status: 403, code: 'expired', error: 'invalid_token', words: () => 'Access token has expired' }, // B-133
  'issued-in-future': { status: 403, code: 'security', error: 'invalid_token', words: () => 'Access token is not valid: iat' }, // B-134
  audience: { status: 403, code: 'security', error: 'invalid_token', words: () => 'Access token is for another system' }, // B-135
  claim: { status: 403, code: 'security', error: 'invalid_token', words: (claim) => `Access token is not valid: ${claim}` }, // B-136
  scope: { status: 403, code: 'forbidden', error: 'insufficient_scope', words: (scope) => `Scope does not allow this: it takes ${scope}` }, // B-137
  organisation: { status: 403, code: 'forbidden', error: 'insufficient_scope', words: (odsCode) => `Organisation ${odsCode} may not do this here` }, // B-138
  // B-011: only of a client that is set to need them.
  'proxy-headers': { status: 403, code: 'security', error: 'invalid_token', words: () => 'This client must send Ssp-TraceID, Ssp-From, Ssp-To and Ssp-InteractionID' },
};

/** The answer to a token that is not accepted, with `WWW-Authenticate` (B-140, B-141, B-830). */
export function authFault(refused: TokenFault): Fault {
  const { status, code, error, words } = authFailures[refused.reason];
  return {
    status,
    issues: [{ severity: 'error', code, details: 'ACCESS_DENIED', diagnostics: words(subjectOf(refused)) }],
    headers: { 'WWW-Authenticate': error ? `Bearer error="${error}"` : 'Bearer' },
  };
}

function subjectOf(refused: TokenFault): string {
  if (refused.reason === 'malformed') return refused.part;
  if (refused.reason === 'claim') return refused.claim;
  if (refused.reason === 'scope') return refused.needed;
  return refused.reason === 'organisation' ? refused.odsCode : '';
}
