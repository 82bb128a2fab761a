import type { Look } from '@/components/registry/timeline-words';

/** The mark of an appointment, around the origin, 12 units wide at most: told apart by its form, whatever its colour. */
export function Shape({ look }: { look: Look }) {
  switch (look) {
    case 'coming':
      return <circle r="5.5" className="fill-blue" />;
    case 'attended':
      return <rect x="-5" y="-5" width="10" height="10" className="fill-green" />;
    case 'missed':
      return <path d="M0-6 6 5H-6Z" className="fill-red" />;
    case 'unsaid':
      return <circle r="4.5" className="fill-panel stroke-quiet" strokeWidth="2" />;
    case 'ended':
      return <path d="M-4.5-4.5 4.5 4.5M4.5-4.5-4.5 4.5" className="stroke-quiet" strokeWidth="2.5" />;
  }
}

/** The same in a line of text, beside words that say it. */
export function ShapeSign({ look }: { look: Look }) {
  return (
    <svg aria-hidden="true" viewBox="-7 -7 14 14" className="inline-block size-4 shrink-0 align-text-bottom">
      <Shape look={look} />
    </svg>
  );
}
