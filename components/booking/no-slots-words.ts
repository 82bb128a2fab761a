import type { NoSlotsReason } from '@/lib/booking/no-slots.rules';
import { durationWords, minutesBetween, whenWords } from '@/lib/platform/time-words';

/** Why a service has no slot in time, and what is free later: `Fully booked until the due time. Next free tomorrow 09:10.` */
export function noSlotsWords(reason: NoSlotsReason, now: Date): string {
  switch (reason.kind) {
    case 'not-for-age':
      return 'Not for patients of this age. Choose another service.';
    case 'closed':
      return `${reason.note ? `${closedWords(reason.closure, now)}: ${ended(reason.note)}` : 'Closed.'} ${nextWords(reason.nextAt, now)}`;
    case 'kept-back':
      return `What is left is kept back by the service for its own patients${reason.releasedAt ? `, the first until ${whenWords(reason.releasedAt, now)}` : ''}. ${nextWords(reason.nextAt, now)}`;
    case 'notice-passed':
      return `Too late to book what is left before the due time: the service needs longer notice. ${nextWords(reason.nextAt, now)}`;
    case 'not-open-yet':
      return `Not open for booking yet: the first slot opens ${whenWords(reason.opensAt, now)}. ${nextWords(reason.nextAt, now)}`;
    case 'opens-at':
      return `Closed now, opens ${whenWords(reason.at, now)}. ${nextWords(reason.nextAt, now)}`;
    case 'only-held':
      // Rounded up, so that it is never promised too early.
      return `Everything in time is held by other calls or booked. Free again in up to ${durationWords(minutesBetween(now, reason.freeAgainAt) + 1)}, unless they book it.`;
    case 'fully-booked':
      return `Fully booked ${reason.hasDueTime ? 'until the due time' : 'for the coming week'}. ${nextWords(reason.nextAt, now)}`;
    case 'outside-window':
      return `Nothing is offered before the due time. ${nextWords(reason.nextAt, now)}`;
    case 'nothing-offered':
      return 'No appointments are offered here. Choose another service.';
  }
}

function closedWords(closure: Extract<NoSlotsReason, { kind: 'closed' }>['closure'], now: Date): string {
  if (!closure) return 'Closed';
  return `Closed ${closure.from ? `from ${whenWords(closure.from, now)} ` : ''}until ${whenWords(closure.until, now)}`;
}

function nextWords(nextAt: Date | null, now: Date): string {
  return nextAt ? `Next free ${whenWords(nextAt, now)}.` : 'Nothing is free later either.';
}

function ended(note: string): string {
  return /[.!?]$/.test(note) ? note : `${note}.`;
}
