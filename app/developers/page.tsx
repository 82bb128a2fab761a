import type { Metadata } from 'next';
import { Code } from '@/components/developers/code';
import { Contents } from '@/components/developers/contents';
import { commonFailures } from '@/components/developers/description';
import { FailureList } from '@/components/developers/failure-list';
import { Interactions } from '@/components/developers/interactions';
import { Tokens } from '@/components/developers/tokens';
import { PageShell } from '@/components/layout/page-shell';
import { apiDescriptions } from '@/lib/fhir/app';
import { publicUrl } from '@/lib/platform/env';

export const metadata: Metadata = { title: 'For developers' };
// The address of the installation is a setting, not of the build.
export const dynamic = 'force-dynamic';

export default function DevelopersPage() {
  const root = `${publicUrl()}/STU3`;
  const { booking, registry } = apiDescriptions(publicUrl());
  const common = commonFailures(booking);
  return (
    <PageShell>
      <div className="max-w-measure">
        <h1>The booking API</h1>
        {booking.info.description.split('\n\n').map((paragraph) => (
          <p key={paragraph}>{paragraph}</p>
        ))}
        <p>
          The service root is <Code>{root}</Code>. The same description for tools: <a href="/STU3/openapi.json">OpenAPI 3.1</a>.
        </p>
        <p>
          The registry, where appointments that are held elsewhere are registered and found, has a root of its own: <Code>{`${publicUrl()}/registry/STU3`}</Code>. Its
          description for tools: <a href="/registry/STU3/openapi.json">OpenAPI 3.1 of the registry</a>.
        </p>
        <Contents descriptions={[booking, registry]} />
        <Tokens root={root} credentials={booking.components.securitySchemes.oauth2.flows.clientCredentials} />
        {[booking, registry].map((description) =>
          description.tags.map((tag) => <Interactions key={tag.name} tag={tag} description={description} told={common} />),
        )}
        <section className="panel" aria-labelledby="failures">
          <h2 id="failures">How every request can fail</h2>
          <p>Whatever needs a token can fail like this, besides what is said of each interaction. The body is an OperationOutcome with the code and the words shown.</p>
          <FailureList failures={common} />
        </section>
      </div>
    </PageShell>
  );
}
