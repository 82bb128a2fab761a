import { interactionsOf, type Description } from '@/components/developers/description';

const PARTS = [
  { href: '#tokens', words: 'Get a token' },
  { href: '#failures', words: 'How every request can fail' },
];

/** Where to find what on the page. */
export function Contents({ descriptions }: { descriptions: readonly Description[] }) {
  return (
    <nav aria-labelledby="contents" className="panel mb-4">
      <h2 id="contents">Contents</h2>
      <ul className="mb-0 list-none gap-x-8 pl-0 sm:columns-2">
        {PARTS.map(({ href, words }) => (
          <li key={href} className="mb-1">
            <a href={href}>{words}</a>
          </li>
        ))}
        {descriptions
          .flatMap((description) => description.tags.flatMap(({ name }) => interactionsOf(description, name)))
          .map(({ operation }) => (
            <li key={operation.operationId} className="mb-1">
              <a href={`#${operation.operationId}`}>{operation.summary}</a>
            </li>
          ))}
      </ul>
    </nav>
  );
}
