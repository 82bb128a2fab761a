import type { Facts } from './facts';
import type { Exchange, Provider } from './provider';
import type { TokenSource } from './token-source';

/** How strongly the standard asks for something; of a MAY the report says only whether it is offered. */
export type Level = 'MUST' | 'SHOULD' | 'MAY';

/** One numbered requirement of a provider. */
export type Requirement = { id: string; level: Level; title: string };

/** What a check cannot do without: bookings, tokens of narrower scope, or tokens with claims of the kit's own making. */
export type Need = 'bookings' | 'narrow-tokens' | 'own-tokens';

/** What every check works with. */
export type Kit = {
  /** The service root, without a slash at the end. */
  base: string;
  /** Service ids of the directory; the first is the one that is booked at. */
  services: readonly [string, ...string[]];
  provider: Provider;
  tokens: TokenSource;
  facts: Facts;
};

/** One test of one requirement: it throws Unmet or Unknown (verdict.ts), or the requirement is met. */
export type Check = { id: string; needs?: readonly Need[]; run: (kit: Kit) => Promise<void> };

export type State = 'pass' | 'fail' | 'skip' | 'offered' | 'not offered' | 'not testable';

/** What became of one requirement: why, in words, and the exchanges of its check. */
export type Outcome = Requirement & { state: State; words: string; exchanges: readonly Exchange[] };
