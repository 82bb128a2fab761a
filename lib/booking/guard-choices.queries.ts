import { z } from 'zod';
import type { Ctx } from '@/lib/auth/actor';
import { requirePermission } from '@/lib/auth/permissions';
import { openAmong, SEAL_COLUMNS } from '@/lib/booking/seal.queries';
import { db } from '@/lib/platform/db';
import { isId } from '@/lib/platform/id';
import { openedEntries } from '@/lib/registry/access.queries';
import { isOpenTo } from '@/lib/registry/seal.rules';

const MOST_CHOICES = 300;

const choice = z.enum(['keep', 'move', 'cancel']);

/**
 * What was chosen about another appointment of the patient when one was booked. Of a sealed one that is not open to whoever looks,
 * service, appointment and the reason, which may tell them, are null.
 */
export type MadeChoice = {
  choice: z.infer<typeof choice>;
  /** Why both were kept. */
  reason: string | null;
  kinds: readonly string[];
  entry: { id: string; startsAt: Date; serviceName: string | null; isSealed: boolean; appointment: { id: string; reference: string } | null };
};

/**
 * What was chosen about the patient's other appointments when this one was booked, by their start; at most 300. A part of the look
 * at the appointment, which `appointmentFor` decides on and records. Throws ForbiddenError without `appointment:read`.
 */
export async function guardChoicesOf(ctx: Ctx, appointmentId: string): Promise<readonly MadeChoice[]> {
  return (await guardChoicesOfAll(ctx, [appointmentId])).get(appointmentId) ?? [];
}

/** The same of the appointments of a call's record, by their ids; at most 300 choices together. Those with none are left out. */
export async function guardChoicesOfAll(ctx: Ctx, appointmentIds: readonly string[]): Promise<ReadonlyMap<string, readonly MadeChoice[]>> {
  requirePermission(ctx.actor, 'appointment:read');
  const rows = await rowsOf(appointmentIds.filter(isId));
  const [own, elsewhere] = await Promise.all([
    openAmong(ctx, rows.flatMap(({ entry }) => entry.appointment ?? [])),
    openedEntries(ctx, rows.flatMap(({ entry }) => (entry.isSealed && !entry.appointment ? entry.id : []))),
  ]);
  const made = new Map<string, MadeChoice[]>();
  for (const row of rows) {
    const { id, isSealed, appointment } = row.entry;
    const isOpen = appointment ? own.has(appointment.id) : isOpenTo({ isSealed, bookedById: null, serviceId: null }, { actor: ctx.actor, hasOpened: elsewhere.has(id) });
    made.set(row.appointmentId, [...(made.get(row.appointmentId) ?? []), madeChoice(row, isOpen)]);
  }
  return made;
}

type Row = Awaited<ReturnType<typeof rowsOf>>[number];

function rowsOf(appointmentIds: string[]) {
  return db.guardChoice.findMany({
    where: { appointmentId: { in: appointmentIds } },
    orderBy: [{ entry: { startsAt: 'asc' } }, { entryId: 'asc' }],
    take: MOST_CHOICES,
    select: {
      appointmentId: true,
      choice: true,
      reason: true,
      kinds: true,
      entry: { select: { id: true, startsAt: true, serviceName: true, isSealed: true, appointment: { select: { ...SEAL_COLUMNS, reference: true } } } },
    },
  });
}

function madeChoice({ choice: made, reason, kinds, entry: { appointment, serviceName, ...times } }: Row, isOpen: boolean): MadeChoice {
  if (!isOpen) return { choice: choice.parse(made), reason: null, kinds, entry: { ...times, serviceName: null, appointment: null } };
  return { choice: choice.parse(made), reason, kinds, entry: { ...times, serviceName, appointment: appointment && { id: appointment.id, reference: appointment.reference } } };
}
