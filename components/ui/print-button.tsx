'use client';

import { useSyncExternalStore } from 'react';
import { Button } from '@/components/ui/button';

const never = () => () => undefined;

/** Prints the page. Only there where JavaScript runs: without it the browser's own menu prints. */
export function PrintButton({ children }: { children: string }) {
  const isRunning = useSyncExternalStore(never, () => true, () => false);
  if (!isRunning) return null;
  return (
    <Button type="button" variant="secondary" onClick={() => window.print()} data-command={children}>
      {children}
    </Button>
  );
}
