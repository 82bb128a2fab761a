import type { ReactNode } from 'react';

export type TagTone = 'blue' | 'amber' | 'red' | 'green' | 'grey' | 'pink';

/** One or two words about the state of a thing. */
export function Tag({ tone, children }: { tone: TagTone; children: ReactNode }) {
  return <strong className={`nhsuk-tag nhsuk-tag--${tone}`}>{children}</strong>;
}
