import { z } from 'zod';
import { oneLine, optionalPhone } from '@/lib/patient/schema';

/** A number to ring about a patient: the patient's own, or a third party's with name and relationship (U-140 to U-144). */
export type Contact = {
  /** Positive; 1, exactly once, is tried first. */
  rank: number;
  isPatient: boolean;
  name: string | null;
  relationship: string | null;
  phone: string;
};

/** A contact as typed, before ranks are given. Without a phone number the row was left empty. */
export type TypedContact = { isPatient: boolean; name: string; relationship: string; phone: string | null; isFirst: boolean };

/** Rows of the contacts form. */
export const CONTACT_ROWS = 4;

const MAX_WORDS = 100;

const words = (what: string) => oneLine.pipe(z.string().max(MAX_WORDS, `The ${what} must have ${MAX_WORDS} characters or fewer: shorten it`));

const row = z
  .object({ Is: z.enum(['patient', 'other']).catch('patient'), Name: words('name'), Relationship: words('relationship'), Phone: optionalPhone })
  .superRefine(({ Is, Name, Relationship, Phone }, context) => {
    if (Is === 'patient' || (!Name && !Relationship && !Phone)) return;
    const tell = (field: string, message: string) => context.addIssue({ code: 'custom', path: [field], message });
    if (!Phone) tell('Phone', 'Enter the phone number of this contact, or empty the row');
    if (!Name) tell('Name', 'Enter the name of this contact');
    if (!Relationship) tell('Relationship', 'Enter the relationship to the patient');
  });

/**
 * The rows of the contacts form, from the fields `contact<n>Is` (patient or other), `contact<n>Name`, `contact<n>Relationship`,
 * `contact<n>Phone`, n from 0 to 3, and `first`, the n of the one that is rung first. All faults are told at once, each at
 * the field of its row.
 */
export const contactsForm = z.looseObject({ first: oneLine }).transform((typed, context): TypedContact[] =>
  Array.from({ length: CONTACT_ROWS }, (_, index): TypedContact[] => {
    const fields = Object.keys(row.shape).map((name) => [name, typed[`contact${index}${name}`]] as const);
    const parsed = row.safeParse(Object.fromEntries(fields));
    if (!parsed.success) {
      parsed.error.issues.forEach(({ path, message }) => context.addIssue({ code: 'custom', path: [`contact${index}${path.join('')}`], message }));
      return [];
    }
    const { Is, Name, Relationship, Phone } = parsed.data;
    return Phone ? [{ isPatient: Is === 'patient', name: Name, relationship: Relationship, phone: Phone, isFirst: typed.first === String(index) }] : [];
  }).flat(),
);
