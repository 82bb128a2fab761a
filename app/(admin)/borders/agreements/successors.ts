import { knownCommissioners } from '@/lib/crossborder/commissioner.queries';
import type { Refusal } from '@/lib/platform/errors';
import type { AgreementFormState } from './form-state';

const SIDES = ['from', 'to'] as const;

/** What came in the place of the abolished board that was chosen, for the field where it was chosen. */
export async function successorsFor(refusal: Refusal, values: Record<string, string>): Promise<AgreementFormState['successors']> {
  if (refusal.code !== 'commissioner-abolished') return undefined;
  const { byCode, successors } = await knownCommissioners();
  const field = SIDES.find((side) => successors.has(values[side] ?? '') && byCode.get(values[side] ?? '')?.name === refusal.name);
  return field && { field, choices: refusal.successors };
}

/** The form with the successor whose button was pressed put in; null when none was. */
export function putIn({ put, ...values }: Record<string, string>): Pick<AgreementFormState, 'values' | 'put'> | null {
  const found = /^(from|to) (\S+) (.+)$/.exec(put ?? '');
  if (!found) return null;
  const [, side = '', code = '', name] = found;
  return { values: { ...values, [side]: code }, put: name };
}
