import { DAY_MINUTES } from '@/lib/platform/time';
import type { Break, SessionPattern, TemplatePattern } from '@/lib/schedule/schema';
import { stretchesOf } from '@/lib/schedule/sum.rules';
import { minuteWords } from '@/lib/schedule/typed.rules';

/**
 * What is wrong with a pattern between its fields, in words by field name: end before start, a break outside the session or across
 * another, a length that does not divide the time (the rest is named), a release after the last moment of notice. Empty: nothing.
 * Source: docs/rules.md#slots.
 */
export function checkPattern(pattern: SessionPattern): Record<string, string> {
  if (pattern.closesMinute <= pattern.opensMinute) return { closesMinute: 'The end must be after the start' };
  const breaks = breakFault(pattern);
  // A rest is only worth naming in the stretches that are meant.
  return { ...(breaks ? { breaks } : restFaults(pattern)), ...releaseFault(pattern) };
}

/** The same for a template, with its dates. */
export function checkTemplate(pattern: TemplatePattern): Record<string, string> {
  const isBackwards = pattern.validTo !== null && pattern.validTo < pattern.validFrom;
  return { ...checkPattern(pattern), ...(isBackwards && { validTo: 'The last day must not be before the first' }) };
}

function breakFault({ breaks, opensMinute, closesMinute }: SessionPattern): string | null {
  const inOrder = breaks.toSorted((one, other) => one.fromMinute - other.fromMinute);
  for (const [index, pause] of inOrder.entries()) {
    const next = inOrder[index + 1];
    if (pause.toMinute <= pause.fromMinute) return `The break ${words(pause)} must end after it starts`;
    if (pause.fromMinute < opensMinute || pause.toMinute > closesMinute) {
      return `The break ${words(pause)} is outside the session, ${words({ fromMinute: opensMinute, toMinute: closesMinute })}`;
    }
    if (next && next.fromMinute < pause.toMinute) return `The breaks ${words(pause)} and ${words(next)} overlap`;
  }
  return null;
}

function restFaults(pattern: SessionPattern): Record<string, string> {
  const { closesMinute, slotMinutes } = pattern;
  const stretches = stretchesOf(pattern);
  const uneven = stretches.find(({ fromMinute, toMinute }) => (toMinute - fromMinute) % slotMinutes !== 0);
  if (!uneven) return {};
  const isLast = uneven.toMinute === closesMinute;
  const follows = stretches[stretches.indexOf(uneven) + 1];
  const fitting = endsThatFit(uneven, { slotMinutes, latest: isLast ? DAY_MINUTES : (follows?.fromMinute ?? closesMinute) - 1 });
  const rest = minutesWords((uneven.toMinute - uneven.fromMinute) % slotMinutes);
  const instead = fitting.map(minuteWords).join(' or ');
  if (isLast) return { closesMinute: `${rest} left over before ${minuteWords(uneven.toMinute)}${instead && `: end at ${instead}`}` };
  return { breaks: `${rest} left over before the break at ${minuteWords(uneven.toMinute)}${instead && `: begin it at ${instead}`}` };
}

/** The last end that leaves nothing over, and the next one that adds a slot, where the day or the break has room for them. */
function endsThatFit({ fromMinute, toMinute }: Break, { slotMinutes, latest }: { slotMinutes: number; latest: number }): number[] {
  const earlier = toMinute - ((toMinute - fromMinute) % slotMinutes);
  return [earlier, earlier + slotMinutes].filter((end) => end > fromMinute && end <= latest);
}

function releaseFault({ keptBackPercent, releaseMinutes, noticeMinutes }: SessionPattern): Record<string, string> {
  if (keptBackPercent === 0 || releaseMinutes >= noticeMinutes) return {};
  return { releaseMinutes: `Slots kept back would open after the last moment to book: release them ${noticeMinutes} minutes before the start or earlier` };
}

function words({ fromMinute, toMinute }: Break): string {
  return `${minuteWords(fromMinute)} to ${minuteWords(toMinute)}`;
}

function minutesWords(minutes: number): string {
  return minutes === 1 ? '1 minute is' : `${minutes} minutes are`;
}
