'use client';

import { usePathname } from 'next/navigation';
import { useEffect, useState } from 'react';

const REFRESH_MS = 15_000;

/** How many things wait somewhere, behind its name; nothing when none do. */
export function Waiting({ count }: { count: number }) {
  return count > 0 ? <strong className="tabular"> ({count})</strong> : null;
}

/** The same, read again from this address at every change of page and every 15 seconds while the page is visible: a layout is not rendered again by itself. */
export function LiveWaiting({ first, from }: { first: number; from: string }) {
  const path = usePathname();
  const [shown, setShown] = useState({ first, count: first });
  // Rendered anew by the server, its number is the fresher one.
  if (shown.first !== first) setShown({ first, count: first });
  useEffect(() => {
    let isOver = false;
    async function read() {
      if (document.hidden) return;
      const count = await countAt(from);
      if (count !== null && !isOver) setShown((before) => ({ ...before, count }));
    }
    void read();
    const timer = setInterval(() => void read(), REFRESH_MS);
    return () => {
      isOver = true;
      clearInterval(timer);
    };
  }, [from, path]);
  return <Waiting count={shown.count} />;
}

/** Null without an answer: the last number stays. */
async function countAt(from: string): Promise<number | null> {
  try {
    const response = await fetch(from);
    const answer: unknown = response.ok ? await response.json() : null;
    return typeof answer === 'object' && answer !== null && 'count' in answer && typeof answer.count === 'number' ? answer.count : null;
  } catch {
    return null;
  }
}
