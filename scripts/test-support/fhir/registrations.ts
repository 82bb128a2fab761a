import type { Appointment, AppointmentParticipant } from 'fhir/r3';
import { addMinutes } from '@/lib/platform/time';
import { aSystem } from '@/prisma/factories/client';
import { syntheticNhsNumber } from '@/prisma/factories/patient';
import { A_TUESDAY_AT_TEN } from '@/prisma/factories/staff';
import { aToken } from '@/prisma/factories/token';
import { unique } from '@/prisma/factories/unique';
import { aDoor, REGISTRY_ROOT } from './door';

type Wanted = Partial<{ url: string; startsAt: Date; minutes: number; patient: AppointmentParticipant; others: AppointmentParticipant[]; isSealed: boolean }>;

/** A client of the registry, as it meets it at this moment; of an organisation of its own unless said otherwise. */
export async function aRegistrar({ now = A_TUESDAY_AT_TEN, ...options }: Parameters<typeof aSystem>[0] = {}) {
  const system = await aSystem(options);
  return { system, door: aDoor({ token: await aToken(system, { now }), now, root: REGISTRY_ROOT }) };
}

/** The body of a request that registers an appointment which another system holds, a day from the tests' moment unless said otherwise (section 13 of the reference). */
export function aRegistration({ url = aPointer(), startsAt = addMinutes(A_TUESDAY_AT_TEN, 24 * 60), minutes = 15, patient = numbered(), others = [], isSealed = false }: Wanted = {}): Appointment {
  return {
    resourceType: 'Appointment',
    meta: {
      profile: ['https://fhir.hl7.org.uk/STU3/StructureDefinition/CareConnect-Appointment-1'],
      ...(isSealed ? { security: [{ system: 'http://hl7.org/fhir/v3/Confidentiality', code: 'R' }] } : {}),
    },
    identifier: [{ system: 'urn:ietf:rfc:3986', value: url }],
    status: 'booked',
    start: startsAt.toISOString(),
    end: addMinutes(startsAt, minutes).toISOString(),
    created: '2026-11-23T12:00:05+00:00',
    participant: [patient, ...others],
  };
}

/** The address of an appointment at another system, like no other. */
export function aPointer(): string {
  return `https://other.example.nhs.uk/STU3/Appointment/${unique()}`;
}

/** A patient by NHS number. */
export function numbered(nhsNumber: string = syntheticNhsNumber()): AppointmentParticipant {
  return { actor: { identifier: { use: 'official', system: 'https://fhir.nhs.uk/Id/nhs-number', value: nhsNumber } }, status: 'accepted' };
}

/** A patient without NHS number, as the other system knows them; with traits to be recognised by, unless they are null. */
export function unnumbered({ value = `L-${unique()}`, traits = { family: 'Visitson', birthDate: '1991-05-20', postcode: 'EX2 9PZ' } }: { value?: string; traits?: Record<'family' | 'birthDate' | 'postcode', string> | null } = {}): AppointmentParticipant {
  const parts = traits && [
    { url: 'family', valueString: traits.family },
    { url: 'birthDate', valueDate: traits.birthDate },
    { url: 'postcode', valueString: traits.postcode },
  ];
  const extension = parts ? { extension: [{ url: `${REGISTRY_ROOT}/StructureDefinition/patient-match`, extension: parts }] } : {};
  return { actor: { ...extension, identifier: { system: 'https://other.example.nhs.uk/Id/patient', value }, display: 'Pia Visitson' }, status: 'accepted' };
}

/** A service with who holds the appointment, as far as it is said. */
export function atService({ dosId, name, holder }: { dosId?: string; name?: string; holder?: string }): AppointmentParticipant {
  return {
    actor: {
      ...(dosId ? { reference: `HealthcareService/${dosId}` } : {}),
      ...(holder ? { identifier: { system: 'https://fhir.nhs.uk/Id/ods-organization-code', value: holder } } : {}),
      ...(name ? { display: name } : {}),
    },
    status: 'accepted',
  };
}

/** Where an appointment is. */
export function atPlace(place: string): AppointmentParticipant {
  return { type: [{ coding: [{ system: 'http://hl7.org/fhir/v3/ParticipationType', code: 'LOC' }] }], actor: { display: place }, status: 'accepted' };
}
