import { Code } from '@/components/developers/code';
import type { Operation } from '@/components/developers/description';

const PLACES = { path: 'in the path', query: 'in the query', header: 'a header' };

/** The parameters of an interaction: name and place, what they mean, an example. */
export function ParameterList({ parameters }: { parameters: Operation['parameters'] }) {
  return (
    <dl className="mb-3 text-detail">
      {parameters.map(({ name, in: place, required, description, example }) => (
        <div key={name} className="border-b border-line py-1.5 last:border-b-0 sm:grid sm:grid-cols-[11rem_1fr] sm:gap-x-4">
          <dt>
            <strong className="block">
              <Code>{name}</Code>
            </strong>
            <span className="text-quiet">{required ? `${PLACES[place]}, required` : PLACES[place]}</span>
          </dt>
          <dd className="mb-0 ml-0">
            {description}
            {example ? (
              <span className="block text-quiet">
                Example: <Code>{example}</Code>
              </span>
            ) : null}
          </dd>
        </div>
      ))}
    </dl>
  );
}
