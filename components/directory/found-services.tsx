import { standingWords } from '@/components/directory/standing-words';
import { Link } from '@/components/ui/link';
import { Tag } from '@/components/ui/tag';
import type { FoundService } from '@/lib/directory/schema';
import type { Standing } from '@/lib/directory/why-not.rules';

/** A service that was found, where it stands in the list of the call, and whether it may be chosen. */
export type Found = { service: FoundService; standing: Standing; canChoose: boolean };

/** Services found by name, nearest first, each with why it is in the list of the call or not. */
export function FoundServices({ callId, found, now }: { callId: string; found: readonly Found[]; now: Date }) {
  return (
    <ul className="m-0 max-w-measure list-none border border-line bg-panel p-0">
      {found.map((one) => (
        <FoundRow key={one.service.id} callId={callId} now={now} {...one} />
      ))}
    </ul>
  );
}

function FoundRow({ callId, service, standing, canChoose, now }: Found & { callId: string; now: Date }) {
  const { title, reasons } = standingWords(standing, now);
  return (
    <li className="mb-0 flex flex-wrap items-start justify-between gap-x-5 border-b border-line px-4 py-3 last:border-b-0">
      <div className="min-w-0 flex-1 basis-3/4 sm:basis-0">
        <h3 className="mb-0 text-body">{service.name}</h3>
        <p className="mb-1 text-detail text-quiet tabular">
          {service.typeName} · {service.distanceMiles.toFixed(1)} miles · {service.address}, {service.postcode} · ODS code {service.odsCode} · directory id {service.dosId}
        </p>
        <p className="mb-0 text-detail">
          {standing.kind === 'listed' ? <strong>{title}</strong> : <Tag tone="grey">{title}</Tag>}
          {service.isBookable ? '' : ' · takes no bookings here'}
          {canChoose ? '' : ' · cannot be chosen for this patient'}
        </p>
        {reasons.length === 0 ? null : (
          <ul className="mt-1 mb-0 list-disc pl-5 text-detail">
            {reasons.map((reason) => (
              <li key={reason} className="mb-0">
                {reason}
              </li>
            ))}
          </ul>
        )}
      </div>
      {canChoose ? (
        <Link href={`/calls/${callId}/services?service=${service.id}`} data-command={`Choose ${service.name}`}>
          Choose<span className="nhsuk-u-visually-hidden"> {service.name}</span>
        </Link>
      ) : null}
    </li>
  );
}
