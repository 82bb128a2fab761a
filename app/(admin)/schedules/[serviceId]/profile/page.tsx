import type { Metadata } from 'next';
import { ProfileSections } from '@/components/directory/profile-sections';
import { ProfileTodo } from '@/components/directory/profile-todo';
import { WhoFindsAnswer, WhoFindsForm } from '@/components/directory/profile-who-finds';
import { Notice } from '@/components/ui/notice';
import { comingBankHolidays } from '@/lib/directory/profile.queries';
import { dispositions, symptomGroups } from '@/lib/directory/queries';
import { whoFinds } from '@/lib/directory/who-finds.queries';
import { triedSearch } from '@/lib/directory/who-finds.schema';
import { profilePage } from './profile';

export const metadata: Metadata = { title: 'Service profile' };

type ProfilePageProps = { params: Promise<{ serviceId: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> };

const SAVED: Record<string, string> = {
  created: 'The service was made',
  accepts: 'What it accepts was saved',
  symptoms: 'The symptoms were saved',
  hours: 'The opening hours were saved',
  booking: 'The settings of booking were saved',
  words: 'Words and contact were saved',
  place: 'Name and address were saved',
};

export default async function ProfilePage({ params, searchParams }: ProfilePageProps) {
  const { ctx, profile } = await profilePage(params, '/profile');
  const asked = await searchParams;
  const tried = triedSearch.parse(asked);
  const isTried = typeof asked['postcode'] === 'string';
  const [groups, holidays, known, found] = await Promise.all([
    symptomGroups(),
    comingBankHolidays(ctx.now),
    dispositions(),
    isTried ? whoFinds(ctx, { serviceId: profile.id, tried }) : null,
  ]);
  const saved = typeof asked['saved'] === 'string' ? SAVED[asked['saved']] : undefined;
  return (
    <>
      <h1 className="nhsuk-heading-l mb-4">Service profile</h1>
      {saved ? (
        <Notice tone="success" title={saved} focus>
          Calls see it from now on.
        </Notice>
      ) : null}
      <ProfileTodo profile={profile} />
      <div className="grid items-start gap-5 min-[56rem]:grid-cols-[minmax(0,1.7fr)_minmax(0,1fr)]">
        <div>
          <ProfileSections profile={profile} symptomGroups={groups} holidays={holidays} now={ctx.now} />
        </div>
        <section aria-labelledby="who-finds-heading" className="panel">
          <h2 id="who-finds-heading" className="mb-1 text-lead">
            Who finds this service
          </h2>
          <p className="text-detail text-quiet">Try a search as a call would make it. It is the real one, as of now; nothing is kept.</p>
          {found?.ok ? <WhoFindsAnswer found={found.value} serviceId={profile.id} isBookable={profile.isBookable} now={ctx.now} /> : null}
          <WhoFindsForm tried={tried} faults={found && !found.ok ? found.error : {}} dispositions={known} symptomGroups={groups.map(({ id, name }) => ({ value: String(id), words: name }))} />
        </section>
      </div>
    </>
  );
}
