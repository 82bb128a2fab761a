import { API_REFUSALS } from '@/components/layout/refusals/api-refusals';
import { APPOINTMENT_REFUSALS } from '@/components/layout/refusals/appointment-refusals';
import { BORDER_REFUSALS } from '@/components/layout/refusals/border-refusals';
import { CALL_REFUSALS } from '@/components/layout/refusals/call-refusals';
import { REGISTRY_REFUSALS } from '@/components/layout/refusals/registry-refusals';
import { SCHEDULE_REFUSALS } from '@/components/layout/refusals/schedule-refusals';
import { SLOT_REFUSALS } from '@/components/layout/refusals/slot-refusals';
import type { RefusalWords, WordsFor } from '@/components/layout/refusals/words';
import type { Refusal, RefusalCode, RefusalOf } from '@/lib/platform/errors';
import type { Refused } from '@/lib/platform/form';
import { durationWords } from '@/lib/platform/time-words';

type Translations = WordsFor<RefusalCode>;

/** A refusal for a form to show. Its words are made on the server: all of them would be 5 kB for every browser. */
export function refused(refusal: Refusal, { now }: { now: Date }): Refused {
  return { refusal, ...refusalWords(refusal, now) };
}

/** Every refusal in plain words for the person at the screen. Never an id. */
export function refusalWords(refusal: Refusal, now: Date): RefusalWords {
  return translate(refusal.code, refusal, now);
}

// The code is a parameter of its own so that the compiler follows it from the refusal to its translation.
function translate<Code extends RefusalCode>(code: Code, refusal: RefusalOf<Code>, now: Date): RefusalWords {
  const words: Translations[Code] = TRANSLATIONS[code];
  return words(refusal, now);
}

const TRANSLATIONS: Translations = {
  'sign-in-wrong': () => ({
    title: 'The email address or the password is wrong',
    todo: 'Check both and try again. If it still does not work, ask your system admin.',
  }),
  'sign-in-slowed': ({ retrySeconds }) => ({
    title: 'Too many tries to sign in',
    todo: `Wait ${waitWords(retrySeconds)}, then try again.`,
  }),
  ...CALL_REFUSALS,
  ...SLOT_REFUSALS,
  ...APPOINTMENT_REFUSALS,
  ...SCHEDULE_REFUSALS,
  ...API_REFUSALS,
  ...REGISTRY_REFUSALS,
  ...BORDER_REFUSALS,
};

function waitWords(seconds: number): string {
  const whole = Math.max(1, Math.ceil(seconds));
  if (whole >= 60) return durationWords(Math.ceil(whole / 60));
  return whole === 1 ? '1 second' : `${whole} seconds`;
}
