import { validate } from 'nhs-number-validator';
import { z } from 'zod';

const DIGITS = 10;

/**
 * An NHS number as typed or pasted: spaces and dashes are dropped, then ten digits with a right Modulus 11 check digit.
 * The same digit ten times is refused although the arithmetic accepts some of these. No message repeats what was typed.
 */
export const nhsNumber = z
  .string()
  .default('')
  .transform((typed) => typed.replace(/[\s\p{Pd}]/gu, ''))
  .superRefine((digits, context) => {
    const fault = faultOf(digits);
    if (fault) context.addIssue({ code: 'custom', message: fault });
  })
  .brand<'NhsNumber'>();

/** Ten digits without spaces, checked. */
export type NhsNumber = z.infer<typeof nhsNumber>;

/** `999 747 8347`: the way that the NHS writes it and people read it out. */
export function formatNhsNumber(digits: string): string {
  return `${digits.slice(0, 3)} ${digits.slice(3, 6)} ${digits.slice(6)}`;
}

function faultOf(digits: string): string | null {
  if (digits === '') return 'Enter the NHS number';
  if (/\D/.test(digits)) return 'NHS number must have digits only: remove letters and signs';
  if (digits.length !== DIGITS) return `NHS number must have ${DIGITS} digits: this one has ${digits.length}`;
  if (/^(\d)\1+$/.test(digits)) return 'NHS number cannot be the same digit ten times: ask for it again, or enter the details instead';
  if (!validate(digits)) return 'That is not a valid NHS number: check each digit with the caller';
  return null;
}
