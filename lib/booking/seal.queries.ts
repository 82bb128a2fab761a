import type { Ctx } from '@/lib/auth/actor';
import { db, type Prisma } from '@/lib/platform/db';
import type { RefusalOf } from '@/lib/platform/errors';
import { ok, refuse, type Result } from '@/lib/platform/result';
import { openedEntries } from '@/lib/registry/access.queries';
import { isOpenTo } from '@/lib/registry/seal.rules';

/** What a query selects of an appointment for `openAmong`. */
export const SEAL_COLUMNS = {
  id: true,
  bookedById: true,
  serviceId: true,
  registryEntry: { select: { id: true, isSealed: true } },
  service: { select: { type: { select: { isSensitive: true } } } },
  call: { select: { handlerId: true } },
} satisfies Prisma.AppointmentSelect;

type Sealable = {
  id: string;
  bookedById: string | null;
  serviceId: string;
  registryEntry: { id: string; isSealed: boolean } | null;
  service: { type: { isSensitive: boolean } };
  call: { handlerId: string } | null;
};

/**
 * The ids of those of these appointments of which more than times and status may be shown to the actor. Whoever has the call that
 * booked one counts as who booked it: they read it back, and move it there.
 */
export async function openAmong(ctx: Ctx, appointments: readonly Sealable[]): Promise<ReadonlySet<string>> {
  const opened = await openedEntries(ctx, appointments.filter(isSealed).flatMap(({ registryEntry }) => registryEntry?.id ?? []));
  return new Set(appointments.filter((appointment) => isOpen(ctx, appointment, opened)).map(({ id }) => id));
}

/** May the actor change this appointment, as far as its seal goes? Only one that is open to them; one that does not exist is not sealed. Source: docs/rules.md#registry. */
export async function decideSeal(ctx: Ctx, appointmentId: string): Promise<Result<null, RefusalOf<'appointment-sealed'>>> {
  const appointment = await db.appointment.findUnique({ where: { id: appointmentId }, select: SEAL_COLUMNS });
  const isShut = appointment !== null && !(await openAmong(ctx, [appointment])).has(appointmentId);
  return isShut ? refuse({ code: 'appointment-sealed' }) : ok(null);
}

function isOpen({ actor }: Ctx, appointment: Sealable, opened: ReadonlySet<string>): boolean {
  const { bookedById, serviceId, registryEntry, call } = appointment;
  const asBooked = { isSealed: isSealed(appointment), bookedById: call?.handlerId === actor.id ? actor.id : bookedById, serviceId };
  return isOpenTo(asBooked, { actor, hasOpened: registryEntry !== null && opened.has(registryEntry.id) });
}

// One that lost its entry is as shut as its service says.
function isSealed({ registryEntry, service }: Sealable): boolean {
  return registryEntry?.isSealed ?? service.type.isSensitive;
}
