import type { Appointment, DocumentReference, Identifier, Patient, Slot } from 'fhir/r3';
import { db } from '@/lib/platform/db';
import { newId } from '@/lib/platform/id';
import { syntheticNhsNumber } from '@/prisma/factories/patient';
import { freeSlotsInARow } from '@/prisma/factories/slot';

/** A slot as another system knows it. */
export type SlotToBook = { id: string; scheduleId: string; startsAt: Date; endsAt: Date };

type Wanted = { slot: SlotToBook; /** Null: a patient without NHS number. */ nhsNumber?: string | null };

/** `count` free slots one after another in one diary. */
export async function slotsToBook(count: number, given: Parameters<typeof freeSlotsInARow>[1] = {}): Promise<SlotToBook[]> {
  const slots = await freeSlotsInARow(count, given);
  const session = await db.session.findFirstOrThrow({ where: { id: slots[0]?.sessionId }, select: { scheduleId: true } });
  return slots.map(({ id, startsAt, endsAt }) => ({ id, startsAt, endsAt, scheduleId: session.scheduleId }));
}

/** The first of them. */
export async function aSlotToBook(given: Parameters<typeof freeSlotsInARow>[1] = {}): Promise<SlotToBook> {
  const [slot] = await slotsToBook(1, given);
  if (!slot) throw new Error('no slot was made');
  return slot;
}

/** The body of a request that books an invented patient into a slot (section 6 of the reference). */
export function aBooking({ slot, nhsNumber = syntheticNhsNumber() }: Wanted): Appointment {
  return {
    resourceType: 'Appointment',
    meta: { profile: [profile('Appointment')] },
    language: 'en-GB',
    contained: [aDocument(), aSentPatient(nhsNumber), aContainedSlot(slot)],
    status: 'booked',
    description: '111 referral: fever, drinking little',
    supportingInformation: [{ reference: '#doc1' }],
    start: slot.startsAt.toISOString(),
    end: slot.endsAt.toISOString(),
    slot: [{ reference: '#slot1' }],
    participant: [{ actor: { reference: '#pat1' }, status: 'accepted' }],
  };
}

function aDocument(): DocumentReference {
  return {
    resourceType: 'DocumentReference',
    id: 'doc1',
    identifier: [{ system: 'https://tools.ietf.org/html/rfc4122', value: newId() }],
    status: 'current',
    type: { coding: [{ system: 'urn:oid:2.16.840.1.113883.2.1.3.2.4.18.17', code: 'POCD_MT200001GB02', display: 'Integrated Urgent Care Report' }] },
    indexed: '2026-11-24T09:58:10.000+00:00',
    content: [{ attachment: { contentType: 'application/hl7-v3+xml', language: 'en' } }],
  };
}

function aSentPatient(nhsNumber: string | null): Patient {
  return {
    resourceType: 'Patient',
    id: 'pat1',
    ...(nhsNumber ? { identifier: [verified(nhsNumber)] } : {}),
    name: [{ use: 'official', family: 'Notreal', given: ['Tomasz'] }],
    gender: 'male',
    birthDate: '2024-11-06',
    address: [{ use: 'home', line: ['51 Staging Way'], city: 'Norwich', postalCode: 'NR3 3BN' }],
    contact: [
      {
        relationship: [{ coding: [{ system: 'http://hl7.org/fhir/v2/0131', code: 'N', display: 'Next-of-Kin' }] }],
        name: { family: 'Notreal', given: ['Hanna'] },
        telecom: [{ system: 'phone', value: '07700 900153', use: 'mobile', rank: 1 }],
      },
    ],
  };
}

function verified(nhsNumber: string): Identifier {
  const verification = { system: 'https://fhir.hl7.org.uk/STU3/CodeSystem/CareConnect-NHSNumberVerificationStatus-1', code: '01', display: 'Number present and verified' };
  return {
    extension: [
      {
        url: 'https://fhir.hl7.org.uk/STU3/StructureDefinition/Extension-CareConnect-NHSNumberVerificationStatus-1',
        valueCodeableConcept: { coding: [verification] },
      },
    ],
    use: 'official',
    system: 'https://fhir.nhs.uk/Id/nhs-number',
    value: nhsNumber,
  };
}

function aContainedSlot({ id, scheduleId, startsAt, endsAt }: SlotToBook): Slot {
  return {
    resourceType: 'Slot',
    id: 'slot1',
    identifier: [{ system: 'https://tools.ietf.org/html/rfc4122', value: id }],
    schedule: { reference: `Schedule/${scheduleId}` },
    status: 'busy',
    start: startsAt.toISOString(),
    end: endsAt.toISOString(),
  };
}

function profile(type: string): string {
  return `https://fhir.hl7.org.uk/STU3/StructureDefinition/CareConnect-${type}-1`;
}
