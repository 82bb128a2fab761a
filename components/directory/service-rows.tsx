import { borderNote, type BorderNote } from '@/components/crossborder/border-words';
import { freshCounts } from '@/components/directory/count-words';
import { CountsAsOf, LiveCount, LiveCounts } from '@/components/directory/live-counts';
import { openWords } from '@/components/directory/opening-words';
import { Link } from '@/components/ui/link';
import { Tag } from '@/components/ui/tag';
import type { Call } from '@/lib/booking/schema';
import type { BorderDecision } from '@/lib/crossborder/schema';
import type { ServiceRow } from '@/lib/directory/schema';

type ServiceRowsProps = {
  callId: string;
  services: readonly ServiceRow[];
  /** What a booking at each would be across a border, by service id. */
  borders: ReadonlyMap<string, BorderDecision>;
  selectedId: string | null;
  now: Date;
  skips: Call['skips'];
};

/**
 * The services in the directory's order, never re-sorted (D-040): two lines each, and the one number that matters; a third line
 * where a border is crossed. Only the numbers read themselves again, in their places; which services are listed stays as it was searched.
 */
export function ServiceRows({ callId, services, borders, selectedId, now, skips }: ServiceRowsProps) {
  return (
    <LiveCounts callId={callId} first={freshCounts(services, now)}>
      <div className="border border-line bg-panel">
        <p className="mb-0 border-b border-line px-4 py-1 text-right text-detail text-quiet tabular">
          Free slots as of <CountsAsOf />
        </p>
        <ol className="m-0 list-none p-0">
          {services.map((service, index) => (
            <Row
              key={service.id}
              callId={callId}
              service={service}
              border={borders.get(service.id)}
              position={index + 1}
              isSelected={service.id === selectedId}
              now={now}
              skip={skips.find(({ serviceId }) => serviceId === service.id)?.reason ?? null}
            />
          ))}
        </ol>
      </div>
    </LiveCounts>
  );
}

type RowProps = { callId: string; service: ServiceRow; border: BorderDecision | undefined; position: number; isSelected: boolean; now: Date; skip: string | null };

function Row({ callId, service, border, position, isSelected, now, skip }: RowProps) {
  const note = border ? borderNote(border) : null;
  return (
    <li className={`relative mb-0 flex flex-wrap gap-x-3 border-b border-line px-4 py-2 last:border-b-0 ${isSelected ? 'bg-selected shadow-selected' : ''}`}>
      <span className="w-5 shrink-0 text-quiet tabular" aria-hidden="true">
        {position}
      </span>
      <div className="min-w-0 flex-1 basis-3/4 sm:basis-0">
        <p className="mb-0">
          <Link href={`/calls/${callId}/services?service=${service.id}`} aria-current={isSelected ? 'true' : undefined} className="row-link font-bold no-underline" data-service-link scroll={false}>
            {service.name}
            {service.mark ? ` (${service.mark})` : ''}
          </Link>{' '}
          <Tags service={service} border={note?.tag ?? null} />
        </p>
        <p className="mb-0 text-detail text-quiet">
          {service.typeName} · {service.distanceMiles.toFixed(1)} miles · {service.address}, {service.postcode} · {openWords(service.open, now)}
        </p>
        {note ? (
          <p className="mb-0 text-detail tabular">
            <span className="nhsuk-u-visually-hidden">Across a border: </span>
            {note.line}
          </p>
        ) : null}
        {skip ? <p className="mb-0 text-detail">Passed over: {skip}</p> : null}
      </div>
      <LiveCount serviceId={service.id} />
    </li>
  );
}

function Tags({ service, border }: { service: ServiceRow; border: BorderNote['tag'] }) {
  return (
    <>
      {service.isBookingOnly ? <Tag tone="blue">Booking only</Tag> : null} {service.capacity === 'Low' ? <Tag tone="amber">Limited capacity</Tag> : null}{' '}
      {border ? <Tag tone={border.tone}>{border.words}</Tag> : null}
    </>
  );
}
