import type { ReactNode } from 'react';
import { BorderTabs } from '@/components/crossborder/border-tabs';
import { maybeStaffCtx } from '@/lib/auth/session';
import { hasPermission } from '@/lib/auth/permissions';
import { waitingForMe } from '@/lib/crossborder/agreement.queries';
import { waitingApprovals } from '@/lib/crossborder/approval.queries';

// Each page asks for its permission itself. Supervisors and clinicians have the approvals alone, for which the header is enough.
export default async function BordersLayout({ children }: { children: ReactNode }) {
  const ctx = await maybeStaffCtx();
  const isCommissioner = ctx !== null && hasPermission(ctx.actor, 'border:read');
  return (
    <>
      {isCommissioner ? (
        <div className="screen-only full-bleed border-b border-line bg-panel">
          <div className="page-width flex flex-wrap items-center gap-x-6">
            <p className="mb-0 py-2 font-bold">Across borders</p>
            <BorderTabs approvals={await waitingApprovals(ctx)} agreements={await waitingForMe(ctx)} />
          </div>
        </div>
      ) : null}
      {children}
    </>
  );
}
