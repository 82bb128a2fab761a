import type { Conflict } from '@/lib/crossborder/agreement.schema';

/** What can be said of an agreement while it is typed. `sentence`: null while something that it needs is missing. */
export type AgreementLook = {
  sentence: string | null;
  /** Why nothing can be said of how it stands to others. */
  missing: string | null;
  conflicts: readonly { kind: Conflict['kind']; words: string; href: string }[];
  gaps: readonly string[];
};

// Red: it can never be agreed, or would never decide. Amber: something decides less than it seems to.
const TONES: Readonly<Record<Conflict['kind'], string>> = {
  overlaps: 'border-red bg-red-pale',
  'shadowed-by': 'border-red bg-red-pale',
  'partly-shadowed-by': 'border-amber bg-held',
  shadows: 'border-amber bg-held',
  'partly-shadows': 'border-blue bg-selected',
};

/** The agreement in words, and how it stands to others. */
export function AgreementLookPanel({ look: { sentence, missing, conflicts, gaps } }: { look: AgreementLook }) {
  return (
    <>
      {sentence ? <p className="text-lead wrap-anywhere">{sentence}</p> : null}
      {missing ? <p className="mb-0 text-quiet">{missing}</p> : null}
      {conflicts.length > 0 ? (
        <ul className="mb-3 list-none p-0">
          {conflicts.map(({ kind, words, href }) => (
            <li key={`${kind} ${href}`} className={`mb-2 border-l-4 py-1 pl-3 wrap-anywhere ${TONES[kind]}`}>
              {words}{' '}
              <a href={href} target="_blank" rel="noreferrer">
                Look at it<span className="sr-only"> (opens in a new tab)</span>
              </a>
            </li>
          ))}
        </ul>
      ) : null}
      {missing || conflicts.length > 0 ? null : <p className="mb-3">It meets no other agreement.</p>}
      {gaps.length > 0 ? (
        <>
          <h3 className="mb-1">Still open between these two</h3>
          <ul className="mb-0 pl-5">
            {gaps.map((gap) => (
              <li key={gap}>{gap}</li>
            ))}
          </ul>
        </>
      ) : null}
    </>
  );
}

/** The same in a few words, to be announced. */
export function lookSummary({ missing, conflicts, gaps }: AgreementLook): string {
  if (missing) return missing;
  const met = conflicts.length === 0 ? 'It meets no other agreement' : `It meets ${conflicts.length === 1 ? '1 other agreement' : `${conflicts.length} other agreements`}`;
  return gaps.length === 0 ? `${met}.` : `${met}, and ${gaps.length === 1 ? '1 gap is' : `${gaps.length} gaps are`} left open.`;
}
