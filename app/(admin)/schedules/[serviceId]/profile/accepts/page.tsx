import type { Metadata } from 'next';
import { GENDER_WORDS, REFERRAL_ROLE_WORDS, familyWords } from '@/components/directory/profile-words';
import { acceptsValues } from '@/components/directory/profile-values';
import { dispositions } from '@/lib/directory/queries';
import { profilePart } from '../profile';
import { AcceptsForm } from './accepts-form';

export const metadata: Metadata = { title: 'What it accepts – service profile' };

export default async function AcceptsPage({ params }: { params: Promise<{ serviceId: string }> }) {
  const { profile, form } = await profilePart(params, 'accepts');
  return (
    <div className="mx-auto max-w-measure">
      <h1 className="nhsuk-heading-l mb-4">What this service accepts</h1>
      <AcceptsForm form={form} first={acceptsValues(profile)} families={await families()} genders={options(GENDER_WORDS)} roles={options(REFERRAL_ROLE_WORDS)} />
    </div>
  );
}

async function families() {
  const byFamily = new Map<string, { value: string; words: string }[]>();
  for (const { code, title, family } of await dispositions()) {
    byFamily.set(family, [...(byFamily.get(family) ?? []), { value: code, words: `${code} ${title}` }]);
  }
  return [...byFamily]
    .map(([family, choices]) => ({ legend: familyWords(family), options: choices }))
    .sort((one, other) => other.options.length - one.options.length || one.legend.localeCompare(other.legend));
}

function options(words: Record<string, string>) {
  return Object.entries(words).map(([value, text]) => ({ value, words: text }));
}
