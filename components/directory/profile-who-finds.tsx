import { standingWords } from '@/components/directory/standing-words';
import { Button } from '@/components/ui/button';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Link } from '@/components/ui/link';
import { Notice } from '@/components/ui/notice';
import { Select } from '@/components/ui/select';
import { TextInput } from '@/components/ui/text-input';
import type { WhoFinds } from '@/lib/directory/who-finds.queries';
import type { TriedSearch } from '@/lib/directory/who-finds.schema';
import type { WhyNot } from '@/lib/directory/why-not.rules';
import { whenWords } from '@/lib/platform/time-words';

type Options = readonly { value: string; words: string }[];
type WhoFindsFormProps = { tried: TriedSearch; faults: Record<string, string>; dispositions: readonly { code: string; title: string }[]; symptomGroups: Options };

/** A search to try: a plain GET form, nothing of which is kept. */
export function WhoFindsForm({ tried, faults, dispositions, symptomGroups }: WhoFindsFormProps) {
  return (
    <form role="search" aria-label="Who finds this service" noValidate>
      <ErrorSummary errors={faults} />
      <TextInput name="postcode" label="Where the patient is" hint="Any postcode" width={10} error={faults['postcode']} defaultValue={tried.postcode} autoComplete="off" spellCheck={false} />
      <TextInput name="disposition" label="Disposition" hint="Code or words, such as Dx05" error={faults['disposition']} defaultValue={tried.disposition} list="dispositions" autoComplete="off" spellCheck={false} />
      <datalist id="dispositions">
        {dispositions.map(({ code, title }) => (
          <option key={code} value={`${code} ${title}`} />
        ))}
      </datalist>
      <div className="flex flex-wrap gap-x-6">
        <TextInput name="age" label="Age in years" width={3} inputMode="numeric" error={faults['age']} defaultValue={tried.age} autoComplete="off" />
        <Select name="gender" label="Sex" defaultValue={tried.gender} options={[{ value: 'F', words: 'Female' }, { value: 'M', words: 'Male' }, { value: 'I', words: 'Not known' }]} />
        <Select name="role" label="Who searches" defaultValue={tried.role} options={[{ value: 'call-handler', words: 'Call handler' }, { value: 'clinician', words: 'Clinician' }]} />
      </div>
      <Select name="symptomGroup" label="Symptom group (optional)" blank="Not given" defaultValue={tried.symptomGroup} options={symptomGroups} />
      <div className="flex flex-wrap gap-x-6">
        <TextInput name="day" label="Day" optional type="date" width={10} defaultValue={tried.day} />
        <TextInput name="time" label="Time" optional hint="Empty: now" type="time" width={5} error={faults['time']} defaultValue={tried.time} />
      </div>
      <Button variant="secondary">Try this search</Button>
    </form>
  );
}

type FoundProps = { found: WhoFinds; serviceId: string; isBookable: boolean; now: Date };

/** Where the service stands in the list of that search, or every check that it fails, as call handlers are told. */
export function WhoFindsAnswer({ found: { standing, listed, isCatchAll, place, disposition, at }, serviceId, isBookable, now }: FoundProps) {
  const asked = `${disposition.code} at ${place.postcode}, ${whenWords(at, now)}`;
  if (standing.kind === 'listed') {
    return (
      <Notice tone="success" title={`Place ${standing.position} of ${listed} in the list`} focus focusAgainFor={asked}>
        <p className="mb-0">
          {asked}. {isCatchAll ? 'No service is profiled for this: the nearest emergency departments stand in.' : null} {isBookable ? null : 'Bookings are off: calls see it without slots.'}
        </p>
      </Notice>
    );
  }
  const { reasons } = standingWords(standing, now);
  const checks = standing.kind === 'left-out' ? standing.reasons : [];
  return (
    <Notice tone="warning" title="Not in the list" focus focusAgainFor={asked}>
      <p className="mb-1">{asked}. A call handler is told:</p>
      <ul className="mb-0 pl-5">
        {reasons.map((reason, index) => (
          <li key={reason}>
            {reason} <Mend serviceId={serviceId} check={checks[index]?.check} />
          </li>
        ))}
      </ul>
    </Notice>
  );
}

/** Which page of the profile decides a check; those that none does are other people's. */
const MENDED_AT: Partial<Record<WhyNot['check'], { page: string; words: string }>> = {
  disposition: { page: 'profile/accepts', words: 'Change what it accepts' },
  age: { page: 'profile/accepts', words: 'Change the ages' },
  gender: { page: 'profile/accepts', words: 'Change what it accepts' },
  role: { page: 'profile/accepts', words: 'Change who may refer' },
  symptoms: { page: 'profile/symptoms', words: 'Change the symptoms' },
  discriminators: { page: 'profile/symptoms', words: 'Change the symptoms' },
  opening: { page: 'profile/hours', words: 'Change the hours' },
  'only-if-open': { page: 'profile/hours', words: 'Change when calls find it' },
  capacity: { page: 'levers/capacity', words: 'Change the capacity' },
};

function Mend({ serviceId, check }: { serviceId: string; check: WhyNot['check'] | undefined }) {
  const mended = check && MENDED_AT[check];
  return mended ? <Link href={`/schedules/${serviceId}/${mended.page}`}>{mended.words}</Link> : null;
}
