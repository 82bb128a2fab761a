import { EntryLine } from '@/components/registry/entry-line';
import { whenOf } from '@/components/registry/entry-words';
import { openPath } from '@/components/registry/open-path';
import { TimelinePlot } from '@/components/registry/timeline-plot';
import { TimelineTable } from '@/components/registry/timeline-table';
import { appointmentsWords, emptyWords, maybeTodo } from '@/components/registry/timeline-words';
import { Link } from '@/components/ui/link';
import { Notice } from '@/components/ui/notice';
import { isStanding } from '@/lib/registry/entry.rules';
import type { PatientEntry, Sought } from '@/lib/registry/schema';

const MOST_COMING = 3;

type TimelineProps = {
  patient: Pick<Sought, 'nhsNumber' | 'isUnknown'>;
  /** In the order of `patientEntries`. */
  entries: readonly PatientEntry[];
  /** So many are read at most. */
  most: number;
  /** The call that the page is of; null outside a call. */
  callId: string | null;
  /** Whether whoever looks may open a sealed one with a reason, and where they come back to. */
  canOpen: boolean;
  back: string;
  now: Date;
};

/** Everything that a patient has and had: what is to come (in a call its strip says that), all over time, and each in a table. What may be somebody else's stands apart. */
export function Timeline({ patient, entries, most, callId, canOpen, back, now }: TimelineProps) {
  const certain = entries.filter(({ match }) => match === 'certain');
  const perhaps = entries.filter(({ match }) => match === 'maybe');
  const moreOf = (entry: PatientEntry) => <More entry={entry} callId={callId} canOpen={canOpen} back={back} now={now} />;
  return (
    <>
      {entries.length >= most ? (
        <Notice tone="warning" title={`Only ${most} appointments are shown`}>
          There are earlier ones that are not on this page.
        </Notice>
      ) : null}
      {callId === null || certain.length === 0 ? (
        <Coming standing={certain.filter((entry) => isStanding(entry, now))} nothing={certain.length === 0 ? emptyWords(patient) : 'Nothing is to come.'} now={now} />
      ) : null}
      {certain.length > 0 ? (
        <section aria-labelledby="all-heading">
          <h2 id="all-heading">All {appointmentsWords(certain.length)}</h2>
          <TimelinePlot entries={certain} now={now} />
          <TimelineTable caption="All appointments" entries={certain} now={now} moreOf={moreOf} />
        </section>
      ) : null}
      {perhaps.length > 0 ? (
        <section aria-labelledby="maybe-heading">
          <h2 id="maybe-heading" className="mb-1">
            May be the same person: {appointmentsWords(perhaps.length)}
          </h2>
          <p>{maybeTodo(callId !== null)}</p>
          <TimelineTable caption="Appointments of somebody who may be the same person" entries={perhaps} now={now} moreOf={moreOf} />
        </section>
      ) : null}
    </>
  );
}

function Coming({ standing, nothing, now }: { standing: readonly PatientEntry[]; nothing: string; now: Date }) {
  const more = standing.length - MOST_COMING;
  return (
    <section aria-labelledby="coming-heading" className="panel mb-5 py-3">
      <h2 id="coming-heading" className="mb-1">
        To come
      </h2>
      {standing.length === 0 ? <p className="mb-0 max-w-measure">{nothing}</p> : null}
      <ul className="m-0 list-none p-0">
        {standing.slice(0, MOST_COMING).map((entry) => (
          <EntryLine key={entry.id} entry={entry} now={now} />
        ))}
      </ul>
      {more > 0 ? <p className="mb-0">and {more} more below.</p> : null}
    </section>
  );
}

type MoreProps = Pick<TimelineProps, 'callId' | 'canOpen' | 'back' | 'now'> & { entry: PatientEntry };

/** Where an entry leads: Onward's own to its page, a sealed one to the form that opens it, one that may be somebody else's to the question. */
function More({ entry, callId, canOpen, back, now }: MoreProps) {
  const { id, appointment, isSealed, isOpen, isLinked, match } = entry;
  const about = <span className="nhsuk-u-visually-hidden"> {whenOf(entry, now)}</span>;
  if (isSealed && !isOpen) return canOpen ? <Link href={openPath({ entryId: id, back })}>Open with a reason{about}</Link> : 'A clinician or a supervisor can open it';
  const isLinkable = callId !== null && (match === 'maybe' || isLinked);
  return (
    <>
      {appointment ? (
        <Link href={`/appointments/${appointment.id}`} className="whitespace-nowrap">
          {appointment.reference}
        </Link>
      ) : isLinkable ? null : (
        'Held elsewhere'
      )}{' '}
      {isLinkable ? (
        <Link href={`/calls/${callId}/same-person?entry=${id}&back=${encodeURIComponent(back)}`}>
          {isLinked ? 'Linked by hand' : 'Same person?'}
          {about}
        </Link>
      ) : null}
    </>
  );
}
