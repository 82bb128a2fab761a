import { Notice } from '@/components/ui/notice';
import type { ServiceRow } from '@/lib/directory/schema';

/** What the handler must know of the chosen service before its slots. */
export function ServiceDetails({ service }: { service: ServiceRow }) {
  return (
    <>
      <h2 id="service-heading" className="nhsuk-heading-s mb-2">
        {service.name}
      </h2>
      {service.handlerInstructions ? <p className="mb-3 text-detail">{service.handlerInstructions}</p> : null}
      {service.capacityNote ? <p className="mb-3 text-detail">{service.capacityNote}</p> : null}
      {service.isBookable ? null : (
        <Notice tone="info" title="This service takes no bookings here">
          {service.publicPhone ? `Refer by telephone: ${service.publicPhone}.` : 'Refer by the local procedure.'} Or choose another service.
        </Notice>
      )}
    </>
  );
}
