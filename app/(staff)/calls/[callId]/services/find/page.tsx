import type { Metadata } from 'next';
import { EndedCall } from '@/components/call/ended-call';
import { FoundServices } from '@/components/directory/found-services';
import { Button } from '@/components/ui/button';
import { TextInput } from '@/components/ui/text-input';
import type { Ctx } from '@/lib/auth/actor';
import { searchOf } from '@/lib/booking/call.rules';
import type { Call } from '@/lib/booking/schema';
import { MOST_FOUND, findServicesByText } from '@/lib/directory/find.queries';
import { whyNotInList } from '@/lib/directory/why-not.queries';
import { openCall } from '../../call';

export const metadata: Metadata = { title: 'Find a service – this call' };

type FindPageProps = { params: Promise<{ callId: string }>; searchParams: Promise<{ q?: string | string[] }> };

export default async function FindServicePage({ params, searchParams }: FindPageProps) {
  const { ctx, call } = await openCall((await params).callId);
  if (call.state !== 'open' && !call.moves) return <EndedCall call={call} />;

  const { q } = await searchParams;
  const text = typeof q === 'string' ? q.trim() : '';
  return (
    <>
      <h1>Find a service</h1>
      <form role="search" className="mb-5 max-w-form">
        <TextInput name="q" label="Name, ODS code or directory id" hint="Any words of the name, in any order" defaultValue={text} autoComplete="off" spellCheck={false} />
        <Button>Find services</Button>
      </form>
      {text === '' ? null : <Answer ctx={ctx} call={call} text={text} />}
    </>
  );
}

async function Answer({ ctx, call, text }: { ctx: Ctx; call: Call; text: string }) {
  const services = await findServicesByText(ctx, { text, place: call.place });
  const standings = await whyNotInList(ctx, { request: searchOf(ctx, call), serviceIds: services.map(({ id }) => id) });
  const found = services.flatMap((service) => {
    const known = standings.get(service.id);
    return known ? [{ service, ...known }] : [];
  });
  if (found.length === 0) {
    return (
      <>
        <h2>No service found</h2>
        <p className="max-w-measure">No service has all of these words in its name, or this code. Try fewer words, or check the spelling.</p>
      </>
    );
  }
  return (
    <>
      <h2>{countWords(found.length)}</h2>
      <FoundServices callId={call.id} found={found} now={ctx.now} />
    </>
  );
}

function countWords(count: number): string {
  if (count === MOST_FOUND) return `The ${MOST_FOUND} nearest services. Type more words to narrow it down`;
  return count === 1 ? '1 service' : `${count} services, the nearest first`;
}
