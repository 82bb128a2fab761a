import { ageWords, listName } from '@/components/call/patient-words';
import type { AffectedWords } from '@/components/schedule/affected-bookings';
import type { AffectedLine } from '@/lib/booking/proposal.schema';
import { formatNhsNumber } from '@/lib/patient/nhs-number.schema';
import { clockTime, durationWords, londonDate, whenWords } from '@/lib/platform/time-words';
import type { AffectedChoice } from '@/lib/schedule/schema';

/** An affected appointment in words. `wished`: what is to be chosen for all of them, where it can be. */
export function affectedWords(line: AffectedLine, { wished, now }: { wished: AffectedChoice; now: Date }): AffectedWords {
  const { appointmentId, startsAt, patient, reference, reason, scheduleName, serviceName } = line;
  const number = patient.nhsNumber ? `NHS ${formatNhsNumber(patient.nhsNumber)}` : 'no NHS number';
  const choices = choicesFor(line, now);
  return {
    ...{ id: appointmentId, time: whenWords(startsAt, now), name: listName(patient), reference, reason, choices },
    about: [`${patient.isUnknown ? 'about ' : ''}${ageWords(patient.birthDate, now)}`, number, scheduleName ?? serviceName].join(' · '),
    fit: fitWords(line, now),
    chosen: choices.some(({ value }) => value === wished) ? wished : 'keep',
  };
}

function choicesFor({ fit, status, startsAt }: AffectedLine, now: Date): AffectedWords['choices'] {
  const keep = { value: 'keep', words: 'Keep it' } as const;
  if (status !== 'booked') return [keep];
  const move = fit ? [{ value: 'move', words: `Move it to ${atOther(fit.startsAt, { startsAt, now })}` } as const] : [];
  return [keep, ...move, { value: 'cancel', words: 'Cancel it' }];
}

function fitWords({ fit, status, dueAt, startsAt }: AffectedLine, now: Date): string {
  if (status !== 'booked') return 'The patient is here already: it can only be kept';
  if (!fit) return 'No free slot to move to';
  if (fit.startsAt.getTime() === startsAt.getTime() && fit.isSameService) return 'Fits at the same time in another place';
  const where = fit.isSameService ? '' : ` at ${fit.serviceName}`;
  const due = dueAt ? (fit.minutesOver === 0 ? ', in time' : `, over by ${durationWords(fit.minutesOver)}`) : '';
  return `Fits ${atOther(fit.startsAt, { startsAt, now })}${where}${due}`;
}

/** A time beside another one: of the same day, without the day. */
function atOther(instant: Date, { startsAt, now }: { startsAt: Date; now: Date }): string {
  return londonDate(instant) === londonDate(startsAt) ? clockTime(instant) : whenWords(instant, now);
}
