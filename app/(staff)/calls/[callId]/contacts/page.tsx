import type { Metadata } from 'next';
import { EndedCall } from '@/components/call/ended-call';
import { NotMine } from '@/components/call/not-mine';
import { formOwner, takeDraft } from '@/lib/auth/session';
import { CONTACT_ROWS, type Contact } from '@/lib/patient/contacts.schema';
import { backFrom } from '../back';
import { openCall } from '../call';
import { takeCallOver } from '../hand-over/actions';
import { ContactsForm } from './contacts-form';

export const metadata: Metadata = { title: 'Numbers to ring – this call' };

type ContactsPageProps = { params: Promise<{ callId: string }>; searchParams: Promise<{ back?: string | string[] }> };

export default async function ContactsPage({ params, searchParams }: ContactsPageProps) {
  const { callId } = await params;
  const { ctx, call } = await openCall(callId, 'contacts');
  if (call.state === 'referred' || call.state === 'closed') return <EndedCall call={call} />;

  const draft = await takeDraft(ctx, `/calls/${callId}/contacts`);
  const back = call.state === 'booked' ? 'booked' : backFrom((await searchParams).back);
  return (
    <>
      {call.isMine ? null : <NotMine call={call} back="services" takeOver={takeCallOver} />}
      <h1 className="nhsuk-heading-l mb-2">Numbers to ring</h1>
      <p className="max-w-measure">The service rings these if something changes. Ask whose each number is, and which one to try first. Leave the rest empty.</p>
      {call.isMine ? <ContactsForm callId={call.id} back={back} rows={CONTACT_ROWS} present={fieldsOf(call.contacts)} kept={{ owner: await formOwner(ctx), draft }} /> : null}
    </>
  );
}

/** The contacts in the fields that `contactsForm` reads. */
function fieldsOf(contacts: readonly Contact[]): Record<string, string> {
  const shown = contacts.slice(0, CONTACT_ROWS);
  const first = Math.max(0, shown.findIndex(({ rank }) => rank === 1));
  const rows = shown.map(({ isPatient, name, relationship, phone }, index) => ({
    [`contact${index}Is`]: isPatient ? 'patient' : 'other',
    [`contact${index}Name`]: name ?? '',
    [`contact${index}Relationship`]: relationship ?? '',
    [`contact${index}Phone`]: phone,
  }));
  return rows.reduce((fields, row) => ({ ...fields, ...row }), { first: String(first) });
}
