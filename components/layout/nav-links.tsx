'use client';

import { LiveWaiting, Waiting } from '@/components/layout/waiting-count';
import { Link } from '@/components/ui/link';
import { usePathname } from 'next/navigation';

/** `key`: the single key that goes there; `count`: how many things wait there, when any do; `countFrom`: where that is read again. */
export type NavItem = { href: string; words: string; key: string; count?: number; countFrom?: string };

/** The places of the header; the one that the page lies under is marked. */
export function NavLinks({ items }: { items: readonly NavItem[] }) {
  const path = usePathname();
  const current = currentItem(items, path);
  if (items.length === 0) return null;

  return (
    <nav aria-label="Main">
      <ul className="m-0 flex list-none flex-wrap gap-x-6 p-0">
        {items.map(({ href, words, key, count = 0, countFrom }) => (
          <li key={href} className="mb-0">
            <Link href={href} className="nav-link on-blue" aria-current={ariaCurrent(href, current, path)} data-command={words} data-key={key}>
              {words}
              {countFrom ? <LiveWaiting first={count} from={countFrom} /> : <Waiting count={count} />}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Of the items that the path lies under the most exact one: `/calls/new` and not `/calls`. */
function currentItem(items: readonly NavItem[], path: string): string | undefined {
  const above = items.map((item) => item.href).filter((href) => path === href || path.startsWith(`${href}/`));
  return above.sort((one, other) => other.length - one.length)[0];
}

function ariaCurrent(href: string, current: string | undefined, path: string): 'page' | 'true' | undefined {
  if (href !== current) return undefined;
  return href === path ? 'page' : 'true';
}
