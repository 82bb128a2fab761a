import { z } from 'zod';
import { DAY_MINUTES, parseLocalDate, type MinuteOfDay } from '@/lib/platform/time';
import type { LocalDate } from '@/lib/platform/time-words';

/** How far ahead slots are made, in days (domain section 4). */
export const HORIZON_DAYS = 56;
export const SLOT_MINUTES = { fewest: 5, most: 120 } as const;
export const MAX_PLACES = 50;

/** A stretch of local time without slots; half-open. */
export type Break = { fromMinute: MinuteOfDay; toMinute: MinuteOfDay };

/** Places besides those of the pattern, for slots that begin in `[fromMinute, toMinute)`. */
export type Extra = { fromMinute: MinuteOfDay; toMinute: MinuteOfDay; places: number };

/** What one session offers, in local time (Europe/London). Source: docs/rules.md#slots. */
export type SessionPattern = {
  opensMinute: MinuteOfDay;
  /** After `opensMinute`; 1440 is the end of the day. */
  closesMinute: MinuteOfDay;
  breaks: readonly Break[];
  slotMinutes: number;
  places: number;
  /** The share of slots that the service keeps for itself, 0 to 100. */
  keptBackPercent: number;
  /** How many minutes before its start a kept-back slot that is still free opens to calls. */
  releaseMinutes: number;
  /** How many minutes before its start a slot can last be booked. */
  noticeMinutes: number;
  /** How many days before its start a slot can first be booked, 1 to 56. */
  horizonDays: number;
};

/** When a template applies. */
export type WeeklyPattern = {
  /** 1 Monday to 7 Sunday. */
  weekdays: readonly number[];
  /** Whether it also works on bank holidays. */
  worksHolidays: boolean;
  validFrom: LocalDate;
  /** Last day, included; null: no end. */
  validTo: LocalDate | null;
};

export type TemplatePattern = SessionPattern & WeeklyPattern;

/** What a stream of slots is; null is "not stated". */
export type ScheduleFacts = {
  name: string | null;
  channel: 'in-person' | 'telephone' | 'video' | null;
  practitionerRole: string | null;
  practitionerName: string | null;
  practitionerGender: string | null;
};

export type ScheduleNow = ScheduleFacts & { id: string; serviceId: string };
export type TemplateNow = TemplatePattern & { id: string; scheduleId: string; version: number };

/**
 * One session as it stands. Of a template and not adjusted, it follows the template; adjusted or one-off (`templateId` null), its own
 * pattern. Extras and the release of what is kept back hold in both cases. `isCancelled`: there is none on that day.
 */
export type SessionNow = SessionPattern & {
  id: string;
  scheduleId: string;
  templateId: string | null;
  date: LocalDate;
  isAdjusted: boolean;
  isCancelled: boolean;
  extras: readonly Extra[];
  keptBackReleasedAt: Date | null;
  version: number;
};

/** Half-open `[startsAt, endsAt)`. */
export type ClosureNow = { id: string; kind: 'closure' | 'pause'; serviceIds: readonly string[]; startsAt: Date; endsAt: Date; reason: string };

/** Everything that decides which slots some services offer from `from` to `to`, both included; no slot itself. */
export type ScheduleState = {
  from: LocalDate;
  to: LocalDate;
  holidays: ReadonlySet<LocalDate>;
  schedules: readonly ScheduleNow[];
  templates: readonly TemplateNow[];
  sessions: readonly SessionNow[];
  /** Those that are not lifted and reach into the days. */
  closures: readonly ClosureNow[];
};

/** What a pattern must know of a day. */
export type CalendarDay = { date: LocalDate; weekday: number; isHoliday: boolean };

/** A stretch of real time, half-open `[opensAt, closesAt)`. */
export type SessionHours = { opensAt: Date; closesAt: Date };

/** Half-open `[startsAt, endsAt)`. */
export type SlotTimes = { startsAt: Date; endsAt: Date };

/** When a slot may be had by a call; null: no such limit. */
export type SlotOffer = { keptBackUntil: Date | null; offeredFrom: Date | null; offeredUntil: Date | null };

export const localDate = z.string().transform((text, ctx): LocalDate => {
  const date = parseLocalDate(text);
  if (date) return date;
  ctx.addIssue({ code: 'custom', message: 'Enter a date' });
  return z.NEVER;
});

const minute = z.number().int().min(0).max(DAY_MINUTES);
export const timeBreak = z.object({ fromMinute: minute, toMinute: minute });
export const extraPlaces = z.object({ fromMinute: minute, toMinute: minute, places: z.number().int().min(1).max(MAX_PLACES) });

const sessionFields = z.object({
  opensMinute: minute,
  closesMinute: minute,
  breaks: z.array(timeBreak).max(10),
  slotMinutes: z.number().int().min(SLOT_MINUTES.fewest, `Slots last ${SLOT_MINUTES.fewest} to ${SLOT_MINUTES.most} minutes`).max(SLOT_MINUTES.most, `Slots last ${SLOT_MINUTES.fewest} to ${SLOT_MINUTES.most} minutes`),
  places: z.number().int().min(1, 'Enter at least 1 place').max(MAX_PLACES, `Enter at most ${MAX_PLACES} places`),
  keptBackPercent: z.number().int().min(0, 'Enter a share from 0 to 100 %').max(100, 'Enter a share from 0 to 100 %'),
  releaseMinutes: z.number().int().min(0, 'A slot cannot be released after it starts'),
  noticeMinutes: z.number().int().min(0, 'Notice cannot be after the start'),
  horizonDays: z.number().int().min(1, `Enter 1 to ${HORIZON_DAYS} days`).max(HORIZON_DAYS, `Slots are made ${HORIZON_DAYS} days ahead: enter at most that`),
});

/** The pattern of a session, each fault at its field. What must hold between fields is `checkPattern`'s in pattern.rules. */
export const sessionPattern: z.ZodType<SessionPattern> = sessionFields;

export const templatePattern: z.ZodType<TemplatePattern> = sessionFields.extend({
  weekdays: z.array(z.number().int().min(1).max(7)).min(1, 'Choose at least one day of the week'),
  worksHolidays: z.boolean(),
  validFrom: localDate,
  validTo: localDate.nullable(),
});

const words = (max: number) => z.string().trim().max(max, `Enter at most ${max} characters`);
const stated = z.preprocess((value) => (value === '' ? null : value), words(80).nullable());

export const scheduleFacts: z.ZodType<ScheduleFacts> = z.object({
  name: stated,
  channel: z.enum(['in-person', 'telephone', 'video']).nullable(),
  practitionerRole: stated,
  practitionerName: stated,
  practitionerGender: stated,
});

/** Where a session or template belongs: an existing schedule, or a new one with an id minted at the door. */
const scheduleOf = z.object({ id: z.uuid(), facts: z.union([scheduleFacts, z.null()]) });

const id = z.uuid();
const instant = z.coerce.date();
const reason = words(200).pipe(z.string().min(1, 'Say why: call handlers are shown it'));

/**
 * One edit of the schedules of services; ids of what is new are minted at the door. The first service is the one whose page it was made on.
 * - `set-template`: makes or changes it from the day `from` on; `schedule.facts` null: those that the schedule has.
 * - `end-template`: `lastDate` is the last day that it has sessions.
 * - `set-session`: a one-off session, or one day's session adjusted. `cancel-session`: none on that day. `restore-session`: as its template says.
 * - `copy-days`: each pair makes the sessions of `from` again on `to`, as one-off sessions.
 * - `add-places`: besides those of the pattern. `close`: also a pause. `lift`: ends a closure. `several`: all or none.
 */
export type ScheduleEdit =
  | { kind: 'set-template'; serviceId: string; templateId: string; nextTemplateId: string; schedule: { id: string; facts: ScheduleFacts | null }; pattern: TemplatePattern; from: LocalDate }
  | { kind: 'end-template'; serviceId: string; templateId: string; lastDate: LocalDate }
  | { kind: 'set-session'; serviceId: string; sessionId: string; schedule: { id: string; facts: ScheduleFacts | null }; date: LocalDate; pattern: SessionPattern }
  | { kind: 'cancel-session'; serviceId: string; sessionId: string }
  | { kind: 'restore-session'; serviceId: string; sessionId: string }
  | { kind: 'copy-days'; serviceId: string; days: readonly { from: LocalDate; to: LocalDate }[] }
  | { kind: 'add-places'; serviceId: string; sessionId: string; extra: Extra }
  | { kind: 'close'; serviceIds: readonly string[]; closureId: string; closureKind: 'closure' | 'pause'; startsAt: Date; endsAt: Date; reason: string }
  | { kind: 'lift'; serviceIds: readonly string[]; closureId: string }
  | { kind: 'several'; edits: readonly SingleEdit[] };
export type SingleEdit = Exclude<ScheduleEdit, { kind: 'several' }>;

const singleEdit: z.ZodType<SingleEdit> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('set-template'), serviceId: id, templateId: id, nextTemplateId: id, schedule: scheduleOf, pattern: templatePattern, from: localDate }),
  z.object({ kind: z.literal('end-template'), serviceId: id, templateId: id, lastDate: localDate }),
  z.object({ kind: z.literal('set-session'), serviceId: id, sessionId: id, schedule: scheduleOf, date: localDate, pattern: sessionPattern }),
  z.object({ kind: z.literal('cancel-session'), serviceId: id, sessionId: id }),
  z.object({ kind: z.literal('restore-session'), serviceId: id, sessionId: id }),
  z.object({ kind: z.literal('copy-days'), serviceId: id, days: z.array(z.object({ from: localDate, to: localDate })).min(1).max(62) }),
  z.object({ kind: z.literal('add-places'), serviceId: id, sessionId: id, extra: extraPlaces }),
  z.object({ kind: z.literal('close'), serviceIds: z.array(id).min(1, 'Choose at least one service'), closureId: id, closureKind: z.enum(['closure', 'pause']), startsAt: instant, endsAt: instant, reason }),
  z.object({ kind: z.literal('lift'), serviceIds: z.array(id).min(1), closureId: id }),
]);

/** Reads an edit as a form made it, or as a stored proposal has it. */
export const scheduleEdit: z.ZodType<ScheduleEdit> = z.union([singleEdit, z.object({ kind: z.literal('several'), edits: z.array(singleEdit).min(1).max(500) })]);

/** A slot as it stands, with the live appointment that has it. */
export type SlotNow = SlotTimes &
  SlotOffer & {
    id: string;
    scheduleId: string;
    serviceId: string;
    sessionId: string;
    placeNo: number;
    status: 'free' | 'busy' | 'withdrawn';
    isOrphaned: boolean;
    appointmentId: string | null;
  };

/** A session that there should be, with its hours. */
export type WantedSession = SessionNow & SessionHours & { serviceId: string; practitionerKey: string | null };

/** A slot that there should be. */
export type WantedSlot = SlotTimes & SlotOffer & { sessionId: string; scheduleId: string; serviceId: string; placeNo: number };

/** What there should be in the days of a state. Sessions that the horizon has not made yet get ids by `mint`. */
export type Wanted = { sessions: readonly WantedSession[]; slots: readonly WantedSlot[] };

/** What leads from the slots that there are to those that there should be. Slots that have begun are in none of these. */
export type SlotPlan = {
  added: readonly WantedSlot[];
  /** Withdrawn slots of the same schedule and times that are opened again. */
  reopened: readonly { slot: SlotNow; wanted: WantedSlot }[];
  /** Free or booked slots that stay, with another place, session or offer than before. */
  kept: readonly { slot: SlotNow; wanted: WantedSlot }[];
  withdrawn: readonly SlotNow[];
  /** Booked, and no longer wanted. */
  orphaned: readonly SlotNow[];
  /** Orphans whose own place is wanted again. */
  refitted: readonly { slot: SlotNow; wanted: WantedSlot }[];
};

/** What to do with an appointment that a change affects. */
export type AffectedChoice = 'keep' | 'move' | 'cancel';
