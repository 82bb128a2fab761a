import { Button } from '@/components/ui/button';
import type { Candidate } from '@/lib/platform/errors';

/** What the typed words could mean, each a button that chooses it and goes on. */
export function Candidates({ name, title, candidates }: { name: string; title: string; candidates: readonly Candidate[] }) {
  return (
    <div role="group" aria-label={title} className="mb-5 border-l-4 border-blue pl-4">
      <p className="mb-1 font-bold">{title}</p>
      <ul className="m-0 list-none p-0">
        {candidates.map(({ value, words }) => (
          <li key={value} className="mb-1">
            <Button type="submit" variant="link" name={name} value={value}>
              {words}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}
