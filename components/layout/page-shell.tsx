import type { ReactNode } from 'react';
import { Footer } from '@/components/layout/footer';
import { Header, type HeaderPerson } from '@/components/layout/header';
import type { NavItem } from '@/components/layout/nav-links';
import { SkipLink } from '@/components/layout/skip-link';
import { isDemonstration } from '@/lib/platform/env';

/** Skip link, header, main part and footer of a page. */
export function PageShell({ person, nav, children }: { person?: HeaderPerson | null; nav?: readonly NavItem[]; children: ReactNode }) {
  return (
    <>
      <SkipLink />
      <Header person={person} nav={nav} />
      <main id="main" className="page-width" tabIndex={-1}>
        {children}
      </main>
      <Footer isDemonstration={isDemonstration()} />
    </>
  );
}
