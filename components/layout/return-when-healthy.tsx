'use client';

import { useEffect } from 'react';

/** Asks in the background whether Onward is healthy again, and then goes to `to`. Shows nothing. */
export function ReturnWhenHealthy({ to, everySeconds }: { to: string; everySeconds: number }) {
  useEffect(() => {
    const timer = setInterval(() => void returnIfHealthy(to), everySeconds * 1_000);
    return () => clearInterval(timer);
  }, [to, everySeconds]);
  return null;
}

async function returnIfHealthy(to: string): Promise<void> {
  const answer = await fetch('/api/health', { cache: 'no-store' }).catch(() => null);
  if (answer?.ok) window.location.replace(to);
}
