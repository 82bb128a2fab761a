import type { Metadata } from 'next';
import { CallTable } from '@/components/call/call-table';
import { LinkButton } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import type { Ctx } from '@/lib/auth/actor';
import { colleaguesOf } from '@/lib/auth/queries';
import { staffCtxWith } from '@/lib/auth/session';
import { myCalls } from '@/lib/booking/call.queries';
import { TAKES_CALLS } from './takes-calls';

export const metadata: Metadata = { title: 'My calls' };

type MyCallsPageProps = { searchParams: Promise<{ done?: string | string[]; to?: string | string[] }> };

export default async function MyCallsPage({ searchParams }: MyCallsPageProps) {
  const ctx = await staffCtxWith('call:open', '/calls');
  const [calls, done] = await Promise.all([myCalls(ctx), doneWords(ctx, await searchParams)]);
  const open = calls.filter(({ state }) => state === 'open');
  const ended = calls.filter(({ state }) => state !== 'open');
  return (
    <>
      {done ? <Notice tone="success" title={done} focus /> : null}
      <div className="mb-4 flex items-center justify-between gap-4">
        <h1 className="nhsuk-heading-l mb-0">My calls</h1>
        <LinkButton href="/calls/new" variant="primary">
          New call
        </LinkButton>
      </div>
      {calls.length === 0 ? <p>No calls yet today. Start with “New call”: you need the patient, where they are, and the disposition.</p> : null}
      {open.length > 0 ? <CallTable caption="Open" calls={open} now={ctx.now} /> : null}
      {calls.length > 0 && open.length === 0 ? <p>No call is open.</p> : null}
      {ended.length > 0 ? <CallTable caption="Ended today" calls={ended} now={ctx.now} /> : null}
    </>
  );
}

/** What was just done with a call, or nothing. */
async function doneWords({ actor }: Ctx, { done, to }: Awaited<MyCallsPageProps['searchParams']>): Promise<string | null> {
  if (done === 'closed') return 'The call is closed';
  if (done !== 'handed-over') return null;
  const colleague = (await colleaguesOf(actor, TAKES_CALLS)).find(({ id }) => id === to);
  return `The call is now with ${colleague?.name ?? 'your colleague'}`;
}
