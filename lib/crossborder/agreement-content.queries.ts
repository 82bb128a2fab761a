import type { AgreementContent } from '@/lib/crossborder/agreement.schema';
import { ANYBODY, type AgreementChoices, type TypedAgreement } from '@/lib/crossborder/agreement-form.schema';
import { areaName } from '@/lib/crossborder/agreement-row.queries';
import { knownCommissioners, type Commissioners } from '@/lib/crossborder/commissioner.queries';
import type { Area } from '@/lib/crossborder/schema';
import { covers } from '@/lib/crossborder/specificity.rules';
import { dispositions, serviceTypes } from '@/lib/directory/queries';
import { db } from '@/lib/platform/db';
import type { Refusal } from '@/lib/platform/errors';
import { ok, refuse, type Result } from '@/lib/platform/result';

/** What the form of an agreement is filled in from: current boards by region, nations, types, families and dispositions, each in order. */
export async function agreementChoices(): Promise<AgreementChoices> {
  const [{ byCode, regions, successors }, types, needs] = await Promise.all([knownCommissioners(), serviceTypes(), dispositions()]);
  const current = [...byCode.values()].filter(({ code }) => !successors.has(code));
  return {
    regions: regions.map(({ code, name }) => ({ code, name, commissioners: current.filter(({ regionCode }) => regionCode === code) })),
    nations: current.filter(({ regionCode }) => regionCode === null),
    serviceTypes: types,
    families: [...new Set(needs.map(({ family }) => family))].sort(),
    dispositions: needs.map(({ code, title, family }) => ({ code, title, family })),
  };
}

/**
 * What a typed agreement says, with what it names looked up. Refuses with `commissioner-unknown`, `commissioner-abolished` with the successors,
 * `agreement-service-unknown`, or `agreement-service-elsewhere` when the one service is not on the `to` side.
 */
export async function resolveAgreement({ from: fromCode, to: toCode, dosId, ...typed }: TypedAgreement): Promise<Result<AgreementContent, Refusal>> {
  const known = await knownCommissioners();
  const [from, to] = [areaOf(fromCode, known), areaOf(toCode, known)];
  if (!from.ok) return from;
  if (!to.ok) return to;
  const service = dosId === null ? null : await db.service.findUnique({ where: { dosId }, select: { id: true } });
  if (dosId !== null && !service) return refuse({ code: 'agreement-service-unknown', typed: dosId });

  const content = { ...typed, from: from.value, to: to.value, serviceId: service?.id ?? null };
  const refused = await contentRefusal(content);
  return refused ? refuse(refused) : ok(content);
}

/** Why nothing can be agreed with this content now: a side is unknown or abolished, or its service or type is unknown or elsewhere. Null: it can. */
export async function contentRefusal({ from, to, serviceId, serviceTypeId }: AgreementContent): Promise<Refusal | null> {
  const known = await knownCommissioners();
  const side = areaRefusal(from, known) ?? areaRefusal(to, known);
  if (side) return side;
  if (serviceTypeId !== null && !(await serviceTypes()).some(({ id }) => id === serviceTypeId)) return { code: 'agreement-service-unknown', typed: String(serviceTypeId) };
  if (serviceId === null) return null;

  const service = await db.service.findUnique({ where: { id: serviceId }, select: { name: true, icbCode: true } });
  if (!service) return { code: 'agreement-service-unknown', typed: serviceId };
  const host = service.icbCode === null ? null : (known.byCode.get(service.icbCode) ?? null);
  return host && covers(to, host) ? null : { code: 'agreement-service-elsewhere', serviceName: service.name, area: areaName(to, known) };
}

function areaOf(typed: string, { byCode, regions }: Commissioners): Result<Area, Refusal> {
  if (typed === ANYBODY) return ok({ kind: 'any' });
  const code = typed.toUpperCase();
  if (byCode.has(code)) return ok({ kind: 'commissioner', code });
  return regions.some((region) => region.code === code) ? ok({ kind: 'region', code }) : refuse({ code: 'commissioner-unknown', typed });
}

function areaRefusal(area: Area, { byCode, regions, successors }: Commissioners): Refusal | null {
  if (area.kind === 'any' || (area.kind === 'region' && regions.some(({ code }) => code === area.code))) return null;
  const commissioner = area.kind === 'region' ? null : byCode.get(area.code);
  if (!commissioner) return { code: 'commissioner-unknown', typed: area.code };
  const became = successors.get(commissioner.code);
  return became ? { code: 'commissioner-abolished', name: commissioner.name, successors: became.map(({ code, name }) => ({ value: code, words: name })) } : null;
}
