import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { PatientSummary } from '@/components/registry/patient-summary';
import { Timeline } from '@/components/registry/timeline';
import { hasPermission } from '@/lib/auth/permissions';
import { formOwner, staffCtxWith, takeDraft } from '@/lib/auth/session';
import { isId } from '@/lib/platform/id';
import { openedPatient } from '@/lib/registry/patient.queries';
import { MAX_ENTRIES, patientEntries } from '@/lib/registry/queries';
import { ReasonForm } from './reason-form';

export const metadata: Metadata = { title: 'Patient' };

export default async function PatientPage({ params }: { params: Promise<{ patientId: string }> }) {
  const { patientId } = await params;
  if (!isId(patientId)) notFound();
  const path = `/patients/${patientId}`;
  const ctx = await staffCtxWith('registry:view', path);
  const opened = await openedPatient(ctx, patientId);
  if (!opened) {
    const [draft, owner] = await Promise.all([takeDraft(ctx, path), formOwner(ctx)]);
    return (
      <div className="mx-auto max-w-measure">
        <h1 className="nhsuk-heading-l mb-2">Why do you look at this patient?</h1>
        <p>Outside a call you need a reason before this patient’s appointments are shown.</p>
        <ReasonForm patientId={patientId} kept={{ owner, draft }} />
      </div>
    );
  }

  const entries = await patientEntries(ctx, { patient: opened.patient, since: null, callId: null });
  return (
    <>
      <PatientSummary opened={opened} now={ctx.now} />
      <Timeline patient={opened.patient} entries={entries} most={MAX_ENTRIES} callId={null} canOpen={hasPermission(ctx.actor, 'registry:open-sealed')} back={path} now={ctx.now} />
    </>
  );
}
