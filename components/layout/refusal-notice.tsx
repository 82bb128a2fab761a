import type { ReactNode } from 'react';
import { Notice } from '@/components/ui/notice';
import type { Refused } from '@/lib/platform/form';

/** What was refused and what to do now. Announced, and takes the focus. `children` may offer the way on. */
export function RefusalNotice({ refused, children }: { refused: Refused; children?: ReactNode }) {
  return (
    <Notice tone="refusal" title={refused.title} focus focusAgainFor={refused}>
      <p className="mb-0">{refused.todo}</p>
      {children}
    </Notice>
  );
}
