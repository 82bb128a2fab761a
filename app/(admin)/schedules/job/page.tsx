import type { Metadata } from 'next';
import { Link } from '@/components/ui/link';
import { Tag } from '@/components/ui/tag';
import { staffCtxWith } from '@/lib/auth/session';
import { clockTime, shortDate, whenWords } from '@/lib/platform/time-words';
import { overviewOf, slotJobRuns, type ServiceOverview, type SlotJobRun } from '@/lib/schedule/overview.queries';
import { HORIZON_DAYS } from '@/lib/schedule/schema';

export const metadata: Metadata = { title: 'How slots are made' };

export default async function SlotJobPage() {
  const ctx = await staffCtxWith('schedule:read', '/schedules/job');
  const [runs, services] = await Promise.all([slotJobRuns(ctx), overviewOf(ctx)]);
  const running = runs.find((run) => run.finishedAt === null && !run.isBroken);
  return (
    <div className="max-w-measure">
      <h1>How slots are made</h1>
      <p>
        Onward makes the slots of every weekly pattern {HORIZON_DAYS} days ahead by itself, a day more each night. A pass that was broken off goes on where it was; nothing is
        made twice.
      </p>
      {running ? <Running run={running} now={ctx.now} /> : null}
      <MadeUpTo services={services} now={ctx.now} />
      <Runs runs={runs} now={ctx.now} />
    </div>
  );
}

function Running({ run, now }: { run: SlotJobRun; now: Date }) {
  return (
    <div className="panel mb-4">
      <h2 className="mb-1">At work since {whenWords(run.startedAt, now)}</h2>
      <label htmlFor="progress" className="tabular">
        {run.total > 0 ? `${run.done} of ${run.total} weekly patterns` : 'Beginning'}
      </label>
      <progress id="progress" className="block w-full" value={run.done} max={Math.max(run.total, 1)} />
      <Link href="/schedules/job">Refresh</Link> <span className="text-quiet">as of {clockTime(now)}</span>
    </div>
  );
}

function MadeUpTo({ services, now }: { services: readonly ServiceOverview[]; now: Date }) {
  return (
    <dl className="panel mb-4 grid gap-x-6 gap-y-1 sm:grid-cols-[max-content_1fr]">
      {services.map(({ id, name, madeUpTo }) => (
        <div key={id} className="contents">
          <dt className="font-bold">{name}</dt>
          <dd className="m-0">{madeUpTo ? `slots until ${shortDate(madeUpTo, now)}` : 'no weekly pattern yet'}</dd>
        </div>
      ))}
    </dl>
  );
}

function Runs({ runs, now }: { runs: readonly SlotJobRun[]; now: Date }) {
  if (runs.length === 0) return <p>No pass has been made yet: the first begins a moment after Onward has started.</p>;
  return (
    <section className="border border-line bg-panel">
      <h2 className="mb-0 px-4 pt-3">Passes, newest first</h2>
      <table className="mb-0 w-full tabular text-detail">
        <caption className="nhsuk-u-visually-hidden">Passes, newest first</caption>
        <thead>
          <tr className="border-b border-line text-left">
            {['Began', 'Ended', 'Slots made', 'Outcome'].map((column) => (
              <th key={column} scope="col" className="px-4 py-2">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <tr key={run.id} className="border-b border-line last:border-b-0">
              <td className="px-4 py-2">{whenWords(run.startedAt, now)}</td>
              <td className="px-4 py-2">{run.finishedAt ? clockTime(run.finishedAt) : 'not yet'}</td>
              <td className="px-4 py-2">{run.made}</td>
              <td className="px-4 py-2">
                <Outcome run={run} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Outcome({ run }: { run: SlotJobRun }) {
  if (run.fault) return <Tag tone="red">Failed: it will try again</Tag>;
  if (run.finishedAt) return 'Done';
  return run.isBroken ? <Tag tone="amber">Broken off: the next one goes on</Tag> : <Tag tone="blue">At work</Tag>;
}
