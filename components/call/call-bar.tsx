import type { Call } from '@/lib/booking/schema';
import { formatNhsNumber } from '@/lib/patient/nhs-number.schema';
import { birthDateWords } from '@/lib/platform/time-words';
import { DispositionClock } from '@/components/call/disposition-clock';
import { ageWords, sexWords } from '@/components/call/patient-words';

/** Who, what, from where and how long: on every page of the call (D-051). */
export function CallBar({ call, now }: { call: Call; now: Date }) {
  const { patient, caller, disposition } = call;
  const callBack = [caller ? `caller: ${caller.relationship}, ${caller.name}` : 'caller: the patient', call.callbackPhone ?? patient.phone ?? 'no number to call back'];
  return (
    <section aria-label="This call" className="full-bleed top-0 z-10 border-b border-line bg-panel min-[56rem]:sticky">
      <div className="page-width flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-2">
        <div className="min-w-0">
          <p className="mb-1">
            <strong className="text-lead wrap-anywhere">
              {patient.familyName.toUpperCase()}, {patient.givenName}
            </strong>{' '}
            <span className="text-quiet wrap-anywhere">
              {[
                ageWords(patient.birthDate, now),
                `born ${birthDateWords(patient.birthDate)}`,
                sexWords(patient.sex),
                patient.nhsNumber ? `NHS ${formatNhsNumber(patient.nhsNumber)}` : 'no NHS number',
                ...callBack,
              ].join(' · ')}
            </span>
          </p>
          <p className="mb-0">
            <strong>{disposition.code}</strong> {disposition.title}{' '}
            <span className="text-quiet">
              · from <strong className="text-ink">{call.place.postcode}</strong> ({placeWords(call)})
              {call.practice ? ` · GP: ${call.practice.name}` : ''}
            </span>
          </p>
        </div>
        <DispositionClock dispositionAt={call.dispositionAt} dueAt={call.dueAt} serverNow={now} />
      </div>
    </section>
  );
}

const PRECISION: Record<Call['place']['precision'], string> = {
  postcode: '',
  sector: ', position approximate',
  outcode: ', position approximate',
};

function placeWords({ isAtHome, place }: Call): string {
  return `${isAtHome ? 'home' : 'where they are now'}${PRECISION[place.precision]}`;
}
