import type { OpenState } from '@/lib/directory/schema';
import { whenWords } from '@/lib/platform/time-words';

/** `open until 23:00`, `opens tomorrow 08:00` (D-027). */
export function openWords(state: OpenState, now: Date): string {
  switch (state.kind) {
    case 'open-all-hours':
      return 'open all hours';
    case 'open':
      return `open until ${whenWords(state.until, now)}`;
    case 'closed':
      return `opens ${whenWords(state.opensAt, now)}`;
    case 'unknown':
      return 'opening times not known';
  }
}
