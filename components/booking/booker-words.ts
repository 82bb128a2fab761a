import type { AppointmentVersion, Booker } from '@/lib/booking/appointment.schema';

/** Who booked: `Asha Begum, Norfolk 111`, or `Norfolk 111 triage for Norfolk 111, Ms Orla Samplewright` (U-160). */
export function bookerWords(booker: Booker): string {
  return booker.kind === 'staff' ? `${booker.name}, ${booker.organisation}` : systemWords({ system: booker.name, organisation: booker.organisation, user: booker.user });
}

/** Who made a version: the person alone, or the system with its organisation and user. */
export function actorWords({ actorName, provenance }: Pick<AppointmentVersion, 'actorName' | 'provenance'>): string {
  return provenance ? systemWords({ system: actorName, organisation: provenance.organisation.name, user: provenance.user?.name ?? null }) : actorName;
}

function systemWords({ system, organisation, user }: { system: string; organisation: string; user: string | null }): string {
  return [`${system} for ${organisation}`, user].filter(Boolean).join(', ');
}
