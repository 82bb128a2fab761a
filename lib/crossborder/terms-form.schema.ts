import { z } from 'zod';
import { approver, outcome, party, type BorderDefault, type Terms } from '@/lib/crossborder/schema';
import { poundsText, typedList, typedPence } from '@/lib/crossborder/typed.rules';

const MOST_URGENT_MINUTES = 10_080;

const text = z.string().default('');

const accountable = {
  failedContact: z.enum(party.options, 'Choose who is accountable when the patient cannot be reached'),
  followUp: z.enum(party.options, 'Choose who is accountable for what follows'),
};

const approvers = text.transform(typedList).pipe(z.array(z.enum(approver.options, 'Choose approvers from the list')));

const NOBODY_APPROVES = 'Choose at least one who may approve';

const priced = z
  .object({ pricing: z.enum(['within', 'price'], 'Choose whether there is a price'), price: text, noshowPrice: text })
  .transform(({ pricing, price, noshowPrice }, context) => {
    if (pricing === 'within') return { pricePence: null, noshowPence: null };
    const [seen, missed] = [typedPence(price), typedPence(noshowPrice)];
    if (!seen.ok) context.addIssue({ code: 'custom', path: ['price'], message: seen.error });
    if (!missed.ok) context.addIssue({ code: 'custom', path: ['noshowPrice'], message: missed.error });
    return seen.ok && missed.ok ? { pricePence: seen.value, noshowPence: missed.value } : z.NEVER;
  });

const said = z
  .object({ outcome: z.enum(outcome.options, 'Choose what holds for these bookings'), pricing: text, approvers })
  .transform(({ approvers: chosen, ...rest }, context) => {
    if (rest.outcome === 'refuse' && rest.pricing === 'price') context.addIssue({ code: 'custom', path: ['pricing'], message: 'What is refused has no price: choose within contract' });
    if (rest.outcome === 'approval' && chosen.length === 0) context.addIssue({ code: 'custom', path: ['approvers'], message: NOBODY_APPROVES });
    return { outcome: rest.outcome, approvers: rest.outcome === 'approval' ? chosen : [] };
  });

/**
 * What a rule says, from flat fields: `outcome`; `approvers` (a list, dropped but where the outcome is approval); `pricing` (`within` contract or
 * `price`), `price` and `noshowPrice` in pounds (dropped within contract); `failedContact`, `followUp`.
 */
export const termsForm: z.ZodType<Terms> = z.record(z.string(), z.string()).transform((typed, context) => {
  const parts = [said.safeParse(typed), priced.safeParse(typed), z.object(accountable).safeParse(typed)] as const;
  for (const { error } of parts) for (const { path, message } of error?.issues ?? []) context.addIssue({ code: 'custom', path: [...path], message });
  const [what, prices, who] = parts;
  return what.success && prices.success && who.success ? { ...what.data, ...prices.data, ...who.data } : z.NEVER;
});

/** The fields that `termsForm` would read these terms from. */
export function termsValues({ outcome: says, approvers: who, failedContact, followUp, ...prices }: Terms): Record<string, string> {
  return { outcome: says, approvers: who.join(','), failedContact, followUp, ...priceValues(prices) };
}

const chosenOutcome = z.enum(outcome.options, 'Choose what holds');

const nationwide = z.object({
  nation: z.enum(['E', 'W', 'S'], 'Choose a nation'),
  seenVersion: z.coerce.number().int().catch(0),
  urgentMinutes: text
    .refine((typed) => /^\d{1,6}$/.test(typed.trim()) && Number(typed) <= MOST_URGENT_MINUTES, `Enter a whole number of minutes from 0 to ${MOST_URGENT_MINUTES}, which is a week`)
    .transform(Number),
  urgentOutcome: chosenOutcome,
  emergencyOutcome: chosenOutcome,
  otherOutcome: chosenOutcome,
  approvers: approvers.refine((chosen) => chosen.length > 0, NOBODY_APPROVES),
  ...accountable,
});

/** What a form says of a nation's default, and as which version that was looked at. */
export type TypedDefault = Omit<BorderDefault, 'version'> & { seenVersion: number };

/**
 * A nation's default from flat fields: `nation`, `seenVersion`, `urgentMinutes`, `urgentOutcome`, `emergencyOutcome`, `otherOutcome`, `approvers` (always
 * at least one: a refusal can become an approval), and the prices and the accountable as `termsForm` reads them.
 */
export const defaultForm: z.ZodType<TypedDefault> = z.record(z.string(), z.string()).transform((typed, context) => {
  const [what, prices] = [nationwide.safeParse(typed), priced.safeParse(typed)] as const;
  for (const { error } of [what, prices]) for (const { path, message } of error?.issues ?? []) context.addIssue({ code: 'custom', path: [...path], message });
  return what.success && prices.success ? { ...what.data, ...prices.data } : z.NEVER;
});

/** The fields that `defaultForm` would read this default from. */
export function defaultValues({ nation, version, urgentMinutes, approvers: who, pricePence, noshowPence, ...rest }: BorderDefault): Record<string, string> {
  const { urgentOutcome, emergencyOutcome, otherOutcome, failedContact, followUp } = rest;
  const says = { urgentOutcome, emergencyOutcome, otherOutcome, failedContact, followUp };
  return { nation, seenVersion: String(version), urgentMinutes: String(urgentMinutes), approvers: who.join(','), ...says, ...priceValues({ pricePence, noshowPence }) };
}

function priceValues({ pricePence, noshowPence }: Pick<Terms, 'pricePence' | 'noshowPence'>): Record<string, string> {
  if (pricePence === null || noshowPence === null) return { pricing: 'within', price: '', noshowPrice: '' };
  return { pricing: 'price', price: poundsText(pricePence), noshowPrice: poundsText(noshowPence) };
}
