import { Link } from '@/components/ui/link';
import { Notice } from '@/components/ui/notice';
import type { HeldSlot } from '@/lib/booking/schema';
import { whenWords } from '@/lib/platform/time-words';

/** This call already holds a slot somewhere else: holding another lets it go. */
export function HeldElsewhere({ callId, held, now }: { callId: string; held: HeldSlot; now: Date }) {
  return (
    <Notice tone="info" title={`You hold ${whenWords(held.startsAt, now)} at ${held.serviceName}`}>
      <Link href={`/calls/${callId}/check`}>Check and book it</Link>. Holding a slot here lets it go.
    </Notice>
  );
}
