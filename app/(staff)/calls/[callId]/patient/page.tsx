import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { Timeline } from '@/components/registry/timeline';
import { hasPermission } from '@/lib/auth/permissions';
import { isUnderWay } from '@/lib/booking/call.rules';
import { MAX_ENTRIES, patientEntries } from '@/lib/registry/queries';
import { openCall } from '../call';

export const metadata: Metadata = { title: 'All appointments – this call' };

/** The call is the reason to look; once it is over, the patient's own page asks for one. */
export default async function CallPatientPage({ params }: { params: Promise<{ callId: string }> }) {
  const { callId } = await params;
  const { ctx, call } = await openCall(callId, 'patient');
  if (!isUnderWay(call, ctx.now)) redirect(`/patients/${call.patient.id}`);

  const entries = await patientEntries(ctx, { patient: call.patient, since: null, callId });
  return (
    <>
      <h1 className="nhsuk-heading-l mb-4">All appointments of this patient</h1>
      <Timeline patient={call.patient} entries={entries} most={MAX_ENTRIES} callId={callId} canOpen={hasPermission(ctx.actor, 'registry:open-sealed')} back={`/calls/${callId}/patient`} now={ctx.now} />
    </>
  );
}
