import { mustAnswer, mustRefuse } from '../expectations';
import { NOBODY, searchPath } from '../facts';
import type { Check, Kit } from '../model';
import type { Ask } from '../provider';
import { madeToken } from './tokens';

const SLOTS = 'organization/slot.read';
const READ = 'patient/appointment.read';
const WRITE = 'patient/appointment.write';

// None of these finds or changes anything: a token that covers the interaction gets past the scope, to the answer in brackets.
const READ_NOBODY: Ask = { path: `/Appointment/${NOBODY}` }; // 404
const BOOK_NOTHING: Ask = { method: 'POST', path: '/Appointment', body: { resourceType: 'Patient' } }; // 400
const CHANGE_NOBODY: Ask = { method: 'PUT', path: `/Appointment/${NOBODY}`, body: { resourceType: 'Patient' }, headers: { 'if-match': 'W/"1"' } }; // 400

/** What each scope allows: section 3.2. */
export const SCOPES: readonly Check[] = [
  {
    id: 'B-120',
    needs: ['narrow-tokens'],
    run: async (kit) => {
      mustAnswer(await search(kit, [SLOTS]), 200, `a search for slots with ${SLOTS}`);
      const [service] = kit.services;
      mustAnswer(await kit.provider.ask({ path: `/HealthcareService/${service}`, token: await kit.tokens.token([SLOTS]) }), 200, `a read of the service with ${SLOTS}`);
    },
  },
  {
    id: 'B-121',
    needs: ['narrow-tokens'],
    run: async (kit) => {
      await mustGet(kit, [READ], READ_NOBODY, 404);
      for (const ask of [BOOK_NOTHING, CHANGE_NOBODY]) await mustBeForbidden(kit, [READ], ask);
    },
  },
  {
    id: 'B-122',
    needs: ['narrow-tokens'],
    run: async (kit) => {
      await mustGet(kit, [WRITE], READ_NOBODY, 404);
      for (const ask of [BOOK_NOTHING, CHANGE_NOBODY]) await mustGet(kit, [WRITE], ask, 400);
    },
  },
  {
    id: 'B-123',
    needs: ['narrow-tokens'],
    run: async (kit) => {
      mustRefuse(await search(kit, [READ]), { status: 403, code: 'forbidden' }, `a search for slots with ${READ}`);
      mustRefuse(await search(kit, [WRITE]), { status: 403, code: 'forbidden' }, `a search for slots with ${WRITE}`);
      for (const ask of [READ_NOBODY, BOOK_NOTHING, CHANGE_NOBODY]) await mustBeForbidden(kit, [SLOTS], ask);
      if (!kit.tokens.make) return;
      const other = await madeToken(kit, (claims) => ({ ...claims, requested_scope: 'patient/*.read' }));
      mustRefuse(await kit.provider.ask({ ...READ_NOBODY, token: other }), { status: 403 }, 'a token with patient/*.read');
      const elsewhere = await madeToken(kit, ({ requested_scope: scope, ...claims }) => ({ ...claims, scope }));
      mustRefuse(await kit.provider.ask({ ...READ_NOBODY, token: elsewhere }), { status: 403 }, 'a token with its scopes in a claim named scope');
    },
  },
  {
    id: 'B-137',
    needs: ['narrow-tokens'],
    run: async (kit) => {
      const answer = await kit.provider.ask({ ...READ_NOBODY, token: await kit.tokens.token([SLOTS]) });
      mustRefuse(answer, { status: 403, code: 'forbidden', says: /^Scope does not allow/ }, `a read of an appointment with ${SLOTS}`);
    },
  },
];

async function search({ provider, facts, tokens }: Kit, scopes: readonly string[]) {
  return provider.ask({ path: searchPath(await facts.spareQuery()), token: await tokens.token(scopes) });
}

async function mustGet({ provider, tokens }: Kit, scopes: readonly string[], ask: Ask, status: number): Promise<void> {
  mustAnswer(await provider.ask({ ...ask, token: await tokens.token(scopes) }), status, `${ask.method ?? 'GET'} ${ask.path} with ${scopes.join(' ')}`);
}

async function mustBeForbidden({ provider, tokens }: Kit, scopes: readonly string[], ask: Ask): Promise<void> {
  mustRefuse(await provider.ask({ ...ask, token: await tokens.token(scopes) }), { status: 403, code: 'forbidden' }, `${ask.method ?? 'GET'} ${ask.path} with ${scopes.join(' ')}`);
}
