import type { Ctx, SystemActor } from '@/lib/auth/actor';
import { bookDirectly } from '@/lib/booking/book-direct.commands';
import type { SentPatient, Submission } from '@/lib/booking/submission.schema';
import { db } from '@/lib/platform/db';
import { newId } from '@/lib/platform/id';
import { syntheticNhsNumber } from './patient';
import { aFreeSlot } from './slot';

type ApiAppointmentOptions = { patient?: Partial<SentPatient>; slot?: Parameters<typeof aFreeSlot>[0]; reason?: string };

/** A live appointment that this system booked in one step, by a request of its own: version 1, an hour from the tests' moment unless said otherwise. */
export async function anApiAppointment(ctx: Ctx<SystemActor>, { patient, slot: slotOptions, reason = 'Sore throat for three days' }: ApiAppointmentOptions = {}) {
  const { id, sessionId, startsAt, endsAt } = await aFreeSlot(slotOptions);
  const { scheduleId } = await db.session.findUniqueOrThrow({ where: { id: sessionId }, select: { scheduleId: true } });
  const booked = await bookDirectly({ ...ctx, requestId: newId(), correlationId: newId() }, { slot: { id, scheduleId, startsAt, endsAt }, startsAt, endsAt, reason, submission: aSubmission({ patient }) });
  if (!booked.ok) throw new Error(booked.error.code);
  return db.appointment.findUniqueOrThrow({ where: { id: booked.value.appointmentId } });
}

/** What another system says of a patient whom it books: one number to ring first, of the patient's own. */
export function aSubmission({ patient }: { patient?: Partial<SentPatient> } = {}): Submission {
  return {
    patient: {
      nhsNumber: syntheticNhsNumber(),
      verification: { system: 'https://fhir.hl7.org.uk/STU3/CodeSystem/CareConnect-NHSNumberVerificationStatus-1', code: '01', display: 'Number present and verified' },
      name: { prefix: ['Mr'], given: ['Tomasz'], family: 'Notreal' },
      gender: 'male',
      birthDate: '1984-03-02',
      addresses: [{ use: 'home', lines: ['1 Example Street'], town: 'Leeds', district: null, postcode: 'LS1 4AP' }],
      telecom: [{ system: 'phone', value: '01632 960001', use: 'home', rank: 1 }],
      thirdParties: [],
      ...patient,
    },
    document: { id: newId(), type: { system: 'urn:oid:2.16.840.1.113883.2.1.3.2.4.18.17', code: 'POCD_MT200001GB02', display: 'Integrated Urgent Care Report' }, contentType: 'application/hl7-v3+xml', language: 'en', indexedAt: '2026-11-24T10:00:00+00:00' },
    language: null,
    incomingReferral: null,
  };
}
