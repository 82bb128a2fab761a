import type { Metadata } from 'next';
import { wordsValues } from '@/components/directory/profile-values';
import { profilePart } from '../profile';
import { WordsForm } from './words-form';

export const metadata: Metadata = { title: 'Words and contact – service profile' };

export default async function WordsPage({ params }: { params: Promise<{ serviceId: string }> }) {
  const { profile, form } = await profilePart(params, 'words');
  return (
    <div className="mx-auto max-w-measure">
      <h1 className="nhsuk-heading-l mb-4">Words and contact</h1>
      <WordsForm form={form} first={wordsValues(profile)} />
    </div>
  );
}
