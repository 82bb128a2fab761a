import type { Options } from './arguments';
import { CHECKS } from './checks/checks';
import { readClock } from './clock';
import { openFacts, type Facts } from './facts';
import type { Kit, Outcome } from './model';
import { openProvider } from './provider';
import type { Redaction } from './redaction';
import { REQUIREMENTS } from './requirements/requirements';
import { UNTESTABLE } from './requirements/untestable';
import { runChecks } from './runner';
import { endpointTokens, givenToken, signedTokens, type TokenSource } from './token-source';

/** A test that is ready to run: `run` gives the outcomes, `cleanUp` cancels what is still booked and gives the ids that stay. */
export type Conformance = { at: Date; run: (tell: (outcome: Outcome) => void) => Promise<readonly Outcome[]>; cleanUp: Facts['cleanUp'] };

/** Prepares the test of one provider; nothing is asked of it yet. Throws when a private key cannot be read. */
export function openConformance(options: Options, redaction: Redaction): Conformance {
  const { base, services, nhsNumber, isReadOnly, days, timeoutMs, only } = options;
  if (nhsNumber) redaction.keepOut(nhsNumber);
  const tokens = tokenSource(options, redaction);
  const provider = openProvider({ base, tokens, timeoutMs });
  const facts = openFacts({ provider, services, nhsNumber, canBook: !isReadOnly, days, redaction });
  const kit: Kit = { base, services, provider, tokens, facts };
  const isWanted = ({ id }: { id: string }) => only.length === 0 || only.includes(id);
  return {
    at: readClock(),
    cleanUp: facts.cleanUp,
    run: async (tell) => {
      // Without a token or an answer every check would fail for the same reason.
      await tokens.token();
      await provider.ask({ path: '/metadata', token: null });
      return runChecks(kit, { requirements: REQUIREMENTS.filter(isWanted), checks: CHECKS.filter(isWanted), untestable: UNTESTABLE, tell });
    },
  };
}

function tokenSource({ base, tokens, scopes, timeoutMs }: Options, redaction: Redaction): TokenSource {
  if (tokens.kind === 'given') return givenToken(tokens.token, redaction);
  if (tokens.kind === 'endpoint') return endpointTokens({ ...tokens, scopes, timeoutMs }, redaction);
  return signedTokens({ ...tokens, base, scopes });
}
