import type { Route } from '@/lib/fhir/shared/route';
import { APPOINTMENT_ROUTES } from '@/lib/fhir/stu3/appointment-routes';
import { METADATA_ROUTE } from '@/lib/fhir/stu3/capability';
import { SLOT_ROUTES } from '@/lib/fhir/stu3/slot-routes';

/** Every interaction of the NHS Booking API (section 1.1 of the reference). */
export const STU3_ROUTES: readonly Route[] = [METADATA_ROUTE, ...SLOT_ROUTES, ...APPOINTMENT_ROUTES];
