import type { ReactNode } from 'react';
import { PageShell } from '@/components/layout/page-shell';
import { headerPerson } from '@/components/layout/header-person';
import { maybeStaffCtx } from '@/lib/auth/session';

const NAV = [
  { href: '/calls', words: 'My calls' },
  { href: '/calls/new', words: 'New call' },
];

// Each page asks for its own ctx and knows the way back to itself after signing in; the layout only shows who it is.
export default async function StaffLayout({ children }: { children: ReactNode }) {
  const ctx = await maybeStaffCtx();
  return (
    <PageShell person={ctx ? headerPerson(ctx.actor) : null} nav={NAV}>
      {children}
    </PageShell>
  );
}
