import type { Ctx } from '@/lib/auth/actor';
import { db } from '@/lib/platform/db';

type Shown = { id: string; freeInTime?: number; distanceMiles?: number };

/** Keeps in the record of a call that it was shown these services, in this order: each a mile away with three slots in time unless said otherwise. */
export async function servicesShown({ now }: Ctx, callId: string, services: readonly Shown[]): Promise<void> {
  const shown = services.map(({ id, freeInTime = 3, distanceMiles = 1 }) => ({ id, freeInTime, distanceMiles }));
  const body = { services: shown, isCatchAll: false, code: null, distanceKm: 60, matched: shown.length };
  await db.callEvent.create({ data: { callId, at: now, kind: 'services-shown', body } });
}
