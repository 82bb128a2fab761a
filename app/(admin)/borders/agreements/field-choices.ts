import type { AgreementFieldChoices } from '@/components/crossborder/agreement-fields';
import { termsChoices } from '@/components/crossborder/terms-choices';
import { familyWords } from '@/components/directory/profile-words';
import { agreementChoices } from '@/lib/crossborder/agreement-content.queries';
import { areaGroups } from './area-choices';

/** What the fields of an agreement are filled in from. */
export async function fieldChoices(): Promise<AgreementFieldChoices> {
  const [{ serviceTypes, families, dispositions }, areas] = await Promise.all([agreementChoices(), areaGroups()]);
  const kinds = families.map((value) => ({ value, words: familyWords(value) })).sort((one, other) => one.words.localeCompare(other.words));
  const single = ({ value, words }: { value: string; words: string }) => ({
    legend: words,
    options: dispositions.filter(({ family }) => family === value).map(({ code, title }) => ({ value: code, words: `${code} ${title}` })),
  });
  return {
    ...termsChoices(),
    ...{ areas, families: kinds, dispositions: kinds.map(single) },
    serviceTypes: serviceTypes.map(({ id, name }) => ({ value: String(id), words: name })),
  };
}
