import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { headerPerson, ROLE_WORDS } from '@/components/layout/header-person';
import { PageShell } from '@/components/layout/page-shell';
import type { Role } from '@/lib/auth/actor';
import { hasPermission } from '@/lib/auth/permissions';
import { staffCtx } from '@/lib/auth/session';

export const metadata: Metadata = { title: 'Your role' };

/** What a role does once its screens exist; the others have theirs. */
const WORK: Record<Extract<Role, 'commissioner'>, string> = {
  commissioner: 'Agree who may book across your border and at what price, approve single bookings, and see the ledger of your area.',
};

export default async function StartPage() {
  const { actor } = await staffCtx('/');
  if (hasPermission(actor, 'call:open')) redirect('/calls');
  if (hasPermission(actor, 'schedule:read')) redirect('/schedules');
  if (hasPermission(actor, 'client:manage')) redirect('/clients');
  if (hasPermission(actor, 'access:review')) redirect('/access');

  const roles = [...new Set(actor.roles.map((grant) => grant.role))];
  return (
    <PageShell person={headerPerson(actor)}>
      <div className="max-w-form">
        <h1>Your screens are not in this version</h1>
        <p>You are signed in. This version of Onward has the screens of those who take calls, run services, look after API clients or audit looks; yours come with a later one.</p>
        {roles.length > 0 ? (
          <dl className="panel">{roles.map((role) => (isWorkToCome(role) ? <RoleToCome key={role} role={role} /> : null))}</dl>
        ) : (
          <p>You have no role yet. Ask your system admin to give you one.</p>
        )}
      </div>
    </PageShell>
  );
}

function RoleToCome({ role }: { role: keyof typeof WORK }) {
  return (
    <>
      <dt className="font-bold">{ROLE_WORDS[role]}</dt>
      <dd className="m-0">{WORK[role]}</dd>
    </>
  );
}

function isWorkToCome(role: Role): role is keyof typeof WORK {
  return role in WORK;
}
