import type { Failure } from '@/components/developers/description';

/** What is answered when a request fails: status, the requirement and when it applies, code and words. */
export function FailureList({ failures }: { failures: readonly Failure[] }) {
  return (
    <dl className="mb-3 text-detail">
      {failures.map(({ name, status, summary, description }) => (
        <div key={name} className="border-b border-line py-1.5 last:border-b-0 sm:grid sm:grid-cols-[4rem_1fr] sm:gap-x-4">
          <dt className="tabular font-bold">{status}</dt>
          <dd className="mb-0 ml-0">
            {summary}
            <span className="block text-quiet">{description}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
