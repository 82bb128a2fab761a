import type { StaffActor } from '@/lib/auth/actor';
import { hasPermission, isAdminOf } from '@/lib/auth/permissions';

/** What a seal is decided by. `bookedById`: who booked it; `serviceId`: Onward's own service; null where there is none. */
export type SealedThing = { isSealed: boolean; bookedById: string | null; serviceId: string | null };

/**
 * Whether more than times and status of an appointment may be shown to a person: it is not sealed, they booked it themselves, they are
 * admin of its service, or they opened it with a reason that still holds and may still open one.
 * Source: docs/rules.md#registry, from domain section 5.
 */
export function isOpenTo({ isSealed, bookedById, serviceId }: SealedThing, { actor, hasOpened }: { actor: StaffActor; hasOpened: boolean }): boolean {
  if (!isSealed || bookedById === actor.id) return true;
  if (serviceId !== null && isAdminOf(actor, serviceId)) return true;
  return hasOpened && hasPermission(actor, 'registry:open-sealed');
}
