import { Link } from '@/components/ui/link';
import type { Call } from '@/lib/booking/schema';

type CallMenuProps = { call: Call; canReassign: boolean; canReadRecord: boolean };

const KEYS: Readonly<Record<string, string>> = { services: 's', patient: 'h' };

/** What can be done with the call besides finding it a service: one quiet line under the call bar. */
export function CallMenu({ call, canReassign, canReadRecord }: CallMenuProps) {
  const isOpen = call.state === 'open';
  const isLive = isOpen || call.state === 'booked';
  const items = [
    { page: call.state === 'booked' ? 'booked' : 'services', words: call.state === 'booked' ? 'Read-back' : 'Services', isThere: true },
    { page: 'patient', words: 'All appointments', isThere: true },
    { page: 'contacts', words: 'Numbers to ring', isThere: isLive && call.isMine },
    { page: 'hand-over', words: 'Hand over', isThere: isLive && (call.isMine || canReassign) },
    { page: 'close', words: 'Close without a service', isThere: isOpen && call.isMine },
    { page: 'record', words: 'Call record', isThere: canReadRecord },
  ];
  return (
    <nav aria-label="This call" className="screen-only -mt-2 mb-2 text-detail">
      <ul className="m-0 flex list-none flex-wrap gap-x-5 p-0">
        {items
          .filter(({ isThere }) => isThere)
          .map(({ page, words }) => (
            <li key={page} className="mb-0">
              <Link href={`/calls/${call.id}/${page}`} data-command={words} data-key={KEYS[page]}>
                {words}
              </Link>
            </li>
          ))}
      </ul>
    </nav>
  );
}
