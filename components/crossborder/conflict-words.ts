import type { Conflict } from '@/lib/crossborder/agreement.schema';

const WORDS: Readonly<Record<Conflict['kind'], (name: string) => string>> = {
  overlaps: (name) => `${name} says already what holds for the same patients, services and times on some of these days: both cannot be agreed.`,
  'shadowed-by': (name) => `This is shadowed by ${name}: it is more specific or newer, so this one would never decide.`,
  'partly-shadowed-by': (name) => `For some of these bookings ${name} decides: it is more specific or newer.`,
  shadows: (name) => `This shadows ${name}: that one would never decide any more.`,
  'partly-shadows': (name) => `For some of its bookings this decides instead of ${name}.`,
};

/** How an agreement stands to another: `This is shadowed by “Nights” (version 1): …`. */
export function conflictWords({ kind, agreement: { title, version } }: Conflict): string {
  return WORDS[kind](`“${title}” (version ${version})`);
}
