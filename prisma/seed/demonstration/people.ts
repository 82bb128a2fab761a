import type { Random } from '../random';
import type { Kind } from './plan';

const SURNAMES = ['Placeholder', 'Example', 'Sample', 'Specimen', 'Fixture', 'Standin', 'Notreal', 'Testwell', 'Mockford', 'Demo'] as const;

/** Somebody obviously invented; name and gender are often not stated. */
export function practitioner(role: string, random: Random) {
  const isNamed = random.chance(0.45);
  const isGenderStated = random.chance(0.4);
  const title = role === 'General practitioner' ? 'Dr ' : '';
  return {
    practitionerRole: random.chance(0.92) ? role : null,
    practitionerName: isNamed ? `${title}${random.pick(title ? ['A', 'B', 'J', 'M', 'S'] : ['Alex', 'Jo', 'Sam', 'Robin', 'Kit'])} ${random.pick(SURNAMES)}` : null,
    practitionerGender: isGenderStated ? random.pick(['female', 'male']) : null,
  };
}

/** A number that Ofcom keeps for drama: nobody answers it (D-070). */
export function publicPhone(isInLondon: boolean, random: Random): string {
  const end = String(random.between(0, 999)).padStart(3, '0');
  return isInLondon ? `020 7946 0${end}` : `01632 960${end}`;
}

/** A number for staff, of the drama range for mobiles (D-070). */
export function staffPhone(random: Random): string {
  return `07700 900${String(random.between(0, 999)).padStart(3, '0')}`;
}

type Words = readonly [string, ...string[]];

const TO_HANDLERS: Record<Kind, Words> = {
  'gp-practice': ['Book only patients registered here or staying nearby.', 'Ask for the medicines list.', 'Tell the patient that the practice may ring first.', 'Send parents with the child’s red book.'],
  pharmacy: ['Ask for the medicines list.', 'Ask the patient to bring their usual prescription.', 'Say that there is a private consultation room.'],
  utc: ['X-ray is available until 20:00.', 'Ask the patient to come to the urgent care desk, not to the emergency department.', 'Children under the stated age go to the emergency department.'],
  'co-located-utc': ['Ask the patient to report to streaming at the front door.', 'No dental cases.', 'X-ray is available all day.'],
  'urgent-care': ['Minor illness and minor injury only.', 'No X-ray at weekends.', 'Check that the patient can climb stairs: there is no lift.'],
  'out-of-hours': ['The clinician rings first: check the telephone number.', 'Say that calls may come from a withheld number.', 'Home visits only after a call.'],
  emergency: ['Tell the patient to arrive within the half hour booked.', 'Booked patients are seen by clinical need, not by time alone.'],
};

const TO_PATIENTS: Record<Kind, Words> = {
  'gp-practice': ['Please tell reception that NHS 111 booked you in.', 'Please bring a list of your medicines.'],
  pharmacy: ['Ask for the pharmacist at the counter.', 'Please bring your medicines with you.'],
  utc: ['Go to the urgent treatment centre reception. Parking is limited.', 'Please bring a list of your medicines.'],
  'co-located-utc': ['Follow the signs to urgent treatment, not to emergency.', 'Please bring a list of your medicines.'],
  'urgent-care': ['Please tell reception that NHS 111 booked you in.', 'Please arrive five minutes early.'],
  'out-of-hours': ['Keep your telephone near and switched on.', 'A clinician will speak to you at the booked time.'],
  emergency: ['Go to emergency reception and say that NHS 111 booked you in.', 'You may still have to wait if somebody is more unwell.'],
};

/** Instructions for the handler and words for the patient: most services have some. */
export function serviceWords(kind: Kind, random: Random): { handlerInstructions: string | null; patientInformation: string | null } {
  return {
    handlerInstructions: random.chance(0.6) ? random.pick(TO_HANDLERS[kind]) : null,
    patientInformation: random.chance(0.7) ? random.pick(TO_PATIENTS[kind]) : null,
  };
}
