import type { Metadata } from 'next';
import { listName } from '@/components/call/patient-words';
import { TakeButton } from '@/components/schedule/contact-list';
import { ContactSteps } from '@/components/schedule/contact-steps';
import { ContactSummary } from '@/components/schedule/contact-summary';
import { LinkButton } from '@/components/ui/button';
import { Link } from '@/components/ui/link';
import { Notice } from '@/components/ui/notice';
import { TakeForm } from '../take-form';
import { openTask } from './task';
import { AttemptForm, SettleForm } from './task-forms';

export const metadata: Metadata = { title: 'A person to contact' };

type PageProps = { params: Promise<{ taskId: string }>; searchParams: Promise<{ done?: string | string[] }> };

export default async function TaskPage({ params, searchParams }: PageProps) {
  const [{ ctx, task, steps, owner, draft }, { done }] = await Promise.all([openTask(params), searchParams]);
  const target = { taskId: task.id, version: task.version };
  const form = (name: string) => ({ target, isSettled: task.settled !== null, kept: { owner, draft: draft?.['form'] === name ? draft : null } });
  return (
    <div className="mx-auto max-w-measure">
      <p className="mb-2">
        <Link href="/contact">Back to the list</Link>
      </p>
      <h1 className="nhsuk-heading-l mb-4 wrap-anywhere">{listName(task.patient)}</h1>
      {done === 'rebooked' && task.settled ? <Notice tone="success" title="Rebooked" focus>Read the new time back to the patient before you end the call.</Notice> : null}
      {done === 'attempt' && !task.settled ? <Notice tone="success" title="The attempt is recorded" focus /> : null}
      <TakeForm back={{ task: task.id }}>
        <ContactSummary task={task} me={ctx.actor.id} now={ctx.now} />
        {task.settled ? null : (
          <div className="mb-5 flex flex-wrap items-center gap-x-4">
            <TakeButton task={task} me={ctx.actor.id} />
            <LinkButton href={`/contact/${task.id}/rebook`}>Rebook…</LinkButton>
          </div>
        )}
      </TakeForm>
      <AttemptForm {...form('attempt')} />
      <SettleForm {...form('settle')} />
      <ContactSteps steps={steps} now={ctx.now} />
    </div>
  );
}
