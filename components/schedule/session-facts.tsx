import { breaksWords, keptBackWords, slotLengthWords } from '@/components/schedule/pattern-words';
import { Link } from '@/components/ui/link';
import { SummaryList, type SummaryRow } from '@/components/ui/summary-list';
import type { SessionDetail } from '@/lib/schedule/session.queries';

/** How full one session is and where it comes from; when it is over, also what it was: until then its form shows that. */
export function SessionFacts({ serviceId, session, isOver }: { serviceId: string; session: SessionDetail; isOver: boolean }) {
  const whole: SummaryRow[] = [
    { key: 'Breaks', value: breaksWords(session) },
    { key: 'Slot length', value: slotLengthWords(session) },
    { key: 'Kept back', value: keptBackWords(session) },
  ];
  const rows: SummaryRow[] = [
    { key: 'Slots', value: <Counts session={session} /> },
    ...(isOver ? whole : []),
    { key: 'Where it comes from', value: <Origin serviceId={serviceId} session={session} /> },
  ];
  return (
    <div className="panel mb-4 max-w-measure">
      <SummaryList rows={rows} />
      <p className="mt-3 mb-0">
        <Link href={`/schedules/${serviceId}/day?date=${session.date}`}>Who is booked on this day</Link>
      </p>
    </div>
  );
}

function Counts({ session: { counts } }: { session: SessionDetail }) {
  const { booked, unbooked, orphaned, keptBack } = counts;
  return (
    <span className="tabular">
      {booked} booked, {unbooked} unbooked, {booked + unbooked} in total
      {keptBack > 0 ? `; ${keptBack} kept back` : ''}
      {orphaned > 0 ? <strong>{`; ${orphaned} orphaned`}</strong> : null}
    </span>
  );
}

function Origin({ serviceId, session: { templateId, isAdjusted } }: { serviceId: string; session: SessionDetail }) {
  if (!templateId) return 'A session of its own, of no weekly pattern';
  return (
    <>
      <Link href={`/schedules/${serviceId}/templates/${templateId}`}>Weekly pattern</Link>
      {isAdjusted ? ', changed by hand for this day' : ''}
    </>
  );
}
