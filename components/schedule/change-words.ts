import { ageWords } from '@/lib/directory/age.rules';
import type { ServiceAuditRow } from '@/lib/directory/changes.queries';
import { clockTime, dayWords, londonDate } from '@/lib/platform/time-words';

type Detail = ServiceAuditRow['detail'];

/** A change in words: what was done, and before and after where the audit keeps them. */
export type ChangeWords = { what: string; more: readonly string[] };

/** What was changed of a service, or refused, in words. */
export function changeWords({ type, detail }: Pick<ServiceAuditRow, 'type' | 'detail'>, now: Date): ChangeWords {
  switch (type) {
    case 'service.created':
      return { what: 'Made the service', more: [] };
    case 'service.changed':
      return { what: `Changed ${SECTIONS[text(detail['section'])] ?? 'the profile'}`, more: differences(detail) };
    case 'service.capacity-set':
      return { what: `Set capacity to ${text(detail['colour'])}`, more: resetWords(detail['resetsAt'], now) };
    case 'schedule.extended':
      return { what: 'Made slots further ahead', more: [] };
    case 'schedule.changed':
      return { what: EDITS[text(detail['edit'])] ?? 'Changed the schedule', more: planWords(detail) };
    case 'schedule.kept-back-released':
      return { what: 'Released what was kept back', more: counted(detail, [['slots', 'slot']]) };
    case 'schedule.import-refused':
      return { what: 'Tried to import a file, which was refused', more: counted(detail, [['faults', 'fault']]) };
    case 'service.change-refused':
      return { what: `Tried to change ${SECTIONS[text(detail['section'])] ?? 'the profile'}, which was refused`, more: refusalOf(detail) };
    case 'schedule.change-refused':
      return { what: 'Tried to change the schedule, which was refused', more: refusalOf(detail) };
  }
}

const SECTIONS: Record<string, string> = {
  accepts: 'what it accepts',
  symptoms: 'the symptoms',
  hours: 'the opening hours',
  dates: 'the hours of a date',
  'date-removed': 'the hours of a date back to the usual',
  booking: 'the settings of booking',
  words: 'words and contact',
  place: 'name and address',
  import: 'the profile by a file',
  created: 'a new service',
};

const EDITS: Record<string, string> = {
  'set-template': 'Changed a weekly pattern',
  'end-template': 'Ended a weekly pattern',
  'set-session': 'Changed a session',
  'cancel-session': 'Took a session away',
  'restore-session': 'Put a session back to its weekly pattern',
  'copy-days': 'Copied days',
  'add-places': 'Added places',
  close: 'Closed the service for a time',
  lift: 'Ended a closure',
  several: 'Imported weekly patterns',
};

const REFUSED: Record<string, string> = {
  'service-changed': 'A colleague had changed it in the meantime',
  'place-unknown': 'No place is known for that postcode',
  'capacity-reset-in-past': 'The time had passed',
  'nothing-kept-back': 'Nothing was kept back any more',
  'proposal-stale': 'The schedule or its bookings had changed since the look',
  'proposal-applied': 'It was applied already',
  'proposal-not-found': 'The change was not found',
  'session-not-found': 'The session was gone',
  'template-not-found': 'The weekly pattern was gone',
  'closure-not-found': 'The closure was gone',
  'session-in-past': 'The session was over',
  'closure-in-past': 'It would have ended in the past',
  'session-skipped-hour': 'That hour does not exist on that day',
  'session-overlaps': 'It overlapped another session',
  'practitioner-elsewhere': 'The practitioner was elsewhere',
  'places-below-booked': 'More patients were booked than places left',
};

const FIELDS: Record<string, string> = {
  dispositions: 'Dispositions',
  ages: 'Ages',
  genders: 'Sex',
  roles: 'Who may refer',
  symptoms: 'Symptoms',
  isOpenAllHours: 'Open all hours',
  onlyIfOpenMinutes: 'Only if open within minutes',
  days: 'Hours',
  date: 'Date',
  sessions: 'Hours of the date',
  isBookable: 'Bookings',
  isBookingOnly: 'Appointment needed',
  holdMinutes: 'Minutes held',
  cancelBy: 'Who may cancel',
  refusesFrom: 'Takes no bookings from',
  postcode: 'Postcode',
  changed: 'Texts changed',
};

const CODES: Record<string, string> = {
  ...{ any: 'any organisation', booker: 'only who booked', F: 'female', M: 'male', I: 'not known', 'call-handler': 'call handlers', clinician: 'clinicians' },
  ...{ handlerInstructions: 'instructions', patientInformation: 'text for the patient', accessNeeds: 'access', publicPhone: 'public telephone', staffPhone: 'telephone for clinicians' },
};

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun', 'Public holidays'] as const;

/** Each field that differs; of lists only what came and went. */
function differences({ before, after }: Detail): string[] {
  const was = new Map(entriesOf(before));
  const is = new Map(entriesOf(after));
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((field) => {
    const [old, wanted] = [was.get(field), is.get(field)];
    if (JSON.stringify(old) === JSON.stringify(wanted)) return [];
    return `${FIELDS[field] ?? field}: ${Array.isArray(old) && Array.isArray(wanted) ? listWords(field, old, wanted) : `${valueWords(field, old)} → ${valueWords(field, wanted)}`}`.replace(/: not set → /, ': ');
  });
}

function listWords(field: string, old: readonly unknown[], wanted: readonly unknown[]): string {
  const added = wanted.filter((value) => !old.includes(value)).map((value) => `added ${valueWords(field, value)}`);
  const removed = old.filter((value) => !wanted.includes(value)).map((value) => `removed ${valueWords(field, value)}`);
  return [...added, ...removed].join(', ');
}

function valueWords(field: string, value: unknown): string {
  if (value === undefined || value === null || value === '') return 'not set';
  if (typeof value === 'boolean') return field === 'isBookable' ? (value ? 'on' : 'off') : value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.map((one) => valueWords(field, one)).join(', ');
  const plain = text(value);
  if (field === 'ages') return rangeWords(plain);
  if (field === 'days') return plain.replace(/^([1-8]):/, (_, day: string) => DAYS[Number(day) - 1] ?? day);
  return field === 'sessions' && plain === '00:00 to 00:00' ? 'closed' : (CODES[plain] ?? plain);
}

function rangeWords(range: string): string {
  const [daysFrom = 0, daysTo = 0] = range.split('-').map(Number);
  return ageWords({ daysFrom, daysTo });
}

function planWords(detail: Detail): string[] {
  return counted(detail, [['added', 'slot', 'added'], ['reopened', 'slot', 'opened again'], ['withdrawn', 'slot', 'removed'], ['affected', 'booking', 'affected']]);
}

function counted(detail: Detail, fields: readonly (readonly [field: string, noun: string, verb?: string])[]): string[] {
  return fields.flatMap(([field, noun, verb]) => {
    const count = detail[field];
    return typeof count === 'number' && count > 0 ? [[amount(count, noun), verb].filter(Boolean).join(' ')] : [];
  });
}

function resetWords(resetsAt: unknown, now: Date): string[] {
  const at = typeof resetsAt === 'string' ? new Date(resetsAt) : null;
  return at ? [`Until ${dayWords(londonDate(at), now)} ${clockTime(at)}`] : [];
}

function refusalOf({ code }: Detail): string[] {
  const words = REFUSED[text(code)];
  return words ? [words] : [];
}

function amount(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function entriesOf(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}

function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
