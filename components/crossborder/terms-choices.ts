import type { TermsChoices } from '@/components/crossborder/agreement-terms-fields';
import { APPROVERS, OUTCOMES, PARTIES } from '@/lib/crossborder/schema';
import { approverWords, outcomeWords, partyWords } from '@/lib/crossborder/words.rules';

// For servers: browsers get the words alone, without the zod that the lists live beside.

/** What may be said, who may approve and who can be accountable. */
export function termsChoices(): TermsChoices {
  return {
    outcomes: OUTCOMES.map((value) => ({ value, words: outcomeWords(value) })),
    approvers: APPROVERS.map((value) => ({ value, words: sentence(approverWords(value)) })),
    parties: PARTIES.map((value) => ({ value, words: sentence(partyWords(value)) })),
  };
}

function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
