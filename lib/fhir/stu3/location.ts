import type { Location } from 'fhir/r3';
import type { ApiService } from '@/lib/directory/api-directory.schema';
import { headingOf } from '@/lib/fhir/stu3/heading';

/**
 * Where the patient goes (B-236, U-050): the place of care of one service, under its name. The directory writes the address in one line,
 * so what stands between its commas are the lines, and none of them is taken for the town.
 */
export function locationResource({ dosId, name, odsCode, address, postcode, publicPhone }: ApiService): Location {
  const lines = address.split(',').map((line) => line.trim()).filter(Boolean);
  return {
    ...headingOf('Location', dosId),
    name,
    ...(publicPhone ? { telecom: [{ system: 'phone', value: publicPhone, use: 'work' }] } : {}),
    address: { ...(lines.length > 0 ? { line: lines } : {}), postalCode: postcode },
    managingOrganization: { reference: `Organization/${odsCode}` },
  };
}
