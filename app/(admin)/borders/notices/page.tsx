import type { Metadata } from 'next';
import { NoticeTable } from '@/components/crossborder/notice-table';
import { Link } from '@/components/ui/link';
import { staffCtxWith } from '@/lib/auth/session';
import { borderNotices, NOTICE_DAYS } from '@/lib/crossborder/notice.queries';

export const metadata: Metadata = { title: 'Notices' };

export default async function NoticesPage() {
  const ctx = await staffCtxWith('border:read', '/borders/notices');
  const notices = await borderNotices(ctx);
  return (
    <>
      <h1 className="nhsuk-heading-l mb-1">Notices</h1>
      <p className="max-w-measure text-quiet">
        Bookings of the last {NOTICE_DAYS} days at services of your area that a rule allowed on condition that you are told, the newest first. Without names: the service has those.
      </p>
      {notices.length > 0 ? <NoticeTable notices={notices} now={ctx.now} /> : <Nothing />}
    </>
  );
}

function Nothing() {
  return (
    <div className="panel mb-5 max-w-measure">
      <h2 className="nhsuk-heading-s mb-1">Nothing was booked with notice to you</h2>
      <p className="mb-0">
        To be told of bookings without having to approve each, make an agreement that allows them with notice: <Link href="/borders/agreements">Agreements</Link>.
      </p>
    </div>
  );
}
