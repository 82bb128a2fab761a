import type { Metadata } from 'next';
import { LinkButton } from '@/components/ui/button';
import { Link } from '@/components/ui/link';
import { Tag } from '@/components/ui/tag';
import { hasPermission } from '@/lib/auth/permissions';
import { staffCtxWith } from '@/lib/auth/session';
import { shortDate } from '@/lib/platform/time-words';
import { overviewOf, type ServiceOverview } from '@/lib/schedule/overview.queries';

export const metadata: Metadata = { title: 'Your services' };

export default async function SchedulesPage() {
  const ctx = await staffCtxWith('schedule:read', '/schedules');
  const services = await overviewOf(ctx);
  return (
    <>
      <div className="mb-4 flex flex-wrap items-center justify-between gap-4">
        <h1 className="mb-0">Your services</h1>
        <div className="flex flex-wrap items-center gap-5">
          <Link href="/schedules/import">Import and export</Link>
          <Link href="/schedules/job">How slots are made</Link>
          {hasPermission(ctx.actor, 'service:create') ? <LinkButton href="/schedules/new">New service</LinkButton> : null}
        </div>
      </div>
      {services.length === 0 ? <p>You run no service yet. Make a new one, or ask your system admin to give you one.</p> : null}
      <ul className="m-0 grid list-none gap-4 p-0 md:grid-cols-2 xl:grid-cols-3">
        {services.map((service) => (
          <li key={service.id} className="panel mb-0">
            <ServiceCard service={service} now={ctx.now} />
          </li>
        ))}
      </ul>
    </>
  );
}

function ServiceCard({ service, now }: { service: ServiceOverview; now: Date }) {
  const { id, name, bookedToday, totalToday, orphans, toContact, madeUpTo } = service;
  return (
    <>
      <h2 className="mb-2">
        <Link href={`/schedules/${id}`}>{name}</Link>
      </h2>
      <p className="tabular mb-2">
        Today: <strong>{bookedToday}</strong> booked, {totalToday - bookedToday} unbooked, {totalToday} in all
      </p>
      <p className="mb-2 flex flex-wrap gap-2">
        {service.isBookable ? null : <Tag tone="amber">Bookings off</Tag>}
        {service.capacity === 'High' ? null : <Tag tone={service.capacity === 'Low' ? 'amber' : 'red'}>{service.capacity === 'Low' ? 'Capacity amber' : 'Capacity red'}</Tag>}
        {orphans > 0 ? <Tag tone="pink">{orphans === 1 ? '1 orphaned' : `${orphans} orphaned`}</Tag> : null}
      </p>
      <ul className="m-0 flex list-none flex-wrap gap-x-5 p-0">
        <li className="mb-0">
          <Link href={`/schedules/${id}/day`}>Day list</Link>
        </li>
        {toContact > 0 ? (
          <li className="mb-0">
            <Link href={`/contact?service=${id}`}>{toContact === 1 ? '1 person to contact' : `${toContact} people to contact`}</Link>
          </li>
        ) : null}
      </ul>
      <p className="mt-2 mb-0 text-detail text-quiet">{madeUpTo ? `Slots are there until ${shortDate(madeUpTo, now)}` : 'No weekly pattern yet'}</p>
    </>
  );
}
