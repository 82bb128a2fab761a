import { z } from 'zod';
import { RESET_MINUTES } from '@/lib/directory/capacity.rules';
import { addMinutes } from '@/lib/platform/time';

/** What a service can say of its capacity (D-028). */
export const COLOURS = ['green', 'amber', 'red'] as const;
export type Colour = (typeof COLOURS)[number];

/** `resetsAt`: when amber or red ends; null is the end of the London day. Green has none. */
export type CapacityRequest = { serviceId: string; colour: Colour; note: string | null; resetsAt: Date | null };

const NOTE_LENGTH = 200;

/** Reads the form; what is not asked for with green is dropped. The reset time is at most five days ahead (D-029). */
export function capacityRequest(now: Date): z.ZodType<CapacityRequest> {
  const latest = addMinutes(now, RESET_MINUTES.most);
  return z
    .object({
      serviceId: z.string().default(''),
      colour: z.enum(COLOURS, 'Choose green, amber or red'),
      note: z.string().trim().max(NOTE_LENGTH, `Enter at most ${NOTE_LENGTH} characters`).default(''),
      resetsAt: z
        .union([z.literal('').transform(() => null), z.iso.datetime().pipe(z.coerce.date<string>().max(latest, 'Choose a time at most five days ahead'))], 'Choose when it ends')
        .default(null),
    })
    .transform(({ serviceId, colour, note, resetsAt }) => ({ serviceId, colour, note: note || null, resetsAt: colour === 'green' ? null : resetsAt }));
}
