import type { Metadata } from 'next';
import { Code } from '@/components/developers/code';
import { Contents } from '@/components/developers/contents';
import { commonFailures } from '@/components/developers/description';
import { FailureList } from '@/components/developers/failure-list';
import { Interactions } from '@/components/developers/interactions';
import { Tokens } from '@/components/developers/tokens';
import { PageShell } from '@/components/layout/page-shell';
import { apiDescription } from '@/lib/fhir/app';
import { publicUrl } from '@/lib/platform/env';

export const metadata: Metadata = { title: 'For developers' };
// The address of the installation is a setting, not of the build.
export const dynamic = 'force-dynamic';

export default function DevelopersPage() {
  const root = `${publicUrl()}/STU3`;
  const description = apiDescription(root);
  const common = commonFailures(description);
  return (
    <PageShell>
      <div className="max-w-measure">
        <h1>The booking API</h1>
        {description.info.description.split('\n\n').map((paragraph) => (
          <p key={paragraph}>{paragraph}</p>
        ))}
        <p>
          The service root is <Code>{root}</Code>. The same description for tools: <a href="/STU3/openapi.json">OpenAPI 3.1</a>.
        </p>
        <Contents description={description} />
        <Tokens root={root} credentials={description.components.securitySchemes.oauth2.flows.clientCredentials} />
        {description.tags.map((tag) => (
          <Interactions key={tag.name} tag={tag} description={description} told={common} />
        ))}
        <section className="panel" aria-labelledby="failures">
          <h2 id="failures">How every request can fail</h2>
          <p>Whatever needs a token can fail like this, besides what is said of each interaction. The body is an OperationOutcome with the code and the words shown.</p>
          <FailureList failures={common} />
        </section>
      </div>
    </PageShell>
  );
}
