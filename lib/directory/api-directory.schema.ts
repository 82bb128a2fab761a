/** A service as other systems read it: the place of care is the service's own address (B-233). */
export type ApiService = { dosId: string; name: string; odsCode: string; address: string; postcode: string; publicPhone: string | null };

/** Who runs a service, or whom a client acts for. */
export type ApiOrganisation = { odsCode: string; name: string; kind: string };
