import type { Refusal } from '@/lib/platform/errors';
import { ok, refuse, type Result } from '@/lib/platform/result';
import { addMinutes, DAY_MINUTES } from '@/lib/platform/time';
import { HORIZON_DAYS, type CalendarDay, type ClosureNow, type ScheduleNow, type ScheduleState, type SessionNow, type SessionPattern, type SlotOffer, type TemplateNow, type Wanted, type WantedSession, type WantedSlot } from '@/lib/schedule/schema';
import { calendarDays, placedTimes, rememberedHours, worksOn, type HoursOf } from '@/lib/schedule/slots.rules';

/** What refusals and practitioners need to know of a service. */
export type ServiceNow = { odsCode: string; name: string };

type Given = { services: ReadonlyMap<string, ServiceNow>; mint: () => string };

/**
 * The sessions and slots that there should be in the days of a state; sessions set by hand also on later days that it knows.
 *
 * Refuses `session-overlaps` and `practitioner-elsewhere` between sessions of the state, and `session-skipped-hour` for hours set by hand that
 * do not exist; a template's session in the skipped hour is left out. `services`: those of the state, by id. Source: docs/rules.md#slots.
 */
export function wantedOf(state: ScheduleState, { services, mint }: Given): Result<Wanted, Refusal> {
  const hoursOf = rememberedHours();
  const schedules = new Map(state.schedules.map((schedule) => [schedule.id, schedule]));
  const sessions: WantedSession[] = [];
  for (const session of sessionsOf(state, { days: calendarDays(state), mint })) {
    const schedule = schedules.get(session.scheduleId);
    if (!schedule) throw new Error(`session ${session.id} is of no schedule of the state`);
    const hours = hoursOf(session.date, session.opensMinute, session.closesMinute);
    if (!hours && isByHand(session)) return refuse({ code: 'session-skipped-hour', date: session.date });
    if (hours) sessions.push({ ...session, ...hours, serviceId: schedule.serviceId, practitionerKey: practitionerKey(schedule, services.get(schedule.serviceId)) });
  }
  const clash = clashOf(sessions, { schedules, services });
  if (clash) return refuse(clash);
  return ok({ sessions, slots: sessions.flatMap((session) => wantedSlots(session, { closures: state.closures, hoursOf })) });
}

/**
 * The sessions that a state has on these days, cancelled ones left out: set by hand, as they stand; of a template, with its pattern, and
 * those not made yet with ids by `mint`. What was edited last comes last. Sessions set by hand come on later days too.
 */
export function sessionsOf(state: ScheduleState, { days, mint }: { days: readonly CalendarDay[]; mint: () => string }): SessionNow[] {
  const [first] = days;
  if (!first) return [];
  const templates = new Map(state.templates.map((template) => [template.id, template]));
  const calendar = new Map(days.map((day) => [day.date, day]));
  const made = new Set(state.sessions.map(({ templateId, date }) => `${templateId} ${date}`));

  const known = state.sessions.flatMap((session) => {
    if (session.date < first.date) return [];
    if (isByHand(session)) return session.isCancelled ? [] : [session];
    const template = templates.get(session.templateId ?? '');
    const day = calendar.get(session.date);
    return template && day && worksOn(template, day) ? [followed(session, template)] : [];
  });
  const unmade = state.templates.flatMap((template) => unmadeSessions(template, { days: days.filter(({ date }) => !made.has(`${template.id} ${date}`)), mint }));
  return [...known, ...unmade];
}

/** The sessions of a template on those of the days that it works, as if none were made yet. */
export function unmadeSessions(template: TemplateNow, { days, mint }: { days: readonly CalendarDay[]; mint: () => string }): SessionNow[] {
  const { id: templateId, scheduleId } = template;
  const fresh = { ...patternOf(template), scheduleId, templateId, isAdjusted: false, isCancelled: false, extras: [], keptBackReleasedAt: null, version: 1 };
  return days.filter((day) => worksOn(template, day)).map(({ date }) => ({ ...fresh, id: mint(), date }));
}

/** The slots of one session, closures left out, with what limits their offer: in order of start, then place. Source: docs/rules.md#slots. */
export function wantedSlots(session: WantedSession, { closures, hoursOf }: { closures: readonly ClosureNow[]; hoursOf: HoursOf }): WantedSlot[] {
  const { id: sessionId, scheduleId, serviceId } = session;
  const closed = closures.filter(({ serviceIds, startsAt, endsAt }) => startsAt < session.closesAt && endsAt > session.opensAt && serviceIds.includes(serviceId));
  const slots: WantedSlot[] = [];
  let counted = 0;
  for (const { startsAt, endsAt, places } of placedTimes(session, hoursOf)) {
    const isClosed = closed.some((closure) => startsAt < closure.endsAt && endsAt > closure.startsAt);
    for (let placeNo = 1; placeNo <= places; placeNo += 1) {
      // Extra places do not count, and closed slots do: neither changes which of the others are kept back.
      const isKeptBack = placeNo <= session.places && isKept(counted++, session.keptBackPercent);
      if (!isClosed) slots.push({ sessionId, scheduleId, serviceId, startsAt, endsAt, placeNo, ...offerOf(session, { startsAt, isKeptBack }) });
    }
  }
  return slots;
}

/** The pattern part of something that has more. */
export function patternOf(given: SessionPattern): SessionPattern {
  const { opensMinute, closesMinute, breaks, slotMinutes, places, keptBackPercent, releaseMinutes, noticeMinutes, horizonDays } = given;
  return { opensMinute, closesMinute, breaks, slotMinutes, places, keptBackPercent, releaseMinutes, noticeMinutes, horizonDays };
}

/** Who is in one place at a time: somebody of this name in this organisation; null when no name is stated. */
export function practitionerKey({ practitionerName }: Pick<ScheduleNow, 'practitionerName'>, service: Pick<ServiceNow, 'odsCode'> | undefined): string | null {
  const name = practitionerName?.trim().toLowerCase();
  return name && service ? `${service.odsCode}:${name}` : null;
}

function isByHand({ templateId, isAdjusted }: SessionNow): boolean {
  return templateId === null || isAdjusted;
}

function followed(session: SessionNow, template: TemplateNow): SessionNow {
  return { ...session, ...patternOf(template), scheduleId: template.scheduleId, isCancelled: false };
}

function isKept(index: number, percent: number): boolean {
  return Math.floor(((index + 1) * percent) / 100) > Math.floor((index * percent) / 100);
}

function offerOf({ keptBackReleasedAt, releaseMinutes, noticeMinutes, horizonDays }: SessionNow, { startsAt, isKeptBack }: { startsAt: Date; isKeptBack: boolean }): SlotOffer {
  return {
    keptBackUntil: isKeptBack && keptBackReleasedAt === null ? addMinutes(startsAt, -releaseMinutes) : null,
    // Slots are not made earlier than the horizon: that far ahead there is no limit to store.
    offeredFrom: horizonDays === HORIZON_DAYS ? null : addMinutes(startsAt, -horizonDays * DAY_MINUTES),
    offeredUntil: noticeMinutes === 0 ? null : addMinutes(startsAt, -noticeMinutes),
  };
}

type Known = { schedules: ReadonlyMap<string, ScheduleNow>; services: ReadonlyMap<string, ServiceNow> };

function clashOf(sessions: readonly WantedSession[], { schedules, services }: Known): Refusal | null {
  const inSchedule = firstClash(sessions, ({ scheduleId }) => scheduleId);
  if (inSchedule) {
    const { date, opensAt, closesAt, scheduleId } = inSchedule;
    return { code: 'session-overlaps', date, scheduleName: scheduleName(schedules.get(scheduleId)), opensAt, closesAt };
  }
  const elsewhere = firstClash(sessions, (session) => session.practitionerKey);
  if (!elsewhere) return null;
  const { opensAt, closesAt, serviceId, scheduleId } = elsewhere;
  const practitionerName = schedules.get(scheduleId)?.practitionerName ?? '';
  return { code: 'practitioner-elsewhere', practitionerName, serviceName: services.get(serviceId)?.name ?? '', opensAt, closesAt };
}

/** The one that stood there first, of the earliest two sessions with the same key that overlap. */
function firstClash(sessions: readonly WantedSession[], keyOf: (session: WantedSession) => string | null): WantedSession | null {
  const ranks = new Map(sessions.map((session, rank) => [session, rank]));
  const latest = new Map<string, WantedSession>();
  for (const session of sessions.toSorted((one, other) => one.opensAt.getTime() - other.opensAt.getTime())) {
    const key = keyOf(session);
    if (key === null) continue;
    const before = latest.get(key);
    if (before && before.closesAt > session.opensAt) return (ranks.get(before) ?? 0) < (ranks.get(session) ?? 0) ? before : session;
    latest.set(key, session);
  }
  return null;
}

/** What a schedule is called where it must be told from others. */
export function scheduleName(schedule: ScheduleNow | undefined): string {
  return schedule?.name ?? schedule?.practitionerName ?? schedule?.practitionerRole ?? 'This schedule';
}
