import type { DirectBooking } from '@/lib/booking/direct.schema';
import type { ContainedSlot, SentAppointment } from '@/lib/fhir/stu3/appointment-schema';
import type { Found } from '@/lib/fhir/stu3/contained-in';
import { missing, optionalCode, optionalText, within, wrong, type Place } from '@/lib/fhir/stu3/place';
import { targetOf } from '@/lib/fhir/stu3/references';
import { readSlot } from '@/lib/fhir/stu3/slot-in';
import { isId } from '@/lib/platform/id';

const PARTICIPATIONS = ['accepted', 'declined', 'tentative', 'needs-action'] as const;

/**
 * The slot that is asked for (B-292): the contained one, or one of this server that the reference names by itself. Null when
 * there is not exactly one reference that leads to one, or the contained slot has a fault; every fault is reported.
 */
export function readSlotReference(place: Place, { sent, carried, root }: { sent: SentAppointment; carried: Found<ContainedSlot> | null; root: string }): DirectBooking['slot'] | null {
  const described = carried && readSlot(carried.place, { slot: carried.resource, root });
  const [first, ...more] = sent.slot ?? [];
  if (more.length > 0) wrong(within(place, 'slot[1]'), { says: 'An appointment takes exactly one slot', code: 'invalid' });
  if (!first) return missing(within(place, 'slot'));

  const at = within(place, 'slot[0].reference');
  if (!first.reference) return missing(at);
  const target = targetOf(first.reference, root);
  if (!target || 'contained' in target) return carried && target?.contained === carried.resource.id ? described : noneThere(at, 'Slot');
  if (target.type !== 'Slot' || !isId(target.id)) return wrong(at, { says: 'The reference leads to no Slot here', code: 'not-found', details: 'REFERENCE_NOT_FOUND' });

  const id = target.id.toLowerCase();
  if (!described) return carried ? null : { id, scheduleId: null, startsAt: null, endsAt: null };
  return described.id === id ? described : wrong(at, { says: 'The reference and the contained Slot are of different slots', code: 'invalid' });
}

/** Reports when none of the participants is the contained patient, or one has a status that there is not (B-295); a missing one is put right (B-424). */
export function checkParticipants(place: Place, { sent, patientId }: { sent: SentAppointment; patientId: string | undefined }): void {
  const participants = sent.participant ?? [];
  participants.forEach(({ status }, index) => optionalCode(within(place, `participant[${index}].status`), { sent: status, codes: PARTICIPATIONS }));
  if (participants.length === 0) {
    missing(within(place, 'participant'));
    return;
  }
  const references = participants.map(({ actor }) => actor?.reference);
  if (references.every((reference) => !reference)) missing(within(place, 'participant[0].actor.reference'));
  else checkLeads(place, { sent, element: 'participant', inner: 'actor.reference', references, id: patientId, kind: 'Patient', isNeeded: true });
}

/** Reports when none of the supporting information is the contained document, if one is needed (B-293), or one is contained nowhere. */
export function checkSupport(place: Place, { sent, documentId, isNeeded }: { sent: SentAppointment; documentId: string | undefined; isNeeded: boolean }): void {
  const references = (sent.supportingInformation ?? []).map(({ reference }) => reference);
  if (references.some(Boolean)) checkLeads(place, { sent, element: 'supportingInformation', inner: 'reference', references, id: documentId, kind: 'DocumentReference', isNeeded });
  else if (isNeeded) missing(within(place, 'supportingInformation'));
}

/** The referral that led here, as a reference (B-294); one that is contained is not kept. Reported are a second one and a text that is too long. */
export function readReferral(place: Place, { incomingReferral: [first, ...more] = [] }: SentAppointment): string | null {
  if (more.length > 0) wrong(within(place, 'incomingReferral[1]'), { says: 'There is at most one incomingReferral', code: 'invariant' });
  const reference = optionalText(within(place, 'incomingReferral[0].reference'), first?.reference);
  return reference?.startsWith('#') ? null : reference;
}

type Led = { sent: SentAppointment; element: string; inner: string; references: readonly (string | undefined)[]; id: string | undefined; kind: string; isNeeded: boolean };

// Others may be named besides the one that must be: what is contained nowhere leads nowhere, though.
function checkLeads(place: Place, { sent, element, inner, references, id, kind, isNeeded }: Led): void {
  const isWanting = isNeeded && (id === undefined || !references.includes(`#${id}`));
  const contained = (sent.contained ?? []).map((resource) => `#${resource.id}`);
  references.forEach((reference, index) => {
    const isLost = reference?.startsWith('#') && !contained.includes(reference);
    if (reference && (isWanting || isLost)) noneThere(within(place, `${element}[${index}].${inner}`), kind);
  });
}

function noneThere(at: Place, kind: string): null {
  return wrong(at, { says: `The reference leads to no contained ${kind}`, code: 'invalid' });
}
