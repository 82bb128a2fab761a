import type { ReactNode } from 'react';
import type { NavItem } from '@/components/layout/nav-links';
import { PageShell } from '@/components/layout/page-shell';
import { headerPerson } from '@/components/layout/header-person';
import { Shortcuts } from '@/components/layout/shortcuts';
import type { Ctx } from '@/lib/auth/actor';
import { hasPermission } from '@/lib/auth/permissions';
import { maybeStaffCtx } from '@/lib/auth/session';
import { waitingApprovals } from '@/lib/crossborder/approval.queries';
import { openTaskCount } from '@/lib/notify/contact.queries';
import { areSingleKeysOn } from './keys/single-keys';

const CONTACT = '/contact';
const APPROVALS = '/borders/approvals';

const NAV = [
  { href: '/calls', words: 'My calls', key: 'm', permission: 'call:open' },
  { href: '/calls/new', words: 'New call', key: 'n', permission: 'call:open' },
  { href: '/schedules', words: 'Schedules', key: 'w', permission: 'schedule:read' },
  { href: CONTACT, words: 'People to contact', key: 'p', permission: 'contact:work' },
  { href: '/borders', words: 'Borders', key: 'b', permission: 'border:read' },
  { href: APPROVALS, words: 'Approvals', key: 'v', permission: 'approval:answer' },
  { href: '/clients', words: 'API clients', key: 'a', permission: 'client:manage' },
  { href: '/sources', words: 'Appointment sources', key: 's', permission: 'source:manage' },
  { href: '/access', words: 'Looks with a reason', key: 'o', permission: 'access:review' },
  { href: '/appointments', words: 'Find an appointment', key: 'f', permission: 'appointment:read' },
  { href: '/patients', words: 'Find a patient', key: 't', permission: 'registry:view' },
] as const;

// Also the layout of the pages of those who run services or look after the system. Each page asks for its own ctx and knows the way back to itself after signing in; the layout only shows who it is.
export default async function StaffLayout({ children }: { children: ReactNode }) {
  const ctx = await maybeStaffCtx();
  const nav = ctx ? await navOf(ctx) : NAV;
  return (
    <PageShell person={ctx ? headerPerson(ctx.actor) : null} nav={nav}>
      {children}
      {ctx ? <Shortcuts areSingleKeysOn={await areSingleKeysOn()} /> : null}
    </PageShell>
  );
}

async function navOf(ctx: Ctx): Promise<NavItem[]> {
  const waiting: Record<string, Pick<NavItem, 'count' | 'countFrom'>> = {
    [CONTACT]: { count: await openTaskCount(ctx) },
    [APPROVALS]: { count: await waitingApprovals(ctx), countFrom: '/api/borders/approvals/waiting' },
  };
  return NAV.filter(({ permission }) => hasPermission(ctx.actor, permission)).map(({ href, words, key }) => ({ href, words, key, ...waiting[href] }));
}
