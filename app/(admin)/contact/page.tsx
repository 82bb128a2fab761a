import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ContactList, SettledList } from '@/components/schedule/contact-list';
import { Details } from '@/components/ui/details';
import { Link } from '@/components/ui/link';
import { Notice } from '@/components/ui/notice';
import { staffCtxWith } from '@/lib/auth/session';
import { ownService, ownServices, type OwnService } from '@/lib/directory/own-service.queries';
import { contactList } from '@/lib/notify/contact.queries';
import { TASK_OWNERS, type TaskOwner } from '@/lib/notify/contact.schema';
import { listPath } from './list-path';
import { TakeForm } from './take-form';

export const metadata: Metadata = { title: 'People to contact' };

const OWNERS: Record<TaskOwner, { words: string; none: string }> = {
  all: { words: 'Everyone’s', none: 'Nobody is waiting to be contacted' },
  mine: { words: 'Mine', none: 'You have taken nobody' },
  nobody: { words: 'Nobody’s', none: 'Everybody on the list has been taken by somebody' },
};

type Search = Partial<Record<'service' | 'owner' | 'done', string | string[]>>;

export default async function ContactPage({ searchParams }: { searchParams: Promise<Search> }) {
  const { service, owner: asked, done } = await searchParams;
  const serviceId = typeof service === 'string' ? service : '';
  const owner = TASK_OWNERS.find((known) => known === asked) ?? 'all';
  const ctx = await staffCtxWith('contact:work', listPath({ service: serviceId, owner }));
  if (serviceId && !(await ownService(ctx, serviceId))) notFound();

  const [{ tasks, counts, settled }, services] = await Promise.all([contactList(ctx, { serviceId: serviceId || null, owner }), ownServices(ctx)]);
  return (
    <>
      <h1 className="nhsuk-heading-l mb-1">People to contact</h1>
      <p className="max-w-measure text-quiet">Their appointment was changed by the service. Ring the soonest first; whoever is told, rebooked or settled leaves the list.</p>
      {done === 'settled' ? <Notice tone="success" title="Settled" focus>They are under “Settled in the last 7 days” now.</Notice> : null}
      <Filter name="Whose" choices={TASK_OWNERS.map((value) => ({ words: `${OWNERS[value].words} (${counts[value]})`, href: listPath({ service: serviceId, owner: value }), isChosen: value === owner }))} />
      {services.length > 1 ? <Filter name="Service" choices={serviceChoices(services, { serviceId, owner })} /> : null}
      <TakeForm back={{ service: serviceId, owner }}>
        {tasks.length > 0 ? <ContactList tasks={tasks} now={ctx.now} me={ctx.actor.id} /> : <Nobody words={OWNERS[owner].none} isDone={counts.all === 0} />}
      </TakeForm>
      {tasks.length < counts[owner] ? <p>The first {tasks.length} are shown: the rest follows when these are settled.</p> : null}
      {settled.length > 0 ? (
        <Details summary={`Settled in the last 7 days (${settled.length})`}>
          <SettledList tasks={settled} now={ctx.now} />
        </Details>
      ) : null}
    </>
  );
}

function Nobody({ words, isDone }: { words: string; isDone: boolean }) {
  return (
    <div className="panel mb-5 max-w-measure">
      <h2 className="nhsuk-heading-s mb-1">{words}</h2>
      <p className="mb-0">{isDone ? 'Everybody knows. When a change of a schedule affects somebody who is booked, they are listed here until they have been told.' : 'Choose “Everyone’s” to see who else is on the list.'}</p>
    </div>
  );
}

type Choice = { words: string; href: string; isChosen: boolean };

function Filter({ name, choices }: { name: string; choices: readonly Choice[] }) {
  return (
    <nav aria-label={name} className="mb-3">
      <ul className="m-0 flex list-none flex-wrap gap-x-5 p-0">
        {choices.map(({ words, href, isChosen }) => (
          <li key={href} className="mb-0">
            <Link href={href} aria-current={isChosen ? 'true' : undefined} className={isChosen ? 'font-bold no-underline' : undefined}>
              {words}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function serviceChoices(services: readonly OwnService[], { serviceId, owner }: { serviceId: string; owner: TaskOwner }): Choice[] {
  const all = { words: 'All my services', href: listPath({ owner }), isChosen: !serviceId };
  return [all, ...services.map(({ id, name }) => ({ words: name, href: listPath({ service: id, owner }), isChosen: id === serviceId }))];
}
