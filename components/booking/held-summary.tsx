import { slotWords } from '@/components/booking/slot-words';
import { contactsWords } from '@/components/call/patient-words';
import { SummaryList } from '@/components/ui/summary-list';
import type { Call, HeldSlot } from '@/lib/booking/schema';
import { fullName } from '@/lib/patient/rules';
import { clockTime, dayWords, durationWords, londonDate, longDate, minutesBetween } from '@/lib/platform/time-words';

type HeldSummaryProps = {
  call: Call;
  held: HeldSlot;
  /** Null where that takes more than a line. */
  whoPays: string | null;
  now: Date;
};

/** When, where, for whom and whom to ring, before it is booked. */
export function HeldSummary({ call, held, whoPays, now }: HeldSummaryProps) {
  const change = { href: `/calls/${call.id}/services?service=${held.serviceId}`, words: 'Change' };
  return (
    <div className="mb-4 border border-line bg-panel px-5 py-2">
      <SummaryList
        rows={[
          { key: 'When', value: <When held={held} dueAt={call.dueAt} now={now} />, action: { ...change, about: 'when' } },
          { key: 'Where', value: <Where held={held} />, action: { ...change, about: 'where' } },
          { key: 'For', value: fullName(call.patient) },
          { key: 'Numbers', value: <Numbers call={call} />, action: { href: `/calls/${call.id}/contacts?back=check`, words: 'Change', about: 'the numbers to ring' } },
          ...(whoPays ? [{ key: 'Who pays', value: whoPays }] : []),
        ]}
      />
    </div>
  );
}

function When({ held, dueAt, now }: { held: HeldSlot; dueAt: Date | null; now: Date }) {
  const date = londonDate(held.startsAt);
  const day = dayWords(date, now);
  const due = dueAt ? `${held.minutesOver > 0 ? `over by ${durationWords(held.minutesOver)}` : 'in time'}, due by ${clockTime(dueAt)} ${dayWords(londonDate(dueAt), now)}` : 'no time set by the disposition';
  return (
    <>
      <strong className="tabular">
        {day === 'today' || day === 'tomorrow' ? `${day === 'today' ? 'Today' : 'Tomorrow'}, ` : ''}
        {longDate(date)}, {clockTime(held.startsAt)} to {clockTime(held.endsAt)}
      </strong>
      <span className="block text-detail text-quiet">
        in {durationWords(Math.max(0, minutesBetween(now, held.startsAt)))} · {due}
      </span>
    </>
  );
}

function Numbers({ call }: { call: Call }) {
  return contactsWords(call).map((words) => (
    <span key={words} className="block wrap-anywhere first-letter:uppercase">
      {words}
    </span>
  ));
}

function Where({ held }: { held: HeldSlot }) {
  return (
    <>
      {held.serviceName}, {held.serviceAddress}, {held.servicePostcode}
      <span className="block text-detail text-quiet">
        {held.serviceTypeName} · {slotWords(held)}
      </span>
    </>
  );
}
