import type { ReactNode } from 'react';
import { ServiceTabs } from '@/components/schedule/service-tabs';
import { Tag } from '@/components/ui/tag';
import { maybeStaffCtx } from '@/lib/auth/session';
import { ownServices } from '@/lib/directory/own-service.queries';

// Each page asks for its service itself, and is not found when it is not theirs; the layout only shows which one it is.
export default async function ServiceLayout({ params, children }: { params: Promise<{ serviceId: string }>; children: ReactNode }) {
  const { serviceId } = await params;
  const ctx = await maybeStaffCtx();
  const service = ctx ? (await ownServices(ctx)).find(({ id }) => id === serviceId) : undefined;
  return (
    <>
      {service ? (
        <div className="screen-only full-bleed border-b border-line bg-panel">
          <div className="page-width flex flex-wrap items-center gap-x-6">
            <p className="mb-0 flex items-center gap-3 py-2 font-bold">
              {service.name}
              {service.isBookable ? null : <Tag tone="amber">Bookings off</Tag>}
            </p>
            <ServiceTabs serviceId={service.id} />
          </div>
        </div>
      ) : null}
      {children}
    </>
  );
}
