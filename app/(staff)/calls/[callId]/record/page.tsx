import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { RecordLines } from '@/components/call/record-lines';
import { CALL_STATES } from '@/components/call/state-words';
import { Notice } from '@/components/ui/notice';
import { staffCtxWith } from '@/lib/auth/session';
import { callRecordFor, type CallRecord } from '@/lib/booking/record.queries';
import { clockTimeToTheSecond, longDate, londonDate } from '@/lib/platform/time-words';

export const metadata: Metadata = { title: 'Call record' };

export default async function RecordPage({ params }: { params: Promise<{ callId: string }> }) {
  const { callId } = await params;
  const ctx = await staffCtxWith('call:read-record', `/calls/${callId}/record`);
  const record = await callRecordFor(ctx, callId);
  if (!record) notFound();

  return (
    <div className="mx-auto max-w-measure">
      <h1 className="nhsuk-heading-l mb-2">Call record</h1>
      <p className="mb-4 text-detail text-quiet tabular">{factsOf(record).join(' · ')}</p>
      {record.isCut ? (
        <Notice tone="warning" title={`Only the first ${record.lines.length} events are shown`}>
          The record goes on. Ask your system admin for the rest.
        </Notice>
      ) : null}
      <RecordLines record={record} />
      <p className="text-detail text-quiet">
        Times are London’s, to the second. That this record was looked at is recorded too. Seen at {clockTimeToTheSecond(ctx.now)} on {longDate(londonDate(ctx.now))}.
      </p>
    </div>
  );
}

function factsOf({ state, organisationName, handlerName, openedAt, endedAt, disposition }: CallRecord): string[] {
  return [
    CALL_STATES[state].words,
    `${disposition.code} ${disposition.title}`,
    organisationName,
    `with ${handlerName}`,
    `opened ${longDate(londonDate(openedAt))} at ${clockTimeToTheSecond(openedAt)}`,
    ...(endedAt ? [`ended at ${clockTimeToTheSecond(endedAt)}`] : []),
  ];
}
