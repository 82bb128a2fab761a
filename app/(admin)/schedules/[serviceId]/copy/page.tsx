import type { Metadata } from 'next';
import { slotsWords } from '@/components/schedule/sum-words';
import { Link } from '@/components/ui/link';
import { formOwner, takeDraft } from '@/lib/auth/session';
import { addDays, parseLocalDate } from '@/lib/platform/time';
import { londonDate, shortDate } from '@/lib/platform/time-words';
import { mondayOf } from '@/lib/schedule/calendar.rules';
import { copyValues } from '@/lib/schedule/copy-form.schema';
import { dateValues } from '@/lib/schedule/pattern-form.schema';
import { sessionDays, type SessionDay } from '@/lib/schedule/session.queries';
import { proposedEdit } from '@/lib/schedule/templates.queries';
import { wordOf } from '../form-start';
import { serviceOf } from '../service';
import { CopyForm } from './copy-form';

export const metadata: Metadata = { title: 'Copy sessions' };

type Query = { from?: string | string[]; what?: string | string[]; proposal?: string | string[] };
type CopyPageProps = { params: Promise<{ serviceId: string }>; searchParams: Promise<Query> };

export default async function CopyPage({ params, searchParams }: CopyPageProps) {
  const { serviceId } = await params;
  const { ctx } = await serviceOf(serviceId, '/copy');
  const query = await searchParams;
  const draft = await takeDraft(ctx, `/schedules/${serviceId}/copy`);
  const edit = await proposedEdit(ctx, { serviceId, proposalId: wordOf(query.proposal) });
  const proposed = edit?.kind === 'copy-days' ? copyValues(edit.days) : null;
  const what = (draft?.['what'] ?? proposed?.['what'] ?? query.what) === 'week' ? 'week' : 'day';
  const from = (edit?.kind === 'copy-days' ? edit.days[0]?.from : parseLocalDate(wordOf(query.from) ?? '')) ?? londonDate(ctx.now);
  const shown = what === 'week' ? { from: mondayOf(from), days: 7 } : { from, days: 1 };
  const days = await sessionDays(ctx, { serviceId, ...shown });
  return (
    <div className="max-w-form">
      <h1 className="nhsuk-heading-l mb-2">{what === 'week' ? 'Copy a week' : 'Copy a day'}</h1>
      <p>
        {presentWords(days, ctx.now) || `There is no session ${what === 'week' ? 'in that week' : `on ${shortDate(from, ctx.now)}`} yet.`} Copies are sessions of their own: a weekly pattern that
        changes later leaves them as they are.
      </p>
      <p>
        <Link href={`/schedules/${serviceId}/copy?from=${from}&what=${what === 'week' ? 'day' : 'week'}`}>{what === 'week' ? 'Copy one day instead' : 'Copy the whole week instead'}</Link>
      </p>
      <CopyForm
        key={what + from}
        serviceId={serviceId}
        what={what}
        start={proposed ?? { ...dateValues('from', from), ...(what === 'week' ? { ...dateValues('first', addDays(from, 7)), weeks: '1' } : {}) }}
        kept={{ owner: await formOwner(ctx), draft }}
        back={`/schedules/${serviceId}?view=week&date=${from}`}
      />
    </div>
  );
}

/** `Tue 24 Nov: 2 sessions, 96 slots. Wed 25 Nov: …`. */
function presentWords(days: readonly SessionDay[], now: Date): string {
  return days.map(({ date, sessions, slots }) => `${shortDate(date, now)}: ${sessions === 1 ? '1 session' : `${sessions} sessions`}, ${slotsWords(slots)}.`).join(' ');
}
