import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { headerPerson } from '@/components/layout/header-person';
import { PageShell } from '@/components/layout/page-shell';
import { hasPermission, type Permission } from '@/lib/auth/permissions';
import { staffCtx } from '@/lib/auth/session';

export const metadata: Metadata = { title: 'Your role' };

/** Where the day starts: of what somebody may do, the first. */
const STARTS: readonly { permission: Permission; path: string }[] = [
  { permission: 'call:open', path: '/calls' },
  { permission: 'schedule:read', path: '/schedules' },
  { permission: 'border:read', path: '/borders' },
  { permission: 'client:manage', path: '/clients' },
  { permission: 'access:review', path: '/access' },
];

export default async function StartPage() {
  const { actor } = await staffCtx('/');
  const start = STARTS.find(({ permission }) => hasPermission(actor, permission));
  if (start) redirect(start.path);

  return (
    <PageShell person={headerPerson(actor)}>
      <div className="max-w-form">
        <h1>You have no role yet</h1>
        <p>You are signed in, and nothing is yours to do. Ask your system admin to give you a role: your screens are here at once.</p>
      </div>
    </PageShell>
  );
}
