import { z } from 'zod';

/** A line that the busy handlers write: what is about to be asked about an appointment, or what was answered. */
export const said = z.object({ did: z.enum(['asking', 'booked', 'moved', 'cancelled']), id: z.uuid() });
export type Said = z.infer<typeof said>;
