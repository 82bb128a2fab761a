import { notFound } from 'next/navigation';
import { formOwner, takeDraft } from '@/lib/auth/session';
import { profileOf, type Profile } from '@/lib/directory/profile.queries';
import { serviceOf } from '../service';

/** What a page of one part of the profile needs: who looks, the profile, and what its form must outlive its session with. */
export async function profilePart(params: Promise<{ serviceId: string }>, part: string) {
  const { ctx, profile } = await profilePage(params, `/profile/${part}`);
  const draft = await takeDraft(ctx, `/schedules/${profile.id}/profile/${part}`);
  return { ctx, profile, form: { serviceId: profile.id, version: profile.version, kept: { owner: await formOwner(ctx), draft } } };
}

/** The profile of the service of a page, with who looks at it; not found when it is not theirs. */
export async function profilePage(params: Promise<{ serviceId: string }>, page: string): Promise<{ ctx: Awaited<ReturnType<typeof serviceOf>>['ctx']; profile: Profile }> {
  const { ctx } = await serviceOf((await params).serviceId, page);
  const profile = await profileOf(ctx, (await params).serviceId);
  if (!profile) notFound();
  return { ctx, profile };
}
