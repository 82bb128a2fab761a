import type { AgreementContent, Gap } from '@/lib/crossborder/agreement.schema';
import { datesWithin, daysIn, EVERY_DAY, isSubset, NO_NEED, servicesWithin, sidesWithin, timesWithin, without, type Dates, type Extent, type Stretch, type World } from '@/lib/crossborder/extent.rules';
import { clockText } from '@/lib/directory/hours.rules';
import { addDays, DAY_MINUTES } from '@/lib/platform/time';
import { longDate, type LocalDate } from '@/lib/platform/time-words';

const DAY_NAMES: Readonly<Record<number, string>> = { 1: 'Mondays', 2: 'Tuesdays', 3: 'Wednesdays', 4: 'Thursdays', 5: 'Fridays', 6: 'Saturdays', 7: 'Sundays', 8: 'bank holidays' };
const WHOLE_DAY: readonly Stretch[] = [{ from: 0, to: DAY_MINUTES }];
const MOST_NAMED = 10;

type Given = { extent: Extent; all: readonly Extent[]; world: World };
type Aspect = 'services' | 'needs' | 'times' | 'dates';

/**
 * Where nothing is agreed between the two sides of a draft even with it, so that the default holds: one aspect at a time, as the others are in the draft.
 * `others`: where and when all others hold. An agreement counts when it holds between the two sides as a whole.
 */
export function gapsOf({ content, extent }: { content: AgreementContent; extent: Extent }, { others, world }: { others: readonly Extent[]; world: World }): Gap[] {
  if (extent.froms.size === 0 || extent.tos.size === 0) return [];
  const given = { extent, all: [extent, ...others.filter((other) => sidesWithin(extent, other))], world };
  return [...serviceGaps(content, given), ...needGaps(given), ...timeGaps(given), ...dateGaps(given)];
}

function serviceGaps({ serviceId, serviceTypeId }: AgreementContent, given: Given): Gap[] {
  if (serviceId === null && serviceTypeId === null) return [];
  const alike = alikeBut('services', given);
  if (alike.some(({ service }) => service.id === null && service.typeId === null)) return [];
  const hasOthers = alike.some(({ service }) => !servicesWithin(service, given.extent.service));
  return [{ kind: 'services', words: `Nothing is agreed for ${hasOthers ? 'some other' : 'other'} services there: the default holds` }];
}

function needGaps(given: Given): Gap[] {
  const covered = new Set(alikeBut('needs', given).flatMap(({ needs }) => [...needs]));
  const codes = given.world.needs.map(({ code }) => code);
  const left = codes.filter((code) => !covered.has(code));
  const isToldNone = covered.has(NO_NEED);
  if (left.length === 0 && isToldNone) return [];
  const untold = 'bookings of other systems, which tell no disposition';
  if (left.length === 0) return [{ kind: 'dispositions', words: `Nothing is agreed for ${untold}: the default holds` }];
  const named = left.length <= covered.size ? `dispositions ${codeList(left)}` : `dispositions other than ${codeList(codes.filter((code) => covered.has(code)))}`;
  return [{ kind: 'dispositions', words: `Nothing is agreed for ${named}${isToldNone ? '' : `, nor for ${untold}`}: the default holds` }];
}

function timeGaps(given: Given): Gap[] {
  const alike = alikeBut('times', given);
  const happening = daysIn(given.extent.dates, given.world.holidays);
  const left = EVERY_DAY.filter((day) => happening.has(day)).map((day) => ({ day, hours: without(WHOLE_DAY, alike.filter(({ days }) => days.has(day)).flatMap(({ hours }) => hours)) }));
  const whole = left.filter(({ hours }) => hoursWords(hours) === hoursWords(WHOLE_DAY)).map(({ day }) => day);
  const days: Gap[] = whole.length === 0 ? [] : [{ kind: 'days', words: `Nothing is agreed for ${daysWords(whole)}: the default holds then` }];

  const parts = left.filter(({ day, hours }) => hours.length > 0 && !whole.includes(day));
  const said = [...new Set(parts.map(({ hours }) => hoursWords(hours)))];
  const hours = said.map((words): Gap => {
    const on = parts.filter((part) => hoursWords(part.hours) === words).map(({ day }) => day);
    return { kind: 'hours', words: `Nothing is agreed ${words} on ${daysWords(on)}: the default holds then` };
  });
  return [...days, ...hours];
}

function dateGaps(given: Given): Gap[] {
  const ranges = alikeBut('dates', given).map(({ dates }) => dates).sort((one, other) => (one.from < other.from ? -1 : 1));
  const gaps: Gap[] = [];
  let next: LocalDate | null = given.world.today;
  for (const { from, to } of ranges) {
    if (next === null) break;
    if (from > next) gaps.push(dateGap({ from: next, to: addDays(from, -1) }, given.world.today));
    if (to === null) next = null;
    else if (to >= next) next = addDays(to, 1);
  }
  return next === null ? gaps : [...gaps, dateGap({ from: next, to: null }, given.world.today)];
}

/** Those that hold for all that the draft holds for, whatever they say of one aspect. */
function alikeBut(aspect: Aspect, { extent, all }: Given): Extent[] {
  return all.filter(
    (other) =>
      (aspect === 'services' || servicesWithin(extent.service, other.service)) &&
      (aspect === 'needs' || isSubset(extent.needs, other.needs)) &&
      // On other dates there may be other days: there it counts what it asks for.
      (aspect === 'times' || timesWithin(extent, aspect === 'dates' ? { days: other.weekdays, hours: other.hours } : other)) &&
      (aspect === 'dates' || datesWithin(extent.dates, other.dates)),
  );
}

function dateGap({ from, to }: Dates, today: LocalDate): Gap {
  if (to === null) return { kind: 'dates', words: `Nothing is agreed from ${longDate(from)} on: the default holds then` };
  const words = from === today ? `until ${longDate(to)}` : `from ${longDate(from)} to ${longDate(to)}`;
  return { kind: 'dates', words: `Nothing is agreed ${words}: the default holds then` };
}

function hoursWords(hours: readonly Stretch[]): string {
  const [first, last] = [hours[0], hours.at(-1)];
  // Until midnight and from midnight on is one stretch over midnight.
  const isOver = hours.length > 1 && first?.from === 0 && last?.to === DAY_MINUTES;
  const stretches = isOver && first && last ? [...hours.slice(1, -1), { from: last.from, to: first.to }] : hours;
  return listed(stretches.map(({ from, to }) => `${clockText(from)} to ${clockText(to)}`));
}

function daysWords(days: readonly number[]): string {
  if (days.length === EVERY_DAY.length) return 'any day';
  const names = days.map((day) => DAY_NAMES[day] ?? '');
  const week = days.filter((day) => day < 8);
  const isRun = week.length > 2 && week.at(-1) === (week[0] ?? 0) + week.length - 1;
  if (!isRun) return listed(names);
  const run = `${names[0]} to ${names[week.length - 1]}`;
  return days.length > week.length ? `${run}, and ${names.at(-1)}` : run;
}

function codeList(codes: readonly string[]): string {
  const more = codes.length - MOST_NAMED;
  return listed(more > 0 ? [...codes.slice(0, MOST_NAMED), `${more} more`] : codes);
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
