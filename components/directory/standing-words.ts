import { openWords } from '@/components/directory/opening-words';
import type { OpenState } from '@/lib/directory/schema';
import type { Standing, WhyNot } from '@/lib/directory/why-not.rules';
import { whenWords } from '@/lib/platform/time-words';

/** Whether a service is in the call handler's list, and if not every reason, in the order in which they were judged. */
export function standingWords(standing: Standing, now: Date): { title: string; reasons: readonly string[] } {
  switch (standing.kind) {
    case 'listed':
      return { title: `In your list, at ${standing.position}`, reasons: [] };
    case 'outranked':
      return { title: 'Not in your list', reasons: [outrankedWords(standing.by)] };
    case 'too-many-nearer':
      return { title: 'Not in your list', reasons: ['A hundred services of its type are nearer.'] };
    case 'left-out':
      return { title: 'Not in your list', reasons: standing.reasons.map((reason) => reasonWords(reason, now)) };
  }
}

function outrankedWords(by: readonly { position: number; name: string }[]): string {
  const named = by.map(({ position, name }) => `${name} (at ${position})`);
  if (named.length === 1) return `The list shows one service of its type: ${named.join('')}.`;
  return `The list shows two services of its type: ${named.join(' and ')}.`;
}

function reasonWords(reason: WhyNot, now: Date): string {
  switch (reason.check) {
    case 'status':
      return 'It is not active in the directory.';
    case 'distance':
      return `It is ${reason.distanceMiles.toFixed(1)} miles away. The search goes ${reason.limitMiles.toFixed(1)} miles.`;
    case 'symptoms':
      return 'It does not take this group of symptoms.';
    case 'gender':
      return 'It does not take patients of this gender.';
    case 'practices':
      return 'It takes only patients of certain GP practices.';
    case 'capacity':
      return capacityWords(reason, now);
    case 'discriminators':
      return 'It does not take all of these symptoms.';
    case 'disposition':
      return 'It does not take this disposition.';
    case 'role':
      return 'It does not take referrals from your role.';
    case 'age':
      return 'It does not take patients of this age.';
    case 'opening':
      return closedWords(reason.open, now);
    case 'only-if-open':
      return `It is listed only when it is open or opens within ${reason.minutes} minutes: ${openWords(reason.open, now)}.`;
    case 'area':
      return 'It takes only patients in certain areas.';
  }
}

function capacityWords({ resetsAt, note }: Extract<WhyNot, { check: 'capacity' }>, now: Date): string {
  const until = resetsAt ? ` until ${whenWords(resetsAt, now)}` : '';
  return `It has no capacity${until}${note ? `: ${note}` : ''}.`;
}

function closedWords(open: OpenState, now: Date): string {
  switch (open.kind) {
    case 'open':
      return `It closes at ${whenWords(open.until, now)}, within half an hour.`;
    case 'closed':
      return `It is closed until ${whenWords(open.opensAt, now)}.`;
    default:
      return 'It is closed for the next 7 days, or its opening times are not known.';
  }
}
