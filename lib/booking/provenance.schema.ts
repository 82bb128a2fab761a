import { z } from 'zod';
import type { Provenance } from '@/lib/auth/actor';

const text = z.string().nullable();

/** What a version of an appointment keeps of the system that made it (U-160, U-161). */
export const provenance: z.ZodType<Provenance> = z.object({
  client: z.object({ id: z.string(), name: z.string() }),
  organisation: z.object({ code: z.string(), name: z.string() }),
  interaction: z.string(),
  device: z.object({ model: z.string(), version: z.string(), identifiers: z.array(z.object({ system: z.string(), value: z.string() })) }),
  user: z.object({ id: z.string(), name: z.string(), sdsUserId: text, roleProfileId: text }).nullable(),
  proxy: z.object({ traceId: text, from: text, to: text, interactionId: text }),
});
