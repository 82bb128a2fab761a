'use client';

import { useRouter } from 'next/navigation';
import type { AnchorHTMLAttributes, MouseEvent } from 'react';

type LinkProps = AnchorHTMLAttributes<HTMLAnchorElement> & {
  href: string;
  /** False leaves the page where it is scrolled to. */
  scroll?: boolean;
};

/**
 * A link inside Onward: a plain one, that changes the page without loading it anew where JavaScript runs.
 * Not Next's own: that reads pages before anybody asked for them, and here a read of a patient's page is audited.
 */
export function Link({ href, scroll = true, ...anchor }: LinkProps) {
  const router = useRouter();
  function go(event: MouseEvent<HTMLAnchorElement>) {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    router.push(href, { scroll });
  }
  return <a {...anchor} href={href} onClick={go} />;
}
