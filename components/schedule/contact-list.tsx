import { ageWords, listName } from '@/components/call/patient-words';
import { attemptsWords, happenedWords, OUTCOMES, untilWords, whoseWords } from '@/components/schedule/contact-words';
import { Button } from '@/components/ui/button';
import { Link } from '@/components/ui/link';
import { Tag } from '@/components/ui/tag';
import type { ContactTask } from '@/lib/notify/contact.schema';
import { whenWords } from '@/lib/platform/time-words';

type ListProps = { tasks: readonly ContactTask[]; now: Date };

/** The people to contact in their order, inside the form whose buttons take one or give one back. */
export function ContactList({ tasks, now, me }: ListProps & { me: string }) {
  return (
    <ul aria-label="People to contact" className="panel m-0 mb-5 list-none p-0">
      {tasks.map((task) => (
        <li key={task.id} className="mb-0 grid gap-x-6 gap-y-1 border-b border-line px-4 py-3 text-detail last:border-b-0 lg:grid-cols-[9rem_minmax(0,1fr)_minmax(0,1fr)_17rem]">
          <p className="mb-0 tabular">
            <strong className="text-body">{whenWords(task.appointment.startsAt, now)}</strong>
            <span className="ml-2 text-quiet lg:ml-0 lg:block">{untilWords(task.appointment.startsAt, now)}</span>
          </p>
          <div>
            <PatientName task={task} now={now} />
            <Numbers task={task} />
          </div>
          <div className="wrap-anywhere">
            <p className="mb-0">{happenedWords(task, now)}</p>
            {task.isOverturned ? <p className="mb-0 font-bold">Ended since: look before you ring</p> : null}
            <p className="mb-0 text-quiet">{task.serviceName}</p>
          </div>
          <WhoHasIt task={task} me={me} now={now} />
        </li>
      ))}
    </ul>
  );
}

/** Those who were settled, with how and when. */
export function SettledList({ tasks, now }: ListProps) {
  return (
    <ul aria-label="Settled" className="m-0 list-none p-0 text-detail">
      {tasks.map((task) => (
        <li key={task.id} className="mb-0 flex flex-wrap items-baseline gap-x-4 border-b border-line py-2 last:border-b-0">
          <PatientName task={task} now={now} />
          <span className="wrap-anywhere">{happenedWords(task, now)}</span>
          <SettledAs task={task} now={now} />
        </li>
      ))}
    </ul>
  );
}

/** How somebody was settled, when, and in whose words. */
export function SettledAs({ task: { settled }, now }: { task: ContactTask; now: Date }) {
  if (!settled) return null;
  const { words, tone } = OUTCOMES[settled.outcome];
  return (
    <span className="wrap-anywhere tabular">
      <Tag tone={tone}>{words}</Tag> {whenWords(settled.at, now)}
      {settled.text ? ` · ${settled.text}` : ''}
    </span>
  );
}

/** Whom to ring first, and then: each number can be rung by a press where the browser is on a phone. */
export function Numbers({ task: { contacts, patient } }: { task: ContactTask }) {
  if (patient.isDeceased) return <p className="mb-0 font-bold">Recorded as having died: do not ring about the appointment</p>;
  if (contacts.length === 0) return <p className="mb-0">No number to ring is known</p>;
  return (
    <ol className="m-0 list-none p-0">
      {contacts.map((contact) => (
        <li key={`${contact.rank} ${contact.phone}`} className="mb-0 wrap-anywhere tabular">
          <a href={`tel:${contact.phone.replace(/[^\d+]/g, '')}`}>{contact.phone}</a> {whoseWords(contact)}
        </li>
      ))}
    </ol>
  );
}

/** The buttons of the form around it; their values say which task, and as it was looked at. */
export function TakeButton({ task: { id, version, owner, patient }, me }: { task: ContactTask; me: string }) {
  const isMine = owner?.id === me;
  return (
    <Button variant="secondary" name={isMine ? 'giveBack' : 'take'} value={`${id}:${version}`}>
      {isMine ? 'Give back' : owner ? 'Take over' : 'Take it'}
      <span className="nhsuk-u-visually-hidden"> {listName(patient)}</span>
    </Button>
  );
}

function WhoHasIt({ task, me, now }: { task: ContactTask; me: string; now: Date }) {
  const { id, owner, attempts, patient } = task;
  return (
    <div>
      <p className="mb-1 wrap-anywhere tabular">
        {owner ? <strong>{owner.id === me ? 'Yours' : owner.name}</strong> : 'Nobody has taken this'} · {attemptsWords(attempts, now)}
      </p>
      <div className="flex flex-wrap items-center gap-x-4">
        <TakeButton task={task} me={me} />
        <Link href={`/contact/${id}`}>
          Record
          <span className="nhsuk-u-visually-hidden"> what came of ringing {listName(patient)}</span>
        </Link>
        <Link href={`/contact/${id}/rebook`}>
          Rebook
          <span className="nhsuk-u-visually-hidden"> {listName(patient)}</span>
        </Link>
      </div>
    </div>
  );
}

function PatientName({ task: { id, patient }, now }: { task: ContactTask; now: Date }) {
  return (
    <p className="mb-0 wrap-anywhere">
      <Link href={`/contact/${id}`} className="font-bold">
        {listName(patient)}
      </Link>
      , {patient.isUnknown ? 'about ' : ''}
      {ageWords(patient.birthDate, now)}
    </p>
  );
}
