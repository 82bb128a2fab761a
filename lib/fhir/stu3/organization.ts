import type { Organization } from 'fhir/r3';
import type { ApiOrganisation } from '@/lib/directory/api-directory.schema';
import { headingOf } from '@/lib/fhir/stu3/heading';

const ODS_CODE = 'https://fhir.nhs.uk/Id/ods-organization-code';
const PROVIDER = { system: 'http://hl7.org/fhir/organization-type', code: 'prov', display: 'Healthcare Provider' };

/** Who see patients; of the others FHIR's codes say nothing that Onward knows for certain. */
const PROVIDERS: readonly string[] = ['provider', 'gp-practice', 'pharmacy', 'urgent-care-site', 'trust'];

/** An organisation, by its ODS code (B-235). */
export function organizationResource({ odsCode, name, kind }: ApiOrganisation): Organization {
  return {
    ...headingOf('Organization', odsCode),
    identifier: [{ system: ODS_CODE, value: odsCode }],
    ...(PROVIDERS.includes(kind) ? { type: [{ coding: [PROVIDER] }] } : {}),
    name,
  };
}
