import { spokenReference } from '@/lib/booking/reference.rules';
import type { Appointment } from '@/lib/booking/appointment.schema';
import type { Channel } from '@/lib/booking/schema';
import { addMinutes } from '@/lib/platform/time';
import { clockTime, londonDate, longDate } from '@/lib/platform/time-words';

type ReadBack = Pick<Appointment, 'startsAt' | 'channel' | 'reference' | 'service'>;

type Line = { label: string; words: string };

const EMERGENCY_DEPARTMENT = 105;
const ARRIVAL_MINUTES = 30;

/**
 * What the call handler reads to the caller after booking, line by line: when, where and how, what to bring, what to do when
 * it gets worse, the reference. Times are London's. A channel that is not stated is said to be so, never guessed.
 * Source: domain section 3.
 */
export function readBackLines(appointment: ReadBack): readonly Line[] {
  return linesOf(appointment, spokenReference(appointment.reference));
}

/** The same lines to be read by the patient, with the reference as it is written. */
export function writtenLines(appointment: ReadBack): readonly Line[] {
  return linesOf(appointment, appointment.reference);
}

function linesOf(appointment: ReadBack, reference: string): readonly Line[] {
  const { service } = appointment;
  return [
    { label: 'when', words: `Your appointment is on ${longDate(londonDate(appointment.startsAt))}${arrival(appointment)}.` },
    { label: 'service', words: `It is with ${service.name}.` },
    { label: 'how', words: how(appointment.channel, `${service.address}, ${service.postcode}`) },
    ...(service.patientInformation ? [{ label: 'bring', words: service.patientInformation }] : []),
    { label: 'worse', words: 'If it gets worse, or you are worried, call 111 again. In an emergency call 999.' },
    { label: 'reference', words: `Your reference is ${reference}.` },
  ];
}

function arrival({ startsAt, service }: ReadBack): string {
  if (service.typeId !== EMERGENCY_DEPARTMENT) return ` at ${clockTime(startsAt)}`;
  return `: arrive between ${clockTime(startsAt)} and ${clockTime(addMinutes(startsAt, ARRIVAL_MINUTES))}`;
}

function how(channel: Channel | null, address: string): string {
  switch (channel) {
    case 'in-person':
      return `Please go to ${address}.`;
    case 'telephone':
      return 'They will phone you: keep your phone on and with you.';
    case 'video':
      return 'It is a video call: they will send you the link. You do not need to go there.';
    case null:
      return `The service has not told us whether it is in person, by telephone or by video. Its address is ${address}.`;
  }
}
