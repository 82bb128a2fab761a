import type { Random } from '../random';
import { practitioner } from './people';
import type { DayHours, Kind, SchedulePlan, TemplatePlan } from './plan';

const WORKING_DAYS = [1, 2, 3, 4, 5];
const WEEKEND = [6, 7];
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];
const at = (hours: number, minutes = 0) => hours * 60 + minutes;

/** A part of the week to fill with blocks of slots; `share` of the blocks is kept on each weekday. */
type Stretch = { weekdays: readonly number[]; fromMinute: number; toMinute: number; blockMinutes: number; slotMinutes: number; share: number; worksHolidays: boolean };

/**
 * The weekly patterns of a bookable service (D-068), inside its opening hours. What is left out at random makes the lists
 * look used: no slot is ever busy without an appointment. About one service in sixteen has none at all.
 */
export function weeklyPatterns(kind: Kind, openings: readonly DayHours[], random: Random): SchedulePlan[] {
  if (kind !== 'emergency' && random.chance(0.06)) return [];
  switch (kind) {
    case 'gp-practice':
      return practicePatterns(random);
    case 'pharmacy':
      return [{ ...practitioner('Pharmacist', random), channel: random.pick(['in-person', 'in-person', null]), templates: [shortSession(at(9, 30), at(15), random)] }];
    case 'utc':
      return [centre('Nurse practitioner', openings, random), centre(random.pick(['General practitioner', 'Advanced clinical practitioner', null]), openings, random)];
    case 'co-located-utc':
    case 'urgent-care':
      return [centre(random.pick(['Nurse practitioner', 'Emergency nurse practitioner', null]), openings, random)];
    case 'out-of-hours':
      return outOfHoursPatterns(random);
    case 'emergency':
      // A time to arrive, not a time with somebody: no role, no name.
      return [{ ...nobody('in-person'), templates: fill({ weekdays: EVERY_DAY, fromMinute: 0, toMinute: at(24), blockMinutes: 180, slotMinutes: 30, share: 0.6, worksHolidays: true }, random) }];
  }
}

function practicePatterns(random: Random): SchedulePlan[] {
  const morning = random.chance(0.55);
  const channel = random.pick(['in-person', 'in-person', 'telephone', 'telephone', 'video', null]);
  return [
    ...(morning ? [{ ...practitioner('General practitioner', random), channel, templates: [shortSession(at(8, 30), at(11), random)] }] : []),
    ...(!morning || random.chance(0.4)
      ? [{ ...practitioner(random.pick(['General practitioner', 'Practice nurse', 'Physician associate']), random), channel, templates: [shortSession(at(14), at(16, 45), random)] }]
      : []),
  ];
}

function centre(role: string | null, openings: readonly DayHours[], random: Random): SchedulePlan {
  const everyDay = openings.filter(({ day }) => day <= 7);
  const fromMinute = Math.max(...everyDay.map((hours) => hours.fromMinute));
  const toMinute = Math.min(...everyDay.map((hours) => hours.toMinute));
  const weekdays = [...new Set(everyDay.map(({ day }) => day))];
  const holiday = openings.find(({ day }) => day === 8);
  const worksHolidays = holiday !== undefined && holiday.fromMinute <= fromMinute && holiday.toMinute >= toMinute;
  const slotMinutes = random.pick([15, 15, 20]);
  return {
    ...(role ? practitioner(role, random) : nobody(null)),
    channel: random.chance(0.85) ? 'in-person' : null,
    templates: fill({ weekdays, fromMinute, toMinute, blockMinutes: 150, slotMinutes, share: 0.55, worksHolidays }, random),
  };
}

function outOfHoursPatterns(random: Random): SchedulePlan[] {
  const clinician = () => practitioner(random.pick(['General practitioner', 'Advanced clinical practitioner']), random);
  const evening = { weekdays: EVERY_DAY, fromMinute: at(18, 30), toMinute: at(23, 30), blockMinutes: 100, slotMinutes: 15, share: 0.5, worksHolidays: true };
  const night = { weekdays: EVERY_DAY, fromMinute: 0, toMinute: at(8), blockMinutes: 120, slotMinutes: 30, share: 0.4, worksHolidays: true };
  const weekend = { weekdays: WEEKEND, fromMinute: at(8, 30), toMinute: at(18), blockMinutes: 120, slotMinutes: 15, share: 0.5, worksHolidays: true };
  return [
    { ...clinician(), channel: 'telephone', templates: [...fill(evening, random), ...fill(night, random)] },
    { ...clinician(), channel: random.pick(['in-person', 'in-person', 'video']), templates: [...fill(weekend, random), ...fill({ ...night, share: 0.2 }, random)] },
  ];
}

/** Blocks with uneven gaps between them, each on the weekdays that were kept. */
function fill({ weekdays, fromMinute, toMinute, blockMinutes, slotMinutes, share, worksHolidays }: Stretch, random: Random): TemplatePlan[] {
  const templates: TemplatePlan[] = [];
  for (let opens = fromMinute; opens + blockMinutes <= toMinute; opens += blockMinutes) {
    const kept = weekdays.filter(() => random.chance(share));
    const late = random.pick([0, 0, 5, 10]);
    const opensMinute = opens + late;
    // No time is left over: the forms of service admins would refuse such a pattern.
    const closesMinute = opensMinute + Math.floor((opens + blockMinutes - opensMinute) / slotMinutes) * slotMinutes;
    if (kept.length > 0) templates.push({ weekdays: kept, opensMinute, closesMinute, slotMinutes, places: 1, worksHolidays });
  }
  return templates;
}

/** One session of three to five slots, starting on a quarter of an hour. */
function shortSession(earliest: number, latest: number, random: Random): TemplatePlan {
  const slotMinutes = random.pick([10, 15, 15]);
  const opensMinute = earliest + 15 * random.between(0, Math.floor((latest - earliest) / 15));
  const kept = WORKING_DAYS.filter(() => random.chance(0.8));
  return { weekdays: kept.length > 0 ? kept : WORKING_DAYS, opensMinute, closesMinute: opensMinute + slotMinutes * random.between(3, 5), slotMinutes, places: 1, worksHolidays: false };
}

function nobody(channel: 'in-person' | null) {
  return { channel, practitionerRole: null, practitionerName: null, practitionerGender: null };
}
