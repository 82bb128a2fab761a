import { ageWords } from '@/components/call/patient-words';
import { Numbers, SettledAs } from '@/components/schedule/contact-list';
import { attemptsWords, happenedWords, untilWords } from '@/components/schedule/contact-words';
import { Link } from '@/components/ui/link';
import { Notice } from '@/components/ui/notice';
import { SummaryList, type SummaryRow } from '@/components/ui/summary-list';
import type { ContactTask, ToldAppointment } from '@/lib/notify/contact.schema';
import { birthDateWords, whenWords } from '@/lib/platform/time-words';

type SummaryProps = { task: ContactTask; me: string; now: Date };

/** Everything that is said on the telephone to one person, and who is at it. */
export function ContactSummary({ task, me, now }: SummaryProps) {
  const { appointment, instead, settled } = task;
  const changed: SummaryRow = { key: settled ? 'It was' : 'Appointment', value: <Told appointment={appointment} now={now} /> };
  return (
    <>
      {task.isOverturned && !settled ? (
        <Notice tone="warning" title="The appointment has ended since">
          It was cancelled or changed elsewhere after this: look at it before you ring. Nothing may be left to tell.
        </Notice>
      ) : null}
      <div className="panel mb-4 py-1">
        <SummaryList
          rows={[
            ...(settled ? [{ key: 'Settled', value: <SettledAs task={task} now={now} /> }] : []),
            changed,
            { key: 'What happened', value: <span className="wrap-anywhere">{happenedWords(task, now)}</span> },
            ...(instead ? [{ key: 'Now has', value: <Told appointment={instead} now={now} /> }] : []),
            { key: 'Patient', value: ageLine(task, now) },
            { key: 'Ring', value: <Numbers task={task} /> },
            ...(settled ? [] : [whoRow(task, me, now)]),
          ]}
        />
      </div>
    </>
  );
}

function Told({ appointment: { id, reference, startsAt, serviceName }, now }: { appointment: ToldAppointment; now: Date }) {
  const until = untilWords(startsAt, now);
  return (
    <span className="tabular">
      <strong>{whenWords(startsAt, now)}</strong>
      {until ? ` (${until})` : ''}, {serviceName}, <Link href={`/appointments/${id}`} className="whitespace-nowrap">{reference}</Link>
    </span>
  );
}

function whoRow({ owner, attempts }: ContactTask, me: string, now: Date): SummaryRow {
  const who = owner ? (owner.id === me ? 'Yours' : owner.name) : 'Nobody has taken this';
  return { key: 'Who has it', value: `${who} · ${attemptsWords(attempts, now)}` };
}

function ageLine({ patient }: ContactTask, now: Date): string {
  const age = ageWords(patient.birthDate, now);
  return patient.isUnknown ? `about ${age}` : `${age}, born ${birthDateWords(patient.birthDate)}`;
}
