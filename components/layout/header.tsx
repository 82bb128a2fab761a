import { Link } from '@/components/ui/link';
import { NavLinks, type NavItem } from '@/components/layout/nav-links';

export type HeaderPerson = { name: string; role: string; organisation: string };

/** The blue bar on every page: the wordmark, where to go, and who is signed in. Without a person only the wordmark. */
export function Header({ person, nav = [] }: { person?: HeaderPerson | null; nav?: readonly NavItem[] }) {
  return (
    <header className="screen-only bg-blue text-panel">
      <div className="page-width flex min-h-header flex-wrap items-center gap-x-7">
        <Link href="/" className="on-blue text-heading font-bold no-underline">
          Onward
        </Link>
        <NavLinks items={nav} />
        {person ? <SignedIn person={person} /> : null}
      </div>
    </header>
  );
}

function SignedIn({ person }: { person: HeaderPerson }) {
  return (
    <div className="ml-auto flex flex-wrap items-center gap-x-3 py-1 text-detail">
      <span>
        {person.name} · {person.role} · {person.organisation}
      </span>
      <Link href="/keys" className="on-blue" data-command="All keys, and switching them on or off">
        Keys
      </Link>
      <form action="/sign-out" method="post">
        <button type="submit" className="link-button on-blue" data-command="Sign out">
          Sign out
        </button>
      </form>
    </div>
  );
}
