'use client';

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';

// Asked even when the browser believes that it is offline: only an answer tells. One repeat forgives a lost one.
const OPTIONS = { defaultOptions: { queries: { networkMode: 'always', retry: 1 } } } as const;

/** Around all of a page whose lists read themselves again: they share one client. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const [client] = useState(() => new QueryClient(OPTIONS));
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}
