import { noSlotsWords } from '@/components/booking/no-slots-words';
import type { Ctx } from '@/lib/auth/actor';
import type { FreshSlots } from '@/lib/booking/client';
import { whyNoSlots } from '@/lib/booking/no-slots.queries';
import { slotsOf } from '@/lib/booking/slots.queries';

/** What the slot panel shows, as of `ctx.now`: the same for the page and for the list that reads itself again. */
export async function freshSlots(ctx: Ctx, about: { callId: string; serviceId: string; dueAt: Date | null }): Promise<FreshSlots> {
  const slots = await slotsOf(ctx, about);
  const isNoneFree = slots.inTime.every(({ state }) => state === 'held');
  const reason = isNoneFree ? await whyNoSlots(ctx, about) : null;
  return { at: ctx.now, slots, none: reason && noSlotsWords(reason, ctx.now) };
}
