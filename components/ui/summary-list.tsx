import { Link } from '@/components/ui/link';
import type { ReactNode } from 'react';

export type SummaryRow = {
  key: string;
  value: ReactNode;
  /** `about` finishes the words for those who hear the link alone: "Change" + "when". */
  action?: { href: string; words: string; about: string };
};

export function SummaryList({ rows }: { rows: readonly SummaryRow[] }) {
  return (
    <dl className="nhsuk-summary-list">
      {rows.map(({ key, value, action }) => (
        <div key={key} className="nhsuk-summary-list__row">
          <dt className="nhsuk-summary-list__key">{key}</dt>
          <dd className="nhsuk-summary-list__value">{value}</dd>
          {action ? (
            <dd className="nhsuk-summary-list__actions">
              <Link href={action.href}>
                {action.words}
                <span className="nhsuk-u-visually-hidden"> {action.about}</span>
              </Link>
            </dd>
          ) : null}
        </div>
      ))}
    </dl>
  );
}
