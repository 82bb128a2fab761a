import { parse, validOutcode } from 'postcode';

/** A postcode or outcode as it is written: upper case, one space before the last three characters. */
export type NormalisedPostcode = { kind: 'full'; text: string; sector: string; outcode: string } | { kind: 'outcode'; text: string };

/** Reads a postcode in any spacing and case, or an outcode alone; null for anything else. Says nothing of whether it exists. */
export function normalisePostcode(typed: string): NormalisedPostcode | null {
  const trimmed = typed.trim();
  const full = parse(trimmed.replace(/\s+/g, ''));
  if (full.valid) return { kind: 'full', text: full.postcode, sector: full.sector, outcode: full.outcode };
  // An outcode with a space inside is refused: "LS1 4" is a sector of LS1, and must not become LS14, another town.
  return validOutcode(trimmed) ? { kind: 'outcode', text: trimmed.toUpperCase() } : null;
}
