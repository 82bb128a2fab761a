import type { ReactNode } from 'react';
import { SCOPE_WORDS } from '@/components/clients/client-words';
import { Checkboxes } from '@/components/ui/checkboxes';
import { Notice } from '@/components/ui/notice';
import { TextInput } from '@/components/ui/text-input';

type ClientFieldsProps = { values: Record<string, string>; faults: Record<string, string> };

const SCOPE_OPTIONS = Object.entries(SCOPE_WORDS).map(([value, words]) => ({ value, words }));

/** Everything that is set of an API client, by the names that `clientForm` reads. */
export function ClientFields({ values, faults }: ClientFieldsProps) {
  const field = (name: string) => ({ name, error: faults[name], defaultValue: values[name], autoComplete: 'off', spellCheck: false });
  const tick = (name: string, words: string, hint: string) => <Checkboxes name={name} error={faults[name]} defaultValues={[values[name] ?? '']} options={[{ value: 'yes', words, hint }]} />;
  return (
    <>
      <Part title="Who it is">
        <TextInput {...field('name')} label="Name of the system" hint="Appointments that it books show this name" />
        <TextInput {...field('organisationCode')} label="Its organisation" hint="ODS code, such as Y99901" width={10} />
        <TextInput {...field('actsFor')} label="Other organisations that it acts for" hint="ODS codes with a comma between two" optional />
      </Part>
      <Part title="What it may do">
        <Checkboxes name="scopes" legend="Through the API it may" error={faults['scopes']} defaultValues={(values['scopes'] ?? '').split(',')} options={SCOPE_OPTIONS} />
        <TextInput {...field('bookServices')} label="Services that it may book" hint="DoS service ids with a comma between two, * for every service, or nothing" optional />
        <TextInput {...field('cancelServices')} label="Services where it may amend and cancel" hint="Written in the same way" optional />
        {tick('needsDocument', 'A booking must name its clinical document', 'The document itself travels separately. Leave it ticked unless the sender has none')}
        <TextInput {...field('requestsPerMinute')} label="Requests a minute" hint="Above that it is told to wait" width={10} inputMode="numeric" />
      </Part>
      <Part title="Tokens that it makes itself">
        <p className="mb-4 text-detail text-quiet">Leave this empty for a system that gets its tokens here, with a secret or a key.</p>
        <TextInput {...field('issuer')} label="Issuer" hint="The “iss” of its tokens, such as https://triage.example.com" optional />
        {tick('refusesLongTokens', 'Refuse tokens with a life of more than 5 minutes', 'Otherwise they are only logged')}
        {tick('needsProxyHeaders', 'Refuse requests without the headers of the Spine proxy', 'Such as Ssp-TraceID')}
        <Notice tone="warning" title="Unsigned tokens prove nothing">
          Whoever reaches this server can write one and be taken for this client. Accept them only where every request comes through the Spine Secure Proxy and nobody can go around it.
        </Notice>
        {tick('isBehindProxy', 'Accept unsigned tokens of this issuer', 'Only behind the Spine Secure Proxy')}
      </Part>
    </>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="panel mb-4 pb-0">
      <h2 className="mb-3 text-lead">{title}</h2>
      {children}
    </section>
  );
}
