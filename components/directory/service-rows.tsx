import { Link } from '@/components/ui/link';
import { Tag } from '@/components/ui/tag';
import type { ServiceRow } from '@/lib/directory/schema';
import { durationWords, minutesBetween, whenWords } from '@/lib/platform/time-words';
import { openWords } from '@/components/directory/opening-words';

type ServiceRowsProps = { callId: string; services: readonly ServiceRow[]; selectedId: string | null; now: Date };

/** The services in the directory's order, never re-sorted (D-040): two lines each, and the one number that matters. */
export function ServiceRows({ callId, services, selectedId, now }: ServiceRowsProps) {
  return (
    <ol className="m-0 list-none border border-line bg-panel p-0">
      {services.map((service, index) => (
        <Row key={service.id} callId={callId} service={service} position={index + 1} isSelected={service.id === selectedId} now={now} />
      ))}
    </ol>
  );
}

type RowProps = { callId: string; service: ServiceRow; position: number; isSelected: boolean; now: Date };

function Row({ callId, service, position, isSelected, now }: RowProps) {
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
          <Tags service={service} />
        </p>
        <p className="mb-0 text-detail text-quiet">
          {service.typeName} · {service.distanceMiles.toFixed(1)} miles · {service.address}, {service.postcode} · {openWords(service.open, now)}
        </p>
      </div>
      <Count service={service} now={now} />
    </li>
  );
}

function Tags({ service }: { service: ServiceRow }) {
  return (
    <>
      {service.isBookingOnly ? <Tag tone="blue">Booking only</Tag> : null} {service.capacity === 'Low' ? <Tag tone="amber">Limited capacity</Tag> : null}
    </>
  );
}

function Count({ service, now }: { service: ServiceRow; now: Date }) {
  const [count, note] = countWords(service, now);
  return (
    <div className="basis-full pl-8 tabular sm:basis-auto sm:pl-0 sm:text-right">
      <p className="mb-0 font-bold">{count}</p>
      <p className="mb-0 text-detail text-quiet">{note}</p>
    </div>
  );
}

function countWords({ isBookable, freeInTime, earliestInTime, earliestAfter, publicPhone }: ServiceRow, now: Date): readonly [string, string] {
  if (!isBookable) return ['No booking here', publicPhone ? `call ${publicPhone}` : 'refer by telephone'];
  if (earliestInTime) return [`${freeInTime} free in time`, `earliest ${whenWords(earliestInTime, now)}`];
  if (earliestAfter) return ['None in time', `next ${whenWords(earliestAfter, now)}, in ${durationWords(minutesBetween(now, earliestAfter))}`];
  return ['None free', 'nothing in the next 7 days'];
}
