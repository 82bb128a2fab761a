import { Notice } from '@/components/ui/notice';
import type { ServiceRow } from '@/lib/directory/schema';

/** What the handler must know of the chosen service before its slots. */
export function ServiceDetails({ service }: { service: ServiceRow }) {
  return (
    <>
      <h2 id="service-heading" className="nhsuk-heading-s mb-2">
        {service.name}
      </h2>
      <p className="mb-2 text-detail text-quiet tabular">{factsOf(service).join(' · ')}</p>
      {service.handlerInstructions ? <p className="mb-3 text-detail">{service.handlerInstructions}</p> : null}
      {service.patientInformation ? (
        <p className="mb-3 text-detail">
          <b>For the patient:</b> {service.patientInformation}
        </p>
      ) : null}
      {service.accessNeeds ? (
        <p className="mb-3 text-detail">
          <b>Access:</b> {service.accessNeeds}
        </p>
      ) : null}
      {service.isBookable ? null : (
        <Notice tone="info" title="This service takes no bookings here">
          {service.publicPhone ? `Refer by telephone: ${service.publicPhone}.` : 'Refer by the local procedure.'} Or choose another service.
        </Notice>
      )}
    </>
  );
}

/** Capacity in words, and how to ring (D-050); the number that is not for the public only reaches clinicians, and says so (D-047). */
function factsOf({ capacity, capacityNote, publicPhone, staffPhone }: ServiceRow): string[] {
  return [
    CAPACITIES[capacity],
    ...(capacityNote ? [capacityNote] : []),
    publicPhone ? `telephone ${publicPhone}` : 'no public telephone',
    ...(staffPhone ? [`for staff only, never read out: ${staffPhone}`] : []),
  ];
}

const CAPACITIES: Record<ServiceRow['capacity'], string> = { High: 'Capacity available', Low: 'Limited capacity', None: 'No capacity' };
