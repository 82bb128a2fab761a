import type { ReactNode } from 'react';
import { PageShell } from '@/components/layout/page-shell';
import { headerPerson } from '@/components/layout/header-person';
import { Shortcuts } from '@/components/layout/shortcuts';
import { hasPermission } from '@/lib/auth/permissions';
import { maybeStaffCtx } from '@/lib/auth/session';
import { openTaskCount } from '@/lib/notify/contact.queries';
import { areSingleKeysOn } from './keys/single-keys';

const CONTACT = '/contact';

const NAV = [
  { href: '/calls', words: 'My calls', key: 'm', permission: 'call:open' },
  { href: '/calls/new', words: 'New call', key: 'n', permission: 'call:open' },
  { href: '/schedules', words: 'Schedules', key: 'w', permission: 'schedule:read' },
  { href: CONTACT, words: 'People to contact', key: 'p', permission: 'contact:work' },
  { href: '/clients', words: 'API clients', key: 'a', permission: 'client:manage' },
  { href: '/sources', words: 'Appointment sources', key: 's', permission: 'source:manage' },
  { href: '/access', words: 'Looks with a reason', key: 'o', permission: 'access:review' },
  { href: '/appointments', words: 'Find an appointment', key: 'f', permission: 'appointment:read' },
  { href: '/patients', words: 'Find a patient', key: 't', permission: 'registry:view' },
] as const;

// Also the layout of the pages of those who run services or look after the system. Each page asks for its own ctx and knows the way back to itself after signing in; the layout only shows who it is.
export default async function StaffLayout({ children }: { children: ReactNode }) {
  const ctx = await maybeStaffCtx();
  const toContact = ctx ? await openTaskCount(ctx) : 0;
  const nav = NAV.filter(({ permission }) => !ctx || hasPermission(ctx.actor, permission)).map(({ href, words, key }) => ({ href, words, key, count: href === CONTACT ? toContact : undefined }));
  return (
    <PageShell person={ctx ? headerPerson(ctx.actor) : null} nav={nav}>
      {children}
      {ctx ? <Shortcuts areSingleKeysOn={await areSingleKeysOn()} /> : null}
    </PageShell>
  );
}
