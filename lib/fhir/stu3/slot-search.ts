import { apiSlots } from '@/lib/booking/api-slots.queries';
import { searchBundle, searchUrl } from '@/lib/fhir/shared/bundle';
import { notFound } from '@/lib/fhir/shared/outcome';
import type { Answer, Fault, FhirRequest } from '@/lib/fhir/shared/route';
import { slotEntries, withheldEntry } from '@/lib/fhir/stu3/slot-entries';
import { AFTER, slotQuery } from '@/lib/fhir/stu3/slot-parameters';
import { newId } from '@/lib/platform/id';
import { ok, type Result } from '@/lib/platform/result';

/** Answers a search for slots (section 5 of the reference). Refuses bad parameters with 400, and services that are not known with 404 (B-310). */
export async function searchSlots({ ctx, root, query, now }: FhirRequest): Promise<Result<Answer, Fault>> {
  const asked = slotQuery(query, { root, now });
  if (!asked.ok) return asked;
  const { search, includes, understood } = asked.value;
  const found = await apiSlots(ctx, search);
  if (!found.ok) return notFound((search.services ?? []).map(serviceWords).join(', '));

  const { total, withheld, nextAfter } = found.value;
  const path = `${root}/Slot`;
  const self = searchUrl(path, understood);
  const next = nextAfter === null ? undefined : searchUrl(path, [...understood.filter(([name]) => name !== AFTER), [AFTER, nextAfter]]);
  const entries = [...slotEntries(found.value, includes, root), ...withheldEntry(ctx, withheld)];
  return ok({ status: 200, resource: searchBundle({ id: newId(), now, self, next, total, entries }) });
}

// What cannot be an id is not repeated: anything may have been sent in its place (B-813).
function serviceWords(id: string): string {
  return /^[A-Za-z0-9.-]{1,64}$/.test(id) ? `HealthcareService/${id}` : 'HealthcareService of that id';
}
