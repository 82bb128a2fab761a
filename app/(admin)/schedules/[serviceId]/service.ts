import { notFound } from 'next/navigation';
import { cache } from 'react';
import { staffCtxWith } from '@/lib/auth/session';
import { ownService } from '@/lib/directory/own-service.queries';

/** The service of a page of `/schedules/<serviceId>` with who looks at it; not found when it is not theirs, which is audited. Once a request. */
export const serviceOf = cache(async (serviceId: string, page = '') => {
  const ctx = await staffCtxWith('schedule:read', `/schedules/${serviceId}${page}`);
  const service = await ownService(ctx, serviceId);
  if (!service) notFound();
  return { ctx, service };
});
