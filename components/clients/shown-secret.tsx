import { LinkButton } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import type { FormState } from '@/lib/platform/form';

/** A secret as it was made: the page that shows it is the only one that ever does. */
type MadeSecret = { clientId: string; secret: string };

/** A form that makes a secret: its answer has it, and nothing else keeps it. */
export type SecretState = FormState & { made?: MadeSecret };

export function ShownSecret({ made: { clientId, secret }, title }: { made: MadeSecret; title: string }) {
  return (
    <>
      <Notice tone="success" title={title} focus focusAgainFor={secret}>
        Copy the secret now: it is shown once, and nobody can look it up again. If it is lost, make a new one.
      </Notice>
      <dl className="panel mb-4">
        <dt className="font-bold">Client id</dt>
        <dd className="m-0 mb-3">
          <span className="font-mono text-lead wrap-anywhere select-all">{clientId}</span>
        </dd>
        <dt className="font-bold">Client secret</dt>
        <dd className="m-0">
          <span className="font-mono text-lead wrap-anywhere select-all">{secret}</span>
        </dd>
      </dl>
      <LinkButton href={`/clients/${clientId}`} variant="primary">
        I have copied it
      </LinkButton>
    </>
  );
}
