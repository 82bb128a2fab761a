import { RefusalNotice } from '@/components/layout/refusal-notice';
import type { RefusalCode } from '@/lib/platform/errors';
import type { Refused } from '@/lib/platform/form';

type ChangedNoticeProps = {
  refused: Refused;
  /** The refusal that says that somebody else was quicker. */
  code: RefusalCode;
  /** Where what stands now is shown. */
  href: string;
};

/** A refusal at a form that changes what others change too: with a way to see what stands now, beside what was typed. */
export function ChangedNotice({ refused, code, href }: ChangedNoticeProps) {
  return (
    <RefusalNotice refused={refused}>
      {refused.refusal.code === code ? (
        <p className="mt-2 mb-0">
          <a href={href} target="_blank" rel="noreferrer">
            What stands now (opens in a new tab)
          </a>
        </p>
      ) : null}
    </RefusalNotice>
  );
}
