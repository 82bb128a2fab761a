/** The time now. The kit runs on other suppliers' machines, without Onward's own clock, so it has this one. */
export function readClock(): Date {
  return new Date(performance.timeOrigin + performance.now());
}

/** The instant `minutes` after `at`, as it is sent in queries and bodies. */
export function minutesAfter(at: Date, minutes: number): string {
  return new Date(at.getTime() + minutes * 60_000).toISOString();
}
