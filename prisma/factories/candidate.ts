import type { Candidate } from '@/lib/directory/match.rules';
import { patternFrom } from '@/lib/directory/pattern.rules';

/** A service as the rules of the search see it: a treatment centre a kilometre away, open all hours. Its id is its DoS id. */
export function aCandidate(given: Partial<Candidate> = {}): Candidate {
  return {
    id: given.dosId ?? '9990000001',
    dosId: '9990000001',
    typeId: 135,
    metres: 1000,
    isHome: false,
    isRestricted: false,
    isCommissioned: false,
    isOnlyIfOpen: false,
    onlyIfOpenMinutes: 30,
    pattern: patternFrom({ isOpenAllHours: true, hours: null, specified: null }),
    ...given,
  };
}
