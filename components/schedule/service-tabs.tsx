'use client';

import { usePathname } from 'next/navigation';
import { Link } from '@/components/ui/link';

const TABS = [
  { path: '', words: 'Schedule' },
  { path: '/day', words: 'Day list' },
  { path: '/templates', words: 'Weekly patterns' },
  { path: '/closures', words: 'Closures' },
  { path: '/profile', words: 'Service profile' },
  { path: '/reports', words: 'Reports' },
  { path: '/changes', words: 'Changes' },
] as const;

/** The pages of one service; the one that is shown is marked. */
export function ServiceTabs({ serviceId }: { serviceId: string }) {
  const path = usePathname();
  const base = `/schedules/${serviceId}`;
  const current = TABS.filter((tab) => path === base + tab.path || path.startsWith(`${base}${tab.path}/`)).at(-1);
  return (
    <nav aria-label="This service">
      <ul className="m-0 flex list-none flex-wrap gap-x-5 p-0 text-detail">
        {TABS.map((tab) => (
          <li key={tab.path} className="mb-0">
            <Link href={base + tab.path} className="service-tab" aria-current={tab === current ? 'page' : undefined} data-command={`This service: ${tab.words}`}>
              {tab.words}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
