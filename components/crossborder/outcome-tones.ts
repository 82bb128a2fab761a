import type { TagTone } from '@/components/ui/tag';
import type { Outcome } from '@/lib/crossborder/schema';

/** The tone of the tag that says what a rule says; its words are `outcomeWords`. */
export const OUTCOME_TONES: Readonly<Record<Outcome, TagTone>> = { allow: 'green', notify: 'blue', approval: 'amber', refuse: 'red' };
