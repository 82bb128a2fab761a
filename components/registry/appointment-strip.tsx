import type { ReactNode } from 'react';
import { EntryLine, EntryRow } from '@/components/registry/entry-line';
import { EntryLinks } from '@/components/registry/entry-links';
import { moreWords, noneWords } from '@/components/registry/strip-words';
import { Details } from '@/components/ui/details';
import type { Strip } from '@/lib/registry/entry.rules';
import type { PatientEntry } from '@/lib/registry/schema';

type AppointmentStripProps = {
  strip: Strip;
  patient: { nhsNumber: string | null; isUnknown: boolean };
  callId: string;
  canOpen: boolean;
  /** The page that it stands on, to come back to. */
  back: string;
  now: Date;
};

/** The patient's other appointments, before anything else: under the call bar, which stays while this scrolls away. */
export function AppointmentStrip({ strip, patient, now, ...links }: AppointmentStripProps) {
  const { shown, maybe, more } = strip;
  const linksOf = (entry: PatientEntry) => <EntryLinks entry={entry} now={now} {...links} />;
  return (
    <section aria-labelledby="appointments-elsewhere" className="full-bleed screen-only -mt-4 mb-4 border-b border-line bg-panel text-detail">
      <div className="page-width py-2 min-[56rem]:grid min-[56rem]:grid-cols-[11.5rem_minmax(0,1fr)] min-[56rem]:gap-x-4">
        <h2 id="appointments-elsewhere" className="mb-0 text-detail">
          Appointments elsewhere
        </h2>
        {shown.length > 0 ? <Lines entries={shown} labelledBy="appointments-elsewhere" linksOf={linksOf} now={now} /> : <p className="mb-0 pl-4 text-detail">{noneWords(patient)}</p>}
        {maybe.length > 0 ? (
          <>
            <p id="may-be-the-same" className="mt-2 mb-0 text-detail">
              <strong>May be the same person</strong>
            </p>
            <div className="min-[56rem]:mt-2">
              <p className="mb-0 pl-4 text-detail">Same last name, date of birth and postcode: ask the caller.</p>
              <Lines entries={maybe} labelledBy="may-be-the-same" linksOf={linksOf} now={now} />
            </div>
          </>
        ) : null}
        {more.length > 0 ? (
          <div className="mt-1 min-[56rem]:col-span-2">
            <Details summary={moreWords(strip)}>
              <ul aria-label="More appointments" tabIndex={0} className="m-0 max-h-80 list-none overflow-y-auto p-0">
                {more.map((entry) => (
                  <EntryRow key={entry.id} entry={entry} now={now}>
                    {linksOf(entry)}
                  </EntryRow>
                ))}
              </ul>
            </Details>
          </div>
        ) : null}
      </div>
    </section>
  );
}

type LinesProps = { entries: readonly PatientEntry[]; labelledBy: string; linksOf: (entry: PatientEntry) => ReactNode; now: Date };

function Lines({ entries, labelledBy, linksOf, now }: LinesProps) {
  return (
    <ul aria-labelledby={labelledBy} className="m-0 flex list-none flex-wrap gap-x-5 gap-y-1 p-0">
      {entries.map((entry) => (
        <EntryLine key={entry.id} entry={entry} now={now}>
          {linksOf(entry)}
        </EntryLine>
      ))}
    </ul>
  );
}
