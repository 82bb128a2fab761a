import type { EntryWithPerson } from '@/lib/registry/schema';

/** Why nobody can say of an entry that it is the call's patient's, or is not, and what to do; null when they can. */
export function whyNotWords(found: EntryWithPerson | null, { nhsNumber }: { nhsNumber: string | null }): { title: string; todo: string } | null {
  if (!found) return { title: 'This appointment is not the patient’s', todo: 'It was changed, or taken as another person’s. The appointments above are those of now.' };
  const { isOpen, match, isLinked } = found.entry;
  if (!isOpen) return { title: 'This appointment is sealed', todo: 'A clinician or a supervisor can open it, with a reason, and say whose it is.' };
  if (match === 'certain' && !isLinked) return { title: 'This is the same person’s appointment', todo: 'It was booked with the same NHS number, or for the same record.' };
  if (nhsNumber) return null;
  return { title: 'The NHS number of this call’s patient is not known', todo: 'Appointments are linked by the number. Ask the caller for it and start a call with it; or go on: the appointment stays in sight.' };
}
