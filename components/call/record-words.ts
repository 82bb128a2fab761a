import { CLOSE_REASONS, isCloseReason, isReferralReason, REFERRAL_REASONS } from '@/lib/booking/call-end.schema';
import { CANCEL_REASONS, isCancelReason } from '@/lib/booking/appointment.schema';
import { answeredWords, askedWords, keptWords, noteWords } from '@/components/call/record-border-words';
import { refusedWords } from '@/components/call/refused-words';
import { otherWords } from '@/components/registry/guard-words';
import type { MadeChoice } from '@/lib/booking/guard-choices.queries';
import type { CallRecord, RecordLine } from '@/lib/booking/record.queries';
import type { CallEvent } from '@/lib/booking/record.schema';
import { clockTime, dayWords, durationWords, londonDate } from '@/lib/platform/time-words';

/** One line of a record in words: what happened, what belongs to it, and what was listed; numbered where its order counts. */
type LineWords = { title: string; more: readonly string[]; listed: readonly string[] };

type About = { record: CallRecord; line: RecordLine };
type Told = { title: string; more?: readonly string[]; listed?: readonly string[] };

/** A line of the record of a call in words; every id in it by its name, or as gone. */
export function recordWords(record: CallRecord, line: RecordLine): LineWords {
  const told = line.event ? eventWords(line.event, { record, line }) : { title: `Recorded as “${line.kind}”, which this page has no words for` };
  return { more: [], listed: [], ...told };
}

function eventWords(event: CallEvent, about: About): Told {
  switch (event.kind) {
    case 'opened':
      return openedWords(event, about);
    case 'services-shown':
      return shownWords(event, about);
    case 'services-skipped':
      return { title: `Services passed over for ${serviceWords(event.serviceId, about)}`, listed: skipWords(event.reasons, about) };
    case 'slot-held':
      return heldWords(event, about);
    case 'slot-hold-extended':
      return { title: `Extended the hold of ${slotWords(event.slotId, about)}`, more: [`until ${clockTime(event.heldUntil)}`] };
    case 'slot-let-go':
      return { title: `Let ${slotWords(event.slotId, about)} go` };
    case 'approval-asked':
      return { title: `Asked for approval of ${slotWords(event.slotId, about)}`, more: [`held until ${clockTime(event.heldUntil)}`, ...askedWords(event, about.record)] };
    case 'approval-answered':
      return { title: `${event.answer === 'approved' ? 'Approved' : 'Declined'} ${slotWords(event.slotId, about)}`, more: answeredWords(event, about.record) };
    case 'hold-refused':
      return refusalLine('Hold', event, about);
    case 'booking-refused':
      return refusalLine('Booking', event, about);
    case 'move-refused':
      return refusalLine('Move', event, about);
    case 'booked':
      return bookedWords(event, about);
    case 'moved':
      return { title: `${appointmentWords(event.appointmentId, about)} was moved to ${appointmentWords(event.replacedBy, about)}` };
    case 'cancelled':
      return { title: `Cancelled ${appointmentWords(event.appointmentId, about)}`, more: isCancelReason(event.reason) ? [CANCEL_REASONS[event.reason]] : [] };
    case 'amended':
      return { title: `Changed the reason of ${appointmentWords(event.appointmentId, about)}` };
    case 'entered-in-error':
      return { title: `Marked ${appointmentWords(event.appointmentId, about)} as entered in error` };
    case 'read-back':
      return { title: event.lines.length === 0 ? 'Nothing was ticked as read to the caller' : `Read to the caller: ${event.lines.join(', ')}`, more: event.of ? [`${event.lines.length} of ${event.of} lines`] : [] };
    case 'contacts-set':
      return { title: `Changed the numbers to ring: ${counted(event.contacts, 'number')}`, more: event.thirdParties > 0 ? [`${event.thirdParties} of somebody else`] : [] };
    case 'handed-over':
      return handedWords(event, about);
    case 'closed':
      return { title: 'Closed without a service', more: [reasonOf(isCloseReason(event.reason) ? CLOSE_REASONS[event.reason] : event.reason, about.record.closeText)] };
    case 'referred':
      return {
        title: `Referred to ${serviceWords(event.serviceId, about)} without a booking`,
        more: [reasonOf(isReferralReason(event.reason) ? REFERRAL_REASONS[event.reason] : (event.reason ?? 'Reason not stated'), about.record.referralText)],
      };
  }
}

function openedWords({ dispositionCode, dueAt, isAtHome, precision, symptomGroup, discriminators, movesId }: Extract<CallEvent, { kind: 'opened' }>, about: About): Told {
  const { record } = about;
  return {
    title: `Opened the call: ${dispositionCode} ${record.disposition.code === dispositionCode ? record.disposition.title : ''}`.trim(),
    more: [
      dueAt === null ? 'no time set' : `due by ${clockTime(dueAt)} ${dayWords(londonDate(dueAt), about.line.at)}`,
      `from ${record.postcode}${isAtHome ? ' (home)' : ''}${precision === 'postcode' ? '' : ', position approximate'}`,
      ...(record.practice ? [`GP practice: ${record.practice}`] : []),
      ...(symptomGroup === null ? [] : [`symptoms: ${record.symptomGroup ?? symptomGroup}`]),
      ...(discriminators.length > 0 ? [`discriminators: ${discriminators.join(', ')}`] : []),
      ...(movesId ? [`to move ${appointmentWords(movesId, about)}`] : []),
    ],
  };
}

function shownWords({ services, isCatchAll, distanceKm, matched }: Extract<CallEvent, { kind: 'services-shown' }>, about: About): Told {
  const found = services.length === 0 ? 'No service was found' : `Shown ${counted(services.length, 'service')}, in this order`;
  return {
    title: isCatchAll ? `${found}: the catch-all` : found,
    more: [`${matched} matched`, `within ${distanceKm} km`],
    listed: services.map(({ id, freeInTime, border }, index) => `${index + 1}. ${serviceWords(id, about)}: ${[`${freeInTime} free in time`, ...noteWords(border, about.record)].join(', ')}`),
  };
}

function heldWords({ slotId, heldUntil, released, insteadOf }: Extract<CallEvent, { kind: 'slot-held' }>, about: About): Told {
  return {
    title: insteadOf ? `Lost ${slotWords(insteadOf, about)}; the nearest was held at once: ${slotWords(slotId, about)}` : `Held ${slotWords(slotId, about)}`,
    more: [`until ${clockTime(heldUntil)}`, ...(released ? [`let ${slotWords(released, about)} go`] : [])],
  };
}

function skipWords(reasons: Readonly<Record<string, number>>, about: About): string[] {
  const { named, comments } = about.record;
  return Object.entries(reasons).map(([serviceId, reasonId]) => {
    const comment = comments.get(serviceId);
    return `${serviceWords(serviceId, about)}: ${named.rejectReasons.get(reasonId) ?? `reason ${reasonId}`}${comment ? ` (“${comment}”)` : ''}`;
  });
}

function refusalLine(what: 'Hold' | 'Booking' | 'Move', { slotId, code }: { slotId?: string; code: string }, about: About): Told {
  return { title: `${what}${slotId ? ` of ${slotWords(slotId, about)}` : ''} refused`, more: [refusedWords(code)] };
}

function bookedWords({ appointmentId, replaces, rule, minutesOver, callerInformed, approvedBy, approvalReason }: Extract<CallEvent, { kind: 'booked' }>, about: About): Told {
  const title = `Booked ${appointmentWords(appointmentId, about)}${replaces ? `, in place of ${appointmentWords(replaces, about)}` : ''}`;
  const listed = (about.record.choices.get(appointmentId) ?? []).flatMap((made) => choiceWords(made, about));
  const border = keptWords(appointmentId, about.record);
  if (minutesOver === 0) return { title, listed, more: border };
  return {
    title,
    listed,
    more: [
      `${durationWords(minutesOver)} after the due time${rule ? ` (${rule})` : ''}`,
      callerInformed ? 'the caller knew and agreed' : 'not recorded whether the caller knew',
      ...(approvedBy ? [`approved by ${staffWords(approvedBy, about)}${approvalReason ? `: “${approvalReason}”` : ''}`] : []),
      ...border,
    ],
  };
}

// One that was moved is told with the booking that replaced it.
function choiceWords({ choice, reason, entry }: MadeChoice, { line }: About): string[] {
  const other = otherWords(entry, line.at);
  if (choice === 'keep') return [reasonOf(`Kept ${other} beside it`, reason)];
  return choice === 'cancel' ? [`Cancelled ${other} as well`] : [];
}

function handedWords({ from, to, by }: Extract<CallEvent, { kind: 'handed-over' }>, about: About): Told {
  if (by === to) return { title: `${staffWords(to, about)} took the call over from ${staffWords(from, about)}` };
  return { title: `Handed the call over to ${staffWords(to, about)}`, more: by && by !== from ? [`from ${staffWords(from, about)}`] : [] };
}

function slotWords(id: string, { record, line }: About): string {
  const slot = record.named.slots.get(id);
  return slot ? `the slot ${whenAndWhere(slot, line.at)}` : 'a slot that is gone';
}

function appointmentWords(id: string, { record, line }: About): string {
  const appointment = record.named.appointments.get(id);
  if (!appointment) return 'an appointment that is gone';
  return appointment.isOpen ? `${appointment.reference}, ${whenAndWhere(appointment, line.at)}` : `a sealed appointment, ${whenOf(appointment.startsAt, line.at)}`;
}

function whenAndWhere({ startsAt, serviceName }: { startsAt: Date; serviceName: string }, at: Date): string {
  return `${whenOf(startsAt, at)} at ${serviceName}`;
}

function whenOf(instant: Date, at: Date): string {
  return `${dayWords(londonDate(instant), at)} ${clockTime(instant)}`;
}

function serviceWords(id: string, { record }: About): string {
  return record.named.services.get(id) ?? 'a service that is gone';
}

function staffWords(id: string, { record }: About): string {
  return record.named.staff.get(id) ?? 'somebody who is gone';
}

function reasonOf(words: string, text: string | null): string {
  return text ? `${words}: “${text}”` : words;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
