import type { HistoryEntry } from '@/components/booking/history-words';
import { Notice } from '@/components/ui/notice';
import type { Appointment } from '@/lib/booking/appointment.schema';

type AppointmentNoticeProps = {
  appointment: Pick<Appointment, 'status' | 'startsAt' | 'version'>;
  latest: HistoryEntry | undefined;
  /** The version that was made by the form that led here, if one did. */
  changed: number;
  /** That form had been sent before, and only its first answer is told again. */
  isRepeat: boolean;
  now: Date;
};

/** What has just been done, or that the appointment is not to be kept any more. */
export function AppointmentNotice({ appointment, latest, changed, isRepeat, now }: AppointmentNoticeProps) {
  const { status, startsAt, version } = appointment;
  const isJustChanged = changed === version;
  if (!latest || (!isJustChanged && status === 'booked')) return null;
  if (isJustChanged && version === 1) return <Notice tone="info" title="The reason is as it was: nothing was changed" focus />;

  const why = latest.why ? `${latest.why}.` : '';
  const slot = ['cancelled', 'moved'].includes(status) && startsAt > now ? 'The slot is free again for others.' : '';
  return (
    <Notice tone={isJustChanged ? 'success' : 'info'} title={`${isRepeat ? 'This was already done: ' : ''}${latest.what} ${latest.when}`} focus={isJustChanged}>
      {[why, slot, isRepeat ? 'Nothing was done twice.' : ''].filter(Boolean).join(' ')}
    </Notice>
  );
}
