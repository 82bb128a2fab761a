import type { ReactNode } from 'react';

/** A name, path or value as it is written; the kit's own is red, which means a fault here. */
export function Code({ children }: { children: ReactNode }) {
  return <code className="bg-transparent p-0 wrap-anywhere text-inherit">{children}</code>;
}
