import { clockTime, londonDate, shortDate, whenWords, type LocalDate } from '@/lib/platform/time-words';
import type { EditNames } from '@/lib/booking/proposal.schema';
import type { ScheduleEdit, ScheduleFacts, SingleEdit } from '@/lib/schedule/schema';

/** An edit in one line: `No session of Room 2 on Tue 24 Nov`. */
export function editWords(edit: ScheduleEdit, about: EditNames, now: Date): string {
  if (edit.kind !== 'several') return singleWords(edit, about, now);
  return edit.edits.length === 1 && edit.edits[0] ? singleWords(edit.edits[0], about, now) : `${edit.edits.length} changes at once`;
}

/** Where the edit was made, with what was typed there. */
export function editPath(edit: ScheduleEdit, { serviceId, proposalId }: { serviceId: string; proposalId: string }): string {
  const base = `/schedules/${serviceId}`;
  const kept = `?proposal=${proposalId}`;
  switch (edit.kind) {
    case 'set-template':
      return `${base}/templates/${edit.templateId}${kept}`;
    case 'end-template':
      return `${base}/templates/${edit.templateId}/end${kept}`;
    case 'set-session':
      return `${base}/sessions/${edit.sessionId}${kept}`;
    case 'cancel-session':
    case 'restore-session':
      return `${base}/sessions/${edit.sessionId}`;
    case 'copy-days':
      return `${base}/copy${kept}`;
    case 'add-places':
      return `${base}/levers/places`;
    case 'close':
      return edit.closureKind === 'pause' ? `${base}/levers/pause` : `${base}/closures/new${kept}`;
    case 'lift':
      return `${base}/closures`;
    case 'several':
      return '/schedules/import';
  }
}

function singleWords(edit: SingleEdit, about: EditNames, now: Date): string {
  switch (edit.kind) {
    case 'set-template':
      return about.templates.has(edit.templateId)
        ? `Change the weekly pattern of ${nameOf(edit.schedule, about)} from ${shortDate(edit.from, now)}`
        : `New weekly pattern of ${nameOf(edit.schedule, about)} from ${shortDate(edit.pattern.validFrom, now)}`;
    case 'end-template':
      return `End the weekly pattern${ofSchedule(about.templates.get(edit.templateId), about)} after ${shortDate(edit.lastDate, now)}`;
    case 'set-session': {
      const words = `session of ${nameOf(edit.schedule, about)} on ${shortDate(edit.date, now)}`;
      return about.sessions.has(edit.sessionId) ? `Change the ${words}` : `New ${words}`;
    }
    case 'cancel-session':
      return `No session${ofSession(edit.sessionId, about, now)}`;
    case 'restore-session':
      return `Back to the weekly pattern: the session${ofSession(edit.sessionId, about, now)}`;
    case 'copy-days':
      return copyWords(edit.days, now);
    case 'add-places':
      return `Add ${edit.extra.places === 1 ? '1 place' : `${edit.extra.places} places`} to the session${ofSession(edit.sessionId, about, now)}`;
    case 'close':
      return `${edit.closureKind === 'pause' ? 'Pause' : 'Close'} ${servicesWords(edit.serviceIds, about)} ${spanWords(edit, now)}`;
    case 'lift': {
      const closure = about.closures.get(edit.closureId);
      return closure ? `End the closure of ${servicesWords(edit.serviceIds, about)} ${spanWords(closure, now)}` : 'End a closure';
    }
  }
}

function nameOf({ id, facts }: { id: string; facts: ScheduleFacts | null }, { names }: EditNames): string {
  return facts?.name ?? facts?.practitionerName ?? facts?.practitionerRole ?? names.get(id) ?? 'this schedule';
}

function ofSchedule(found: { scheduleId: string } | undefined, { names }: EditNames): string {
  const name = found && names.get(found.scheduleId);
  return name ? ` of ${name}` : '';
}

function ofSession(sessionId: string, about: EditNames, now: Date): string {
  const session = about.sessions.get(sessionId);
  return session ? `${ofSchedule(session, about)} on ${shortDate(session.date, now)}` : '';
}

function copyWords(days: readonly { from: LocalDate; to: LocalDate }[], now: Date): string {
  const [first] = days;
  return first && days.length === 1 ? `Copy the sessions of ${shortDate(first.from, now)} to ${shortDate(first.to, now)}` : `Copy the sessions of ${days.length} days`;
}

function servicesWords(ids: readonly string[], { names }: EditNames): string {
  return ids.length <= 2 ? ids.map((id) => names.get(id) ?? 'a service').join(' and ') : `${ids.length} services`;
}

function spanWords({ startsAt, endsAt }: { startsAt: Date; endsAt: Date }, now: Date): string {
  const until = londonDate(startsAt) === londonDate(endsAt) ? clockTime(endsAt) : whenWords(endsAt, now);
  return `from ${whenWords(startsAt, now)} until ${until}`;
}
