import type { Metadata } from 'next';
import { EndedCall } from '@/components/call/ended-call';
import { NotMine } from '@/components/call/not-mine';
import { SamePerson } from '@/components/registry/same-person';
import { whyNotWords } from '@/components/registry/same-person-words';
import { Link } from '@/components/ui/link';
import { Notice } from '@/components/ui/notice';
import type { Ctx } from '@/lib/auth/actor';
import { isUnderWay } from '@/lib/booking/call.rules';
import type { Call } from '@/lib/booking/schema';
import { entryOfPatient } from '@/lib/registry/queries';
import { openCall } from '../call';
import { takeCallOver } from '../hand-over/actions';
import { callPageFrom } from './back';
import { LinkForm } from './link-form';

export const metadata: Metadata = { title: 'Same person? – this call' };

type Asked = string | string[] | undefined;
type SamePersonPageProps = { params: Promise<{ callId: string }>; searchParams: Promise<{ entry?: Asked; back?: Asked }> };

export default async function SamePersonPage({ params, searchParams }: SamePersonPageProps) {
  const { callId } = await params;
  const { entry, back } = await searchParams;
  const entryId = typeof entry === 'string' ? entry : '';
  const { ctx, call } = await openCall(callId, `same-person?entry=${encodeURIComponent(entryId)}`);
  return (
    <div className="mx-auto max-w-measure">
      {isUnderWay(call, ctx.now) ? <Question ctx={ctx} call={call} entryId={entryId} back={callPageFrom(callId, back)} /> : <EndedCall call={call} />}
    </div>
  );
}

async function Question({ ctx, call, entryId, back }: { ctx: Ctx; call: Call; entryId: string; back: string }) {
  const found = await entryOfPatient(ctx, { patient: call.patient, entryId, callId: call.id });
  const whyNot = whyNotWords(found, call.patient);
  return (
    <>
      {call.isMine ? null : <NotMine call={call} back="services" takeOver={takeCallOver} />}
      <h1 className="nhsuk-heading-l mb-4">Is this the same person?</h1>
      {whyNot ? (
        <Notice tone="info" title={whyNot.title}>
          {whyNot.todo}
        </Notice>
      ) : null}
      {found ? <SamePerson found={found} patient={call.patient} now={ctx.now} /> : null}
      {found && call.isMine && !whyNot ? <LinkForm callId={call.id} entry={found.entry} back={back} /> : <Link href={back}>Back to the call</Link>}
    </>
  );
}
