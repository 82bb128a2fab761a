import type { Metadata } from 'next';
import { CallTable } from '@/components/call/call-table';
import { LinkButton } from '@/components/ui/button';
import { myCalls } from '@/lib/booking/call.queries';
import { staffCtxWith } from '@/lib/auth/session';

export const metadata: Metadata = { title: 'My calls' };

export default async function MyCallsPage() {
  const ctx = await staffCtxWith('call:open', '/calls');
  const calls = await myCalls(ctx);
  return (
    <>
      <div className="mb-4 flex items-center justify-between gap-4">
        <h1 className="nhsuk-heading-l mb-0">My calls</h1>
        <LinkButton href="/calls/new" variant="primary">New call</LinkButton>
      </div>
      {calls.length === 0 ? <p>No calls yet. Start with “New call”: you need the patient, where they are, and the disposition.</p> : <CallTable calls={calls} now={ctx.now} />}
    </>
  );
}
