import { mustAnswer, mustRefuse, type Refused } from '../expectations';
import { NOBODY, searchPath } from '../facts';
import { changed } from '../look';
import type { Check, Kit } from '../model';
import { claimsOf, unsigned, type Claims } from '../token-source';
import { must, unknown } from '../verdict';

type Change = (claims: Claims) => Claims;

const REFUSED: Refused = { status: 403, code: 'security' };
const MINUTE = 60;

/** The token and what a refused one gets: sections 3.1 and 3.3. */
export const TOKENS: readonly Check[] = [
  {
    id: 'B-101',
    run: async (kit) => {
      if (kit.tokens.isUnsigned) unknown('the tokens that were given are unsigned, as behind the proxy');
      await mustRefuseToken(kit, unsigned(claimsOf(await kit.tokens.token())), { status: 403 }, 'the same claims without a signature');
    },
  },
  { id: 'B-102', needs: ['own-tokens'], run: without('iss') },
  {
    id: 'B-103',
    needs: ['own-tokens'],
    run: async (kit) => {
      await without('sub')(kit);
      await mustRefuseClaims(kit, (claims) => ({ ...claims, sub: 'somebody-else' }), REFUSED, 'a sub that is not the id of the practitioner');
    },
  },
  {
    id: 'B-104',
    needs: ['own-tokens'],
    run: async (kit) => {
      await without('aud')(kit);
      await mustServe(kit, (claims) => ({ ...claims, aud: `${kit.base}/` }), 'an aud with a slash at the end');
      await mustServe(kit, (claims) => ({ ...claims, aud: ['https://other.example.nhs.uk/STU3', kit.base] }), 'an aud in an array');
    },
  },
  {
    id: 'B-105',
    needs: ['own-tokens'],
    run: async (kit) => {
      await without('exp')(kit);
      await mustRefuseClaims(kit, (claims) => ({ ...claims, exp: 'tomorrow' }), { status: 403 }, 'an exp that is no number');
      await mustRefuseClaims(kit, expired, { status: 403 }, 'an exp of a minute ago');
    },
  },
  {
    id: 'B-106',
    needs: ['own-tokens'],
    run: async (kit) => {
      await without('iat')(kit);
      await mustRefuseClaims(kit, later(10 * MINUTE), { status: 403 }, 'an iat in ten minutes');
    },
  },
  { id: 'B-107', needs: ['own-tokens'], run: async (kit) => mustServe(kit, later(3), 'an iat three seconds ahead') },
  { id: 'B-108', needs: ['own-tokens'], run: without('reason_for_request') },
  {
    id: 'B-109',
    needs: ['own-tokens'],
    run: async (kit) => {
      await without('requested_scope')(kit);
      await mustServe(kit, (claims) => ({ ...claims, requested_scope: 'patient/appointment.read organization/slot.read' }), 'two scopes');
    },
  },
  { id: 'B-110', needs: ['own-tokens'], run: without('requesting_device') },
  {
    id: 'B-111',
    needs: ['own-tokens'],
    run: async (kit) => {
      await without('requesting_organization')(kit);
      await mustRefuseClaims(kit, (claims) => recordOf(changed(claims, 'requesting_organization.identifier')), { status: 403 }, 'an organisation without identifier');
    },
  },
  { id: 'B-112', needs: ['own-tokens'], run: async (kit) => mustServe(kit, ({ requesting_practitioner: _nobody, ...claims }) => claims, 'a token without practitioner') },
  { id: 'B-130', run: async (kit) => mustRefuseToken(kit, null, { status: 403, code: 'login', says: /^No access token/ }, 'a request without token') },
  {
    id: 'B-131',
    run: async (kit) => {
      for (const token of ['nonsense', 'a.b', 'e30.e30.e30.e30', '%%%.%%%.%%%']) {
        await mustRefuseToken(kit, token, { ...REFUSED, says: /^Access token is not valid/ }, 'a token that is no JWT');
      }
    },
  },
  {
    id: 'B-132',
    run: async (kit) => {
      if (kit.tokens.isUnsigned) unknown('the tokens that were given are unsigned, as behind the proxy');
      await mustRefuseToken(kit, forged(await kit.tokens.token()), { ...REFUSED, says: /^Access token is not valid/ }, 'a token with another signature');
    },
  },
  { id: 'B-133', needs: ['own-tokens'], run: async (kit) => mustRefuseClaims(kit, expired, { status: 403, code: 'expired', says: /^Access token has expired/ }, 'an expired token') },
  { id: 'B-134', needs: ['own-tokens'], run: async (kit) => mustRefuseClaims(kit, later(10 * MINUTE), { ...REFUSED, says: /iat/ }, 'an iat in ten minutes') },
  {
    id: 'B-135',
    needs: ['own-tokens'],
    run: async (kit) => mustRefuseClaims(kit, (claims) => ({ ...claims, aud: 'https://other.example.nhs.uk/STU3' }), { ...REFUSED, says: /another system/ }, 'a token for another system'),
  },
  {
    id: 'B-136',
    needs: ['own-tokens'],
    run: async (kit) => {
      await mustRefuseClaims(kit, (claims) => ({ ...claims, reason_for_request: 'secondaryuses' }), { ...REFUSED, says: /reason_for_request/ }, 'another reason_for_request');
      await mustRefuseClaims(kit, (claims) => ({ ...claims, sub: 'somebody-else' }), { ...REFUSED, says: /sub/ }, 'a sub that is not the id of the practitioner');
    },
  },
  {
    id: 'B-140',
    run: async (kit) => {
      for (const path of [slotsOf(kit), `/Appointment/${NOBODY}`, '/Appointment']) {
        mustRefuse(await kit.provider.ask({ path, token: null }), { status: 403, code: 'login' });
      }
    },
  },
  {
    id: 'B-141',
    run: async (kit) => {
      const challenge = async (token: string | null) => (await kit.provider.ask({ path: slotsOf(kit), token })).headers.get('www-authenticate') ?? '';
      const [missing, wrong] = [await challenge(null), await challenge('nonsense')];
      must(missing.startsWith('Bearer') && !missing.includes('error='), `a request without token has WWW-Authenticate ${missing || 'none'}`);
      must(wrong.startsWith('Bearer') && wrong.includes('error="invalid_token"'), `a token that is none has WWW-Authenticate ${wrong || 'none'}`);
    },
  },
  {
    id: 'B-142',
    run: async ({ provider }) => {
      const requests = [
        { method: 'POST', path: '/Appointment', body: '{ "resourceType": "Appoint' },
        { method: 'PUT', path: `/Appointment/${NOBODY}`, body: '<' },
        { path: `/Appointment/${NOBODY}` },
        { path: '/Slot?service=unknown-service' },
      ];
      for (const request of requests) mustRefuse(await provider.ask({ ...request, token: null }), { status: 403, code: 'login' });
    },
  },
  {
    id: 'B-143',
    run: async ({ provider }) => {
      mustAnswer(await provider.ask({ path: '/metadata', token: null }), 200, 'metadata without token');
      mustAnswer(await provider.ask({ path: '/metadata', token: 'nonsense' }), 200, 'metadata with a token that is none');
    },
  },
];

/** Makes a token with claims changed. Unknown where the kit cannot make any. */
export async function madeToken({ tokens }: Kit, change: Change): Promise<string> {
  return tokens.make ? tokens.make(change) : unknown('the kit cannot make tokens');
}

function slotsOf({ services: [service] }: Kit): string {
  return searchPath([['service', service]]);
}

function without(claim: string): (kit: Kit) => Promise<void> {
  return async (kit) => {
    const change = ({ [claim]: _left, ...others }: Claims) => others;
    await mustRefuseClaims(kit, change, { status: 403 }, `a token without ${claim}`);
  };
}

async function mustRefuseClaims(kit: Kit, change: Change, refused: Refused, when: string): Promise<void> {
  await mustRefuseToken(kit, await madeToken(kit, change), refused, when);
}

async function mustRefuseToken({ provider }: Kit, token: string | null, refused: Refused, when: string): Promise<void> {
  mustRefuse(await provider.ask({ path: `/Appointment/${NOBODY}`, token }), refused, when);
}

// Nobody's appointment: a token that is accepted gets as far as looking for it.
async function mustServe(kit: Kit, change: Change, when: string): Promise<void> {
  mustRefuse(await kit.provider.ask({ path: `/Appointment/${NOBODY}`, token: await madeToken(kit, change) }), { status: 404 }, when);
}

function expired(claims: Claims): Claims {
  const issued = Number(claims['iat']);
  return { ...claims, iat: issued - 6 * MINUTE, exp: issued - MINUTE };
}

function later(seconds: number): Change {
  return (claims) => ({ ...claims, iat: Number(claims['iat']) + seconds, exp: Number(claims['exp']) + seconds });
}

// In the middle of the signature: its last characters may carry no bits.
function forged(token: string): string {
  const at = token.lastIndexOf('.') + 10;
  return `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`;
}

function recordOf(claims: unknown): Claims {
  return typeof claims === 'object' && claims !== null ? { ...claims } : {};
}
