import type { Call } from '@/lib/booking/schema';
import { formatNhsNumber } from '@/lib/patient/nhs-number.schema';
import { DispositionClock } from '@/components/call/disposition-clock';
import { aboutPatient, firstContactWords, listName } from '@/components/call/patient-words';

/** Who, whom to ring, what, from where and how long: on every page of the call (D-051). */
export function CallBar({ call, now }: { call: Call; now: Date }) {
  const { patient, disposition, place, practice } = call;
  const number = patient.nhsNumber ? `NHS ${formatNhsNumber(patient.nhsNumber)}` : 'no NHS number';
  return (
    <section aria-label="This call" className="full-bleed top-0 z-10 border-b border-line bg-panel min-[56rem]:sticky">
      <div className="page-width flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-2">
        <div className="min-w-0 flex-1 basis-80">
          <p className="mb-1">
            <strong className="text-lead wrap-anywhere">{listName(patient)}</strong>{' '}
            <span className="text-quiet wrap-anywhere">{[...aboutPatient(patient, now), number, ...firstContactWords(call)].join(' · ')}</span>
          </p>
          <p className="mb-0">
            <strong>{disposition.code}</strong> {disposition.title}{' '}
            <span className="text-quiet">
              · from <strong className="text-ink">{place.postcode}</strong> ({placeWords(call)})
              {practice ? ` · GP: ${practice.name}` : ''}
              {call.isMine ? null : (
                <>
                  {' '}
                  · call with <strong className="text-ink">{call.handler.name}</strong>
                </>
              )}
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
