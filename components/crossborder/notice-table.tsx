import { betweenWords } from '@/components/crossborder/approval-words';
import { CardCell, CardRow, CardTable } from '@/components/ui/card-table';
import type { BorderNotice } from '@/lib/crossborder/notice.schema';
import { priceWords } from '@/lib/crossborder/words.rules';
import { whenWords } from '@/lib/platform/time-words';

/** What was booked with notice to the host, the newest first. */
export function NoticeTable({ notices, now }: { notices: readonly BorderNotice[]; now: Date }) {
  return (
    <CardTable title="Bookings with notice" columns={['Booked', 'Service', 'Appointment', 'Border', 'Rule', 'Price']}>
      {notices.map((notice) => (
        <CardRow
          key={notice.appointmentId}
          head={
            <>
              <span className="tabular">{whenWords(notice.bookedAt, now)}</span>
              <span className="block font-normal text-quiet">{notice.bookedBy}</span>
            </>
          }
        >
          <CardCell>{notice.serviceName}</CardCell>
          <CardCell>
            <span className="tabular">{whenWords(notice.startsAt, now)}</span>
            {notice.isEnded ? <span className="block font-bold">Cancelled or moved since</span> : null}
          </CardCell>
          <CardCell>{betweenWords(notice.from, notice.to)}</CardCell>
          <CardCell>{notice.ruleWords}</CardCell>
          <CardCell>
            <span className="tabular whitespace-nowrap">{priceWords(notice.pricePence)}</span>
          </CardCell>
        </CardRow>
      ))}
    </CardTable>
  );
}
