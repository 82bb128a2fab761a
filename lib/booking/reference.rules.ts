/**
 * Sixteen signs, so that a byte gives one without bias, chosen for the telephone. Out because they look alike: 0 O Q, 1 I L,
 * 5 S, B, G, Z, U V. Out because they sound alike: B C D E G T V (as P), A J (as H K), N (as M), S (as F), 5 (as 9), Q U (as W).
 */
export const REFERENCE_SIGNS = '2346789FHKMPRWXY';

export const REFERENCE_BYTES = 6;

/** A reference such as `ONW-7K3P-92` from six random bytes: one of 16.7 million, so a taken one is possible and tried again. */
export function referenceFrom(bytes: Uint8Array): string {
  const signs = Array.from(bytes.subarray(0, REFERENCE_BYTES), (byte) => REFERENCE_SIGNS.charAt(byte % REFERENCE_SIGNS.length)).join('');
  return `ONW-${signs.slice(0, 4)}-${signs.slice(4)}`;
}

/** `O N W, 7 K 3 P, 9 2`: sign by sign, with a pause between the groups. */
export function spokenReference(reference: string): string {
  return reference
    .split('-')
    .map((group) => [...group].join(' '))
    .join(', ');
}

/** The reference that somebody typed, with or without ONW, spaces, dashes and capitals; null when it cannot be one. */
export function typedReference(typed: string): string | null {
  // O, N and W together begin no six signs: O and N are not among them.
  const signs = typed.toUpperCase().replace(/[^A-Z0-9]/g, '').replace(/^ONW/, '');
  const isReference = signs.length === REFERENCE_BYTES && [...signs].every((sign) => REFERENCE_SIGNS.includes(sign));
  return isReference ? `ONW-${signs.slice(0, 4)}-${signs.slice(4)}` : null;
}
