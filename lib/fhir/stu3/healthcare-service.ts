import type { HealthcareService } from 'fhir/r3';
import type { ApiService } from '@/lib/directory/api-directory.schema';
import { headingOf } from '@/lib/fhir/stu3/heading';

/** Not fixed by the standard: the one of the Booking and Referral Standard (B-210). */
const DOS_SERVICE_ID = 'https://fhir.nhs.uk/Id/dos-service-id';

/** A service of the directory, by its DoS service id (B-230 to B-233). */
export function healthcareServiceResource({ dosId, odsCode, name }: ApiService): HealthcareService {
  return {
    ...headingOf('HealthcareService', dosId),
    identifier: [{ system: DOS_SERVICE_ID, value: dosId }],
    providedBy: { reference: `Organization/${odsCode}` },
    location: [{ reference: `Location/${dosId}` }],
    name,
  };
}
