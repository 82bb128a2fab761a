import { freshnessWords, holderOf, statusOf, whatOf, whenOf } from '@/components/registry/entry-words';
import { listName } from '@/components/call/patient-words';
import { SummaryList } from '@/components/ui/summary-list';
import type { Patient } from '@/lib/patient/schema';
import { birthDateWords } from '@/lib/platform/time-words';
import type { EntryWithPerson } from '@/lib/registry/schema';

type SamePersonProps = { found: EntryWithPerson; patient: Pick<Patient, 'givenName' | 'familyName' | 'isUnknown' | 'birthDate' | 'postcode'>; now: Date };

/** What is known of an entry's patient beside that of the call, to be read to the caller. */
export function SamePerson({ found: { entry, person }, patient, now }: SamePersonProps) {
  const rows = [
    { key: 'The patient of this call', value: `${listName(patient)}, born ${birthDateWords(patient.birthDate)}, ${patient.postcode}` },
    { key: 'Booked for', value: person ?? 'Not known by name: ask the caller about the appointment' },
    { key: 'When', value: whenOf(entry, now) },
    { key: 'Where', value: whatOf(entry) },
    { key: 'Status', value: [statusOf(entry), holderOf(entry), freshnessWords(entry.freshness, now)].filter(Boolean).join(' · ') },
  ];
  return (
    <div className="panel mb-4">
      <SummaryList rows={rows} />
    </div>
  );
}
