import type { AgreementLook } from '@/components/crossborder/agreement-look';
import { sentenceOf, type AgreementNames } from '@/components/crossborder/agreement-words';
import { conflictWords } from '@/components/crossborder/conflict-words';
import { refusalWords } from '@/components/layout/refusal-words';
import type { Ctx } from '@/lib/auth/actor';
import { agreementChoices, resolveAgreement } from '@/lib/crossborder/agreement-content.queries';
import { standingForm, type AgreementChoices } from '@/lib/crossborder/agreement-form.schema';
import { standingOf } from '@/lib/crossborder/agreement.queries';
import type { AgreementContent, Standing } from '@/lib/crossborder/agreement.schema';
import { knownCommissioners } from '@/lib/crossborder/commissioner.queries';
import { termsForm } from '@/lib/crossborder/terms-form.schema';
import { areaWords } from '@/lib/crossborder/words.rules';
import { serviceDetail } from '@/lib/directory/queries';
import { londonDate } from '@/lib/platform/time-words';

const NOTHING: AgreementLook = { sentence: null, missing: null, conflicts: [], gaps: [] };
const TOO_LITTLE = 'Say whose patients it is about, where the services are, and from which day: then this says how it stands to others.';

/** What can be said of an agreement as far as its form is typed. `id`: of the one that is changed. */
export async function lookAtTyped(ctx: Ctx, { id, values }: { id: string | null; values: Record<string, string> }): Promise<AgreementLook> {
  const choices = await agreementChoices();
  const typed = standingForm(londonDate(ctx.now), choices).safeParse(values);
  if (!typed.success) return { ...NOTHING, missing: TOO_LITTLE };
  const resolved = await resolveAgreement(typed.data);
  if (!resolved.ok) return { ...NOTHING, missing: `${refusalWords(resolved.error, ctx.now).title}.` };

  const content = resolved.value;
  const [standing, names] = await Promise.all([standingOf(ctx, { id, content }), namesOf(content, choices)]);
  return { ...lookOf(standing), sentence: sentenceOf({ conditions: content, terms: termsForm.safeParse(values).data ?? null, names }, ctx.now) };
}

/** How an agreement stands to others, in words. */
export function lookOf({ conflicts, gaps }: Standing): AgreementLook {
  const lines = conflicts.map((conflict) => ({ kind: conflict.kind, words: conflictWords(conflict), href: `/borders/agreements/${conflict.agreement.id}/${conflict.agreement.version}` }));
  return { ...NOTHING, conflicts: lines, gaps: gaps.map(({ words }) => words) };
}

async function namesOf({ from, to, serviceTypeId, serviceId }: AgreementContent, { serviceTypes }: AgreementChoices): Promise<AgreementNames> {
  const [{ byCode, regions }, service] = await Promise.all([knownCommissioners(), serviceId ? serviceDetail(serviceId) : null]);
  const names = new Map([...byCode.values(), ...regions].map(({ code, name }) => [code, name]));
  return {
    fromName: areaWords(from, names),
    toName: areaWords(to, names),
    serviceTypeName: serviceTypes.find(({ id }) => id === serviceTypeId)?.name ?? null,
    serviceName: service?.name ?? null,
  };
}
