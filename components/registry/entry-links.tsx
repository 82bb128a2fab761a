import { Link } from '@/components/ui/link';
import { whenOf } from '@/components/registry/entry-words';
import type { PatientEntry } from '@/lib/registry/schema';

type EntryLinksProps = {
  entry: PatientEntry;
  callId: string;
  /** Whether whoever looks may open a sealed one with a reason, and where they come back to. */
  canOpen: boolean;
  back: string;
  now: Date;
};

/** What a call handler can do with an entry in a call: behind its words, each with a dot before it. */
export function EntryLinks({ entry, callId, canOpen, back, now }: EntryLinksProps) {
  const { id, appointment, isOpen, isSealed, isLinked, match } = entry;
  const comingBack = `back=${encodeURIComponent(back)}`;
  const samePerson = `/calls/${callId}/same-person?entry=${id}&${comingBack}`;
  const links = [
    { href: `/appointments/${appointment?.id}`, words: 'details', isThere: appointment !== null },
    { href: `/entries/${id}/open?${comingBack}`, words: 'open with a reason', isThere: isSealed && !isOpen && canOpen },
    { href: samePerson, words: 'same person?', isThere: match === 'maybe' && isOpen },
    { href: samePerson, words: 'linked by hand', isThere: isLinked && isOpen },
  ];
  return links
    .filter(({ isThere }) => isThere)
    .map(({ href, words }) => (
      <span key={words}>
        {' '}
        ·{' '}
        <Link href={href} className="inline-block">
          {words}
          <span className="nhsuk-u-visually-hidden">, appointment {whenOf(entry, now)}</span>
        </Link>
      </span>
    ));
}
