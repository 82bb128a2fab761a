import { z } from 'zod';

/** The columns of a file of services, as it is exported; all but the first may be left out, and then stay as they are. */
export const SERVICE_COLUMNS = [
  ...(['dos_id', 'name', 'is_bookable', 'is_booking_only', 'hold_minutes', 'cancel_by'] as const),
  ...(['handler_instructions', 'patient_information', 'access_needs', 'public_phone', 'staff_phone', 'website'] as const),
] as const;
export type ServiceColumn = (typeof SERVICE_COLUMNS)[number];

/** The most services of one file. */
export const MAX_SERVICE_ROWS = 5_000;

/** What of a service a file may set. */
export type ServiceSettings = {
  name: string;
  isBookable: boolean;
  isBookingOnly: boolean;
  holdMinutes: number;
  cancelBy: string;
  handlerInstructions: string | null;
  patientInformation: string | null;
  accessNeeds: string | null;
  publicPhone: string | null;
  staffPhone: string | null;
  website: string | null;
};

export type ServiceNow = ServiceSettings & { id: string; dosId: string; version: number };

/** What one row changes of the service that was looked at as `version`: cells by column, before and after. */
export type ServiceChange = { serviceId: string; version: number; serviceName: string; cells: readonly { column: ServiceColumn; before: string; after: string }[] };

/** The changes that were looked at, as the form that applies them sends them back. */
export const appliedChanges = z
  .string()
  .transform((text, ctx) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      ctx.addIssue({ code: 'custom', message: 'Choose the file again' });
      return z.NEVER;
    }
  })
  .pipe(z.array(z.object({ serviceId: z.uuid(), version: z.number().int(), cells: z.array(z.object({ column: z.enum(SERVICE_COLUMNS), after: z.string() })) })).min(1).max(MAX_SERVICE_ROWS));

export type AppliedChange = z.infer<typeof appliedChanges>[number];

/** The cells of a service in the order of `SERVICE_COLUMNS`. */
export function serviceCells(service: ServiceNow): Record<ServiceColumn, string> {
  return {
    dos_id: service.dosId,
    name: service.name,
    is_bookable: yesOrNo(service.isBookable),
    is_booking_only: yesOrNo(service.isBookingOnly),
    hold_minutes: String(service.holdMinutes),
    cancel_by: service.cancelBy,
    handler_instructions: service.handlerInstructions ?? '',
    patient_information: service.patientInformation ?? '',
    access_needs: service.accessNeeds ?? '',
    public_phone: service.publicPhone ?? '',
    staff_phone: service.staffPhone ?? '',
    website: service.website ?? '',
  };
}

function yesOrNo(value: boolean): string {
  return value ? 'yes' : 'no';
}
