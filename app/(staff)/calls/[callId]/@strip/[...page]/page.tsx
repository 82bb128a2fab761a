import { AppointmentStrip } from '@/components/registry/appointment-strip';
import { hasPermission } from '@/lib/auth/permissions';
import { isUnderWay } from '@/lib/booking/call.rules';
import { stripOf, stripSince } from '@/lib/registry/entry.rules';
import { patientEntries } from '@/lib/registry/queries';
import { callAround } from '../../call';

type StripPageProps = { params: Promise<{ callId: string; page: string[] }>; searchParams: Promise<Record<string, string | string[] | undefined>> };

/** Beside every page of a call, and not in the layout: that is read once, this with each page that the handler goes to. */
export default async function StripPage({ params, searchParams }: StripPageProps) {
  const { callId, page } = await params;
  const around = await callAround(callId);
  if (!around || !isUnderWay(around.call, around.ctx.now)) return null;

  const { ctx, call } = around;
  const { service } = await searchParams;
  const path = `/calls/${callId}/${page.join('/')}`;
  const entries = await patientEntries(ctx, { patient: call.patient, since: stripSince(ctx.now), callId });
  return (
    <AppointmentStrip
      strip={stripOf(entries, { now: ctx.now, except: call.appointment?.id ?? null })}
      patient={call.patient}
      callId={callId}
      canOpen={hasPermission(ctx.actor, 'registry:open-sealed')}
      back={typeof service === 'string' ? `${path}?service=${encodeURIComponent(service)}` : path}
      now={ctx.now}
    />
  );
}
