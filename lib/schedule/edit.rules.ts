import type { Refusal } from '@/lib/platform/errors';
import { ok, refuse, type Result } from '@/lib/platform/result';
import { addDays, londonMinute, type MinuteOfDay } from '@/lib/platform/time';
import { londonDate, type LocalDate } from '@/lib/platform/time-words';
import type { ScheduleEdit, ScheduleFacts, ScheduleState, SessionNow, SingleEdit, TemplateNow } from '@/lib/schedule/schema';
import { calendarDays } from '@/lib/schedule/slots.rules';
import { patternOf, sessionsOf } from '@/lib/schedule/wanted.rules';

type Edited = Result<ScheduleState, Refusal>;
type EditOf<Kind extends SingleEdit['kind']> = Extract<SingleEdit, { kind: Kind }>;

/** `mint` gives the ids of sessions that a copy makes. */
type Given = { now: Date; mint: () => string };

/**
 * The state as it would be after the edit; what was edited comes last among its kind.
 *
 * Refuses with `schedule-not-found`, `template-not-found`, `session-not-found` or `closure-not-found` (also those of other services than the
 * edit's), `session-in-past`, `closure-in-past` or `nothing-to-copy`. Whether the result can be is `wantedOf`'s to say.
 */
export function editState(state: ScheduleState, edit: ScheduleEdit, given: Given): Edited {
  if (edit.kind !== 'several') return editOnce(state, edit, given);
  let edited: Edited = ok(state);
  for (const each of edit.edits) {
    edited = editOnce(edited.value, each, given);
    if (!edited.ok) return edited;
  }
  return edited;
}

function editOnce(state: ScheduleState, edit: SingleEdit, given: Given): Edited {
  switch (edit.kind) {
    case 'set-template':
      return setTemplate(state, edit, given);
    case 'end-template':
      return endTemplate(state, edit);
    case 'set-session':
      return setSession(state, edit, given);
    case 'cancel-session':
      return changeSession(state, edit, { ...given, change: (session) => ({ ...session, isCancelled: true, isAdjusted: session.templateId !== null }) });
    case 'restore-session':
      return changeSession(state, edit, { ...given, change: (session) => ({ ...session, isCancelled: false, isAdjusted: false }) });
    case 'copy-days':
      return copyDays(state, edit, given);
    case 'add-places':
      return addPlaces(state, edit, given);
    case 'close':
      return close(state, edit, given);
    case 'lift':
      return lift(state, edit, given);
  }
}

function setTemplate(state: ScheduleState, { serviceId, templateId, nextTemplateId, schedule, pattern, from }: EditOf<'set-template'>, { now }: Given): Edited {
  const placed = placeSchedule(state, { serviceId, ...schedule });
  if (!placed.ok) return placed;
  const before = state.templates.find(({ id }) => id === templateId);
  if (!before) return ok(withTemplates(placed.value, { id: templateId, scheduleId: schedule.id, version: 1, ...pattern }));
  if (!isOf(state, serviceId, before.scheduleId)) return refuse({ code: 'template-not-found' });

  const isSplit = from > londonDate(now) && from > before.validFrom;
  if (!isSplit) return ok(withTemplates(placed.value, { ...before, ...pattern, scheduleId: schedule.id }));
  const ended = { ...before, validTo: earlier(before.validTo, addDays(from, -1)) };
  const next = { ...pattern, id: nextTemplateId, scheduleId: schedule.id, version: 1, validFrom: pattern.validFrom > from ? pattern.validFrom : from };
  // The days from then on go over with what was done to them by hand; otherwise both patterns would want them.
  const sessions = placed.value.sessions.map((session) => (session.templateId === templateId && session.date >= from ? { ...session, templateId: nextTemplateId, scheduleId: schedule.id } : session));
  return ok(withTemplates({ ...placed.value, sessions }, ended, next));
}

function endTemplate(state: ScheduleState, { serviceId, templateId, lastDate }: EditOf<'end-template'>): Edited {
  const template = state.templates.find(({ id }) => id === templateId);
  if (!template || !isOf(state, serviceId, template.scheduleId)) return refuse({ code: 'template-not-found' });
  // A day adjusted by hand ends with its pattern, too.
  const sessions = state.sessions.map((session) => (session.templateId === templateId && session.date > lastDate && !session.isCancelled ? { ...session, isAdjusted: false } : session));
  return ok(withTemplates({ ...state, sessions }, { ...template, validTo: earlier(template.validTo, lastDate) }));
}

function setSession(state: ScheduleState, { serviceId, sessionId, schedule, date, pattern }: EditOf<'set-session'>, given: Given): Edited {
  const before = state.sessions.find(({ id }) => id === sessionId);
  if (before && (!isOf(state, serviceId, before.scheduleId) || (before.templateId !== null && before.date !== date))) return refuse({ code: 'session-not-found' });
  if (before && isOver(before, given.now)) return refuse({ code: 'session-in-past', date: before.date });
  if (isOver({ date, closesMinute: pattern.closesMinute }, given.now)) return refuse({ code: 'session-in-past', date });
  const placed = placeSchedule(state, { serviceId, ...schedule });
  if (!placed.ok) return placed;
  const changed = { ...pattern, scheduleId: schedule.id, date };
  if (before) return ok(withSessions(placed.value, { ...before, ...changed, isCancelled: false, isAdjusted: before.templateId !== null }));
  return ok(withSessions(placed.value, { ...changed, id: sessionId, templateId: null, isAdjusted: false, isCancelled: false, extras: [], keptBackReleasedAt: null, version: 1 }));
}

type SessionChange = { now: Date; change: (session: SessionNow) => SessionNow };

function changeSession(state: ScheduleState, { serviceId, sessionId }: { serviceId: string; sessionId: string }, { now, change }: SessionChange): Edited {
  const session = state.sessions.find(({ id }) => id === sessionId);
  if (!session || !isOf(state, serviceId, session.scheduleId)) return refuse({ code: 'session-not-found' });
  if (isOver(session, now)) return refuse({ code: 'session-in-past', date: session.date });
  return ok(withSessions(state, change(session)));
}

function addPlaces(state: ScheduleState, edit: EditOf<'add-places'>, given: Given): Edited {
  const isCancelled = state.sessions.some((session) => session.id === edit.sessionId && session.isCancelled);
  if (isCancelled) return refuse({ code: 'session-not-found' });
  return changeSession(state, edit, { ...given, change: (session) => ({ ...session, extras: [...session.extras, edit.extra] }) });
}

function copyDays(state: ScheduleState, { serviceId, days }: EditOf<'copy-days'>, { now, mint }: Given): Edited {
  const today = londonDate(now);
  const past = days.find(({ to }) => to < today);
  if (past) return refuse({ code: 'session-in-past', date: past.to });
  const copies = days.flatMap(({ from, to }) =>
    sessionsOn(state, from)
      .filter(({ scheduleId }) => isOf(state, serviceId, scheduleId))
      .map((session) => oneOff(session, { id: mint(), date: to })),
  );
  const [first] = days;
  // A week may have days without sessions, but not only such.
  if (copies.length === 0 && first) return refuse({ code: 'nothing-to-copy', date: first.from });
  return ok(withSessions(state, ...copies));
}

/** The sessions of a day: before those of the state, as they were made. */
function sessionsOn(state: ScheduleState, date: LocalDate): SessionNow[] {
  if (date < state.from) return state.sessions.filter((session) => session.date === date && !session.isCancelled);
  const days = calendarDays({ from: date, to: date, holidays: state.holidays });
  // These are copied and thrown away: ids do not matter.
  return sessionsOf(state, { days, mint: () => '' }).filter((session) => session.date === date);
}

function oneOff(session: SessionNow, { id, date }: { id: string; date: LocalDate }): SessionNow {
  const { scheduleId, extras } = session;
  return { ...patternOf(session), id, date, scheduleId, extras, templateId: null, isAdjusted: false, isCancelled: false, keptBackReleasedAt: null, version: 1 };
}

function close(state: ScheduleState, { closureId, closureKind, serviceIds, startsAt, endsAt, reason }: EditOf<'close'>, { now }: Given): Edited {
  if (endsAt <= now) return refuse({ code: 'closure-in-past' });
  return ok({ ...state, closures: [...state.closures, { id: closureId, kind: closureKind, serviceIds, startsAt, endsAt, reason }] });
}

function lift(state: ScheduleState, { closureId, serviceIds }: EditOf<'lift'>, { now }: Given): Edited {
  const closure = state.closures.find(({ id }) => id === closureId);
  if (!closure || closure.endsAt <= now || !closure.serviceIds.some((id) => serviceIds.includes(id))) return refuse({ code: 'closure-not-found' });
  const others = state.closures.filter(({ id }) => id !== closureId);
  // Services of somebody else that the same closure shuts stay shut.
  const left = closure.serviceIds.filter((id) => !serviceIds.includes(id));
  return ok({ ...state, closures: left.length > 0 ? [...others, { ...closure, serviceIds: left }] : others });
}

/** Makes sure of the schedule that something belongs to, with its facts as the edit has them. */
function placeSchedule(state: ScheduleState, { serviceId, id, facts }: { serviceId: string; id: string; facts: ScheduleFacts | null }): Edited {
  const known = state.schedules.find((schedule) => schedule.id === id);
  if (known ? known.serviceId !== serviceId : !facts) return refuse({ code: 'schedule-not-found' });
  if (!facts) return ok(state);
  return ok({ ...state, schedules: [...state.schedules.filter((schedule) => schedule !== known), { ...facts, id, serviceId }] });
}

function isOf(state: ScheduleState, serviceId: string, scheduleId: string): boolean {
  return state.schedules.some((schedule) => schedule.id === scheduleId && schedule.serviceId === serviceId);
}

/** Templates in the place of those with their ids, last; their sessions, too, so that a clash names what stood there before. */
function withTemplates(state: ScheduleState, ...templates: readonly TemplateNow[]): ScheduleState {
  const ids = new Set<string | null>(templates.map(({ id }) => id));
  const [theirs, others] = [state.sessions.filter(({ templateId }) => ids.has(templateId)), state.sessions.filter(({ templateId }) => !ids.has(templateId))];
  return { ...state, templates: [...state.templates.filter(({ id }) => !ids.has(id)), ...templates], sessions: [...others, ...theirs] };
}

function withSessions(state: ScheduleState, ...sessions: readonly SessionNow[]): ScheduleState {
  const ids = new Set(sessions.map(({ id }) => id));
  return { ...state, sessions: [...state.sessions.filter(({ id }) => !ids.has(id)), ...sessions] };
}

function isOver({ date, closesMinute }: { date: LocalDate; closesMinute: MinuteOfDay }, now: Date): boolean {
  const today = londonDate(now);
  return date < today || (date === today && closesMinute <= londonMinute(now));
}

function earlier(date: LocalDate | null, other: LocalDate): LocalDate {
  return date !== null && date < other ? date : other;
}
