import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { listName } from '@/components/call/patient-words';
import { happenedWords } from '@/components/schedule/contact-words';
import { RebookSlots } from '@/components/schedule/rebook-slots';
import { Link } from '@/components/ui/link';
import { Notice } from '@/components/ui/notice';
import { rebookSlots } from '@/lib/notify/contact.queries';
import { readInstant } from '@/lib/notify/contact.schema';
import { newId } from '@/lib/platform/id';
import { whenWords } from '@/lib/platform/time-words';
import { openTask } from '../task';
import { RebookForm } from './rebook-form';

export const metadata: Metadata = { title: 'Rebook – a person to contact' };

type PageProps = { params: Promise<{ taskId: string }>; searchParams: Promise<{ from?: string | string[] }> };

export default async function RebookPage({ params, searchParams }: PageProps) {
  const [{ ctx, task, owner, draft }, { from: asked }] = await Promise.all([openTask(params, '/rebook'), searchParams]);
  if (task.settled) redirect(`/contact/${task.id}`);

  const from = readInstant(asked) ?? ctx.now;
  const { slots, laterFrom } = await rebookSlots(ctx, from);
  const path = `/contact/${task.id}/rebook`;
  return (
    <div className="mx-auto max-w-measure">
      <p className="mb-2">
        <Link href={`/contact/${task.id}`}>Back to this person</Link>
      </p>
      <h1 className="nhsuk-heading-l mb-1 wrap-anywhere">Rebook {listName(task.patient)}</h1>
      <p className="wrap-anywhere">{happenedWords(task, ctx.now)}</p>
      {slots.length > 0 ? (
        <RebookForm target={{ taskId: task.id, version: task.version, requestId: newId() }} kept={{ owner, draft }}>
          <RebookSlots slots={slots} chosen={draft?.['slotId']} />
        </RebookForm>
      ) : (
        <Notice tone="info" title="Your services have no free time">
          Open more places, or settle it in another way.
        </Notice>
      )}
      <nav aria-label="Other times" className="mt-4 flex flex-wrap gap-x-5">
        {from > ctx.now ? <Link href={path}>From now</Link> : null}
        {laterFrom ? <Link href={`${path}?from=${laterFrom.toISOString()}`}>Later times, from {whenWords(laterFrom, ctx.now)}</Link> : null}
      </nav>
    </div>
  );
}
