import type { HistoryEntry } from '@/components/booking/history-words';
import { SummaryList, type SummaryRow } from '@/components/ui/summary-list';
import type { Provenance } from '@/lib/auth/actor';
import type { AppointmentVersion } from '@/lib/booking/appointment.schema';
import { clockTimeToTheSecond, londonDate, longDate } from '@/lib/platform/time-words';

type ApiProvenanceProps = { versions: readonly AppointmentVersion[]; history: readonly HistoryEntry[] };

/** What other systems did with the appointment, latest first: from where, by whom and when, to the second (U-160, U-161). */
export function ApiProvenance({ versions, history }: ApiProvenanceProps) {
  const sent = versions.flatMap(({ version, at, provenance }) => (provenance ? [{ version, at, provenance, what: history.find((entry) => entry.version === version)?.what }] : []));
  if (sent.length === 0) return null;
  return (
    <section aria-labelledby="api-heading" className="mt-6">
      <h2 id="api-heading" className="nhsuk-heading-s mb-2">
        Came through the API
      </h2>
      {sent.toReversed().map(({ version, at, provenance, what }) => (
        <section key={version} aria-labelledby={`api-${version}`} className="panel mb-3 py-2 text-detail">
          <h3 id={`api-${version}`} className="mb-1 text-lead">
            {what}
          </h3>
          <SummaryList rows={provenanceRows(provenance, at)} />
        </section>
      ))}
    </section>
  );
}

function provenanceRows({ client, organisation, device, user, interaction }: Provenance, at: Date): SummaryRow[] {
  return [
    { key: 'When', value: <span className="tabular">{`${longDate(londonDate(at))}, ${clockTimeToTheSecond(at)}`}</span> },
    { key: 'System', value: client.name },
    { key: 'Organisation', value: `${organisation.name} (${organisation.code})` },
    { key: 'User', value: <span className="wrap-anywhere">{user ? userWords(user) : 'Nobody was named'}</span> },
    { key: 'Device', value: <span className="wrap-anywhere">{`${device.model}, version ${device.version}`}</span> },
    { key: 'Interaction', value: <span className="wrap-anywhere">{interaction}</span> },
  ];
}

function userWords({ id, name, sdsUserId, roleProfileId }: NonNullable<Provenance['user']>): string {
  return [name, `id ${id}`, sdsUserId && `SDS user ${sdsUserId}`, roleProfileId ? `role profile ${roleProfileId}` : 'role profile not known'].filter(Boolean).join(', ');
}
