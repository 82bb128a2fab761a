import type { Metadata } from 'next';
import { closedWords } from '@/components/booking/closed-words';
import { Link } from '@/components/ui/link';
import { Notice } from '@/components/ui/notice';
import { PrintButton } from '@/components/ui/print-button';
import { writtenLines } from '@/lib/booking/read-back.rules';
import { fullName } from '@/lib/patient/rules';
import { openAppointment } from '../appointment';

export const metadata: Metadata = { title: 'Confirmation – appointment' };

export default async function ConfirmationPage({ params }: { params: Promise<{ appointmentId: string }> }) {
  const { ctx, appointment } = await openAppointment(params, { page: '/confirmation' });
  const closed = closedWords(appointment, ctx.now);
  return (
    <div className="mx-auto max-w-measure">
      <h1 className="nhsuk-heading-l mb-4">Your NHS appointment</h1>
      {closed ? (
        <Notice tone="warning" title={closed}>
          There is nothing to confirm to the patient.
        </Notice>
      ) : (
        <section aria-label="Confirmation" className="panel mb-5">
          <p className="text-readout">For {fullName(appointment.patient)}</p>
          {writtenLines(appointment).map(({ label, words }) => (
            <p key={label} className="text-readout wrap-anywhere">
              {label === 'when' ? <strong>{words}</strong> : words}
            </p>
          ))}
        </section>
      )}
      <div className="screen-only flex flex-wrap items-center gap-5">
        {closed ? null : <PrintButton>Print</PrintButton>}
        <Link href={`/appointments/${appointment.id}`}>Back to the appointment</Link>
      </div>
    </div>
  );
}
