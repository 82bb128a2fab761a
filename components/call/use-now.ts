'use client';

import { useEffect, useState } from 'react';

/**
 * The server's time, running on: ticks every second from what the server said, so that a wrong clock on this
 * computer never shows a wrong time left. The first value equals the server's, as hydration needs.
 */
export function useNow(serverNow: Date): Date {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    const startedAt = performance.now();
    const tick = () => setNow(new Date(serverNow.getTime() + performance.now() - startedAt));
    const timer = setInterval(tick, 1_000);
    return () => clearInterval(timer);
  }, [serverNow]);
  return now;
}
