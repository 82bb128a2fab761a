'use client';

import { usePathname } from 'next/navigation';
import { LiveWaiting, Waiting } from '@/components/layout/waiting-count';
import { Link } from '@/components/ui/link';

type BorderTabsProps = {
  /** How many questions wait for an answer. */
  approvals: number;
  /** How many proposals wait to be agreed. */
  agreements: number;
};

/** The pages of a commissioner; the one that is shown is marked, and numbers say where something waits. */
export function BorderTabs({ approvals, agreements }: BorderTabsProps) {
  const path = usePathname();
  const tabs = [
    { href: '/borders', words: 'Overview', count: 0 },
    { href: '/borders/approvals', words: 'Approvals', count: approvals, countFrom: '/api/borders/approvals/waiting' },
    { href: '/borders/agreements', words: 'Agreements', count: agreements },
    { href: '/borders/ledger', words: 'Ledger', count: 0 },
    { href: '/borders/flows', words: 'Flows', count: 0 },
    { href: '/borders/notices', words: 'Notices', count: 0 },
    { href: '/borders/defaults', words: 'Defaults', count: 0 },
  ];
  const current = tabs.filter(({ href }) => path === href || path.startsWith(`${href}/`)).at(-1);
  return (
    <nav aria-label="Across borders">
      <ul className="m-0 flex list-none flex-wrap gap-x-5 p-0 text-detail">
        {tabs.map((tab) => (
          <li key={tab.href} className="mb-0">
            <Link href={tab.href} className="service-tab" aria-current={tab === current ? 'page' : undefined} data-command={`Across borders: ${tab.words}`}>
              {tab.words}
              {tab.countFrom ? <LiveWaiting first={tab.count} from={tab.countFrom} /> : <Waiting count={tab.count} />}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
