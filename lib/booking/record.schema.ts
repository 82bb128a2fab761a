import { z } from 'zod';

const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
const service = { serviceId: z.string() };
const slot = { slotId: z.string() };
const appointment = { appointmentId: z.string() };
const refused = { slotId: z.string().optional(), code: z.string() };
/** How a booking stands to the due time: the rule, by how many minutes it is over, and what the rule asked for. */
const timeframe = { rule: z.string().optional(), minutesOver: z.number().default(0), approvedBy: z.string().optional(), approvalReason: z.string().optional(), callerInformed: z.boolean().default(false) };
/** Who did it, where that is written down: otherwise whoever had the call. */
const by = { by: z.string().optional() };

/** One event of the record of a call, by its kind. What an older version did not write yet may be missing. */
export const callEvent = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('opened'),
    dispositionCode: z.string(),
    dueAt: instant.nullable(),
    isAtHome: z.boolean(),
    precision: z.string(),
    practiceCode: z.string().nullable(),
    symptomGroup: z.number().nullable(),
    discriminators: z.array(z.number()),
    movesId: z.string().nullish(),
  }),
  z.object({
    kind: z.literal('services-shown'),
    /** `border`: what was said of a border that a booking there crosses. */
    services: z.array(z.object({ id: z.string(), freeInTime: z.number(), border: z.object({ outcome: z.string(), ruleId: z.string(), ruleVersion: z.number(), isOverride: z.boolean() }).optional() })),
    isCatchAll: z.boolean(),
    distanceKm: z.number(),
    matched: z.number(),
  }),
  z.object({ kind: z.literal('services-skipped'), ...service, reasons: z.record(z.string(), z.number()), ...by }),
  z.object({ kind: z.literal('slot-held'), ...slot, heldUntil: instant, released: z.string().nullish(), insteadOf: z.string().nullish(), ...by }),
  z.object({ kind: z.literal('slot-hold-extended'), ...slot, heldUntil: instant, ...by }),
  z.object({ kind: z.literal('slot-let-go'), ...slot, ...by }),
  z.object({ kind: z.literal('hold-refused'), ...refused, ...by }),
  z.object({ kind: z.literal('approval-asked'), ...slot, approvalId: z.string(), heldUntil: instant, ...by }),
  z.object({ kind: z.literal('approval-answered'), ...slot, approvalId: z.string(), answer: z.enum(['approved', 'declined']), as: z.string(), ...by }),
  z.object({ kind: z.literal('booking-refused'), ...refused, ...by }),
  z.object({ kind: z.literal('booked'), ...appointment, replaces: z.string().optional(), ...timeframe, ...by }),
  z.object({ kind: z.literal('move-refused'), ...refused, ...by }),
  z.object({ kind: z.literal('moved'), ...appointment, replacedBy: z.string(), ...by }),
  z.object({ kind: z.literal('cancelled'), ...appointment, reason: z.string().optional(), ...by }),
  z.object({ kind: z.literal('amended'), ...appointment, ...by }),
  z.object({ kind: z.literal('entered-in-error'), ...appointment, ...by }),
  z.object({ kind: z.literal('read-back'), lines: z.array(z.string()), of: z.number().optional(), ...by }),
  z.object({ kind: z.literal('contacts-set'), contacts: z.number(), thirdParties: z.number().default(0), ...by }),
  z.object({ kind: z.literal('handed-over'), from: z.string(), to: z.string(), ...by }),
  z.object({ kind: z.literal('closed'), reason: z.string(), ...by }),
  z.object({ kind: z.literal('referred'), ...service, reason: z.string().optional(), ...by }),
]);
export type CallEvent = z.infer<typeof callEvent>;

/** Every kind of event that the commands write into the record of a call. */
export const CALL_EVENT_KINDS = callEvent.options.map((option) => option.shape.kind.value);
