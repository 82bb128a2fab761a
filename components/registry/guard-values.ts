import { guardNames, VERSION_PREFIX } from '@/components/registry/guard-names';
import { guardChoice, type GuardChoiceInput } from '@/lib/registry/guard.schema';

/**
 * What a sent form says about each other appointment that it showed, in their order, and what is missing, by field. Anything else
 * that is wrong with a choice is left out of both: then there is none, and the booking is refused with the guard as it is now.
 */
export function choicesIn(values: Record<string, string>): { choices: GuardChoiceInput[]; fields: Record<string, string> } {
  const choices: GuardChoiceInput[] = [];
  const fields: Record<string, string> = {};
  for (const entryId of shownEntries(values)) {
    const { version, when, choice, why } = guardNames(entryId);
    // A reason that was typed before another choice means nothing, and its faults stop nothing.
    const reason = values[choice] === 'keep' ? values[why] : '';
    const read = guardChoice.safeParse({ entryId, version: values[version], choice: values[choice], reason });
    if (read.success) choices.push(read.data);
    for (const { path, message } of read.error?.issues ?? []) {
      if (path[0] === 'choice') fields[choice] = about(values[when], message);
      if (path[0] === 'reason') fields[why] = about(values[when], message);
    }
  }
  return { choices, fields };
}

function shownEntries(values: Record<string, string>): string[] {
  return Object.keys(values).flatMap((name) => (name.startsWith(VERSION_PREFIX) ? [name.slice(VERSION_PREFIX.length)] : []));
}

// With several appointments on the page a fault says which one it is about.
function about(when: string | undefined, message: string): string {
  return when ? `${when}: ${message.charAt(0).toLowerCase()}${message.slice(1)}` : message;
}
