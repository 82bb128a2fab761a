import { Code } from '@/components/developers/code';
import { exampleIn, type Failure, type Interaction } from '@/components/developers/description';
import { Example } from '@/components/developers/example';
import { FailureList } from '@/components/developers/failure-list';
import { ParameterList } from '@/components/developers/parameter-list';
import { Details } from '@/components/ui/details';
import { Tag } from '@/components/ui/tag';

/** One interaction: how it is asked for, with what, and what is answered. */
export function InteractionPanel({ interaction, failures }: { interaction: Interaction; failures: readonly Failure[] }) {
  const { method, path, operation } = interaction;
  const [status = '', success] = Object.entries(operation.responses).find(([code]) => Number(code) < 300) ?? [];
  const asked = exampleIn(operation.requestBody?.content);
  const answered = exampleIn(success?.content);
  return (
    <section className="panel mb-4" id={operation.operationId} aria-labelledby={`${operation.operationId}-name`}>
      <h3 id={`${operation.operationId}-name`}>{operation.summary}</h3>
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <Tag tone={method === 'GET' ? 'blue' : 'green'}>{method}</Tag>
        <Code>{path}</Code>
      </p>
      {operation.description.split('\n\n').map((paragraph) => (
        <p key={paragraph}>{paragraph}</p>
      ))}
      <p className="text-detail text-quiet">{scopeWords(operation.security)}</p>
      <h4 className="mb-1 text-detail font-bold">Parameters</h4>
      <ParameterList parameters={operation.parameters} />
      <h4 className="mb-1 text-detail font-bold">Answer</h4>
      <p className="text-detail">
        <strong className="tabular">{status}</strong> {success?.description}
      </p>
      <div className="flex flex-col gap-2">
        {asked ? (
          <Details summary={`Example of a body: ${operation.summary.toLowerCase()}`}>
            <Example label={`Body to ${operation.summary.toLowerCase()}`}>{asked}</Example>
          </Details>
        ) : null}
        {answered ? (
          <Details summary={`Example of an answer: ${operation.summary.toLowerCase()}`}>
            <Example label={`Answer to ${operation.summary.toLowerCase()}`}>{answered}</Example>
          </Details>
        ) : null}
        {failures.length > 0 ? (
          <Details summary={`How it can fail: ${operation.summary.toLowerCase()}`}>
            <FailureList failures={failures} />
          </Details>
        ) : null}
      </div>
    </section>
  );
}

function scopeWords(security: Interaction['operation']['security']): string {
  const scopes = security.flatMap((each) => each['oauth2'] ?? []);
  return scopes.length > 0 ? `Scope: ${scopes.join(' or ')}` : 'No token is needed.';
}
