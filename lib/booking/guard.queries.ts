import type { Ctx } from '@/lib/auth/actor';
import { requirePermission } from '@/lib/auth/permissions';
import { offerFor, type SlotOffer } from '@/lib/booking/offer.queries';
import { db, Prisma, sendHot } from '@/lib/platform/db';
import type { GuardConflict } from '@/lib/platform/errors';
import { openedEntries } from '@/lib/registry/access.queries';
import { conflictsWith, type StandingEntry } from '@/lib/registry/guard.rules';
import { foundSql } from '@/lib/registry/match.queries';
import { isOpenTo } from '@/lib/registry/seal.rules';

/** A booking that is to be made: `replaces`, the appointment in whose place it comes, is no conflict. */
type Weighing = { offer: SlotOffer; replaces: { id: string } | null };

/** The conflicts of a booking, and Onward's own appointments among them, also those that are not told. */
export type Guarded = { conflicts: readonly GuardConflict[]; own: ReadonlyMap<string, OwnConflict> };

/** Onward's own appointment behind a conflict, by the id of its entry. `isSamePatient`: of the very same record, and so never at the same time unnoticed. */
export type OwnConflict = { appointmentId: string; version: number; isSamePatient: boolean };

/** Far more than a person has; those at the time itself come first. */
const MAX_ENTRIES = 300;

/**
 * The conflicts of a slot with the other appointments of the call's patient, wherever they are held, nearest first; none when there is
 * no such slot or call. What the call is to replace, and what it led to, is no conflict. Not audited by itself: the look at the strip is.
 * Throws ForbiddenError without `registry:view`.
 */
export async function guardOf(ctx: Ctx, asked: { callId: string; slotId: string }): Promise<readonly GuardConflict[]> {
  requirePermission(ctx.actor, 'registry:view');

  const offer = await offerFor(db, ctx, asked);
  if (!offer?.slot) return [];
  const guarded = await guardOn(ctx, { offer: { ...offer, slot: offer.slot }, replaces: offer.movesId === null ? null : { id: offer.movesId } });
  return guarded.conflicts;
}

/** The same for an offer that has been read, for the command that decides on it. */
export async function guardOn(ctx: Ctx, { offer, replaces }: Weighing): Promise<Guarded> {
  const { slot, call } = offer;
  const rows = await standingRows(ctx, { offer, replaces });
  const opened = await openedOf(ctx, rows);
  const entries = rows.map((row) => entryOf(ctx, row, opened.has(row.entryId)));
  const wanted = { startsAt: slot.startsAt, endsAt: slot.endsAt, serviceDosId: slot.service.dosId, family: call.disposition.family, isMove: replaces !== null };
  return { conflicts: conflictsWith(wanted, entries, ctx.now), own: new Map(rows.flatMap(ownOf)) };
}

type EntryPart = Omit<StandingEntry, 'family' | 'isOpen' | 'own'>;

type OwnPart = {
  appointmentId: string;
  reference: string;
  appointmentVersion: number;
  status: string;
  bookedById: string | null;
  bookedByCode: string;
  isSamePatient: boolean;
  family: string | null;
  serviceId: string;
  cancelBy: string;
};

type Row = EntryPart & (OwnPart | { appointmentId: null });

async function standingRows({ now }: Ctx, { offer: { patient, call, slot }, replaces }: Weighing): Promise<Row[]> {
  const standing = Prisma.sql`status IN ('booked', 'arrived') AND ends_at > ${now}::timestamptz`;
  // Raw, and past the engine: one more read on the path of every booking.
  return sendHot<Row>(Prisma.sql`
    WITH ${foundSql(patient, standing)}
    SELECT entry.id AS "entryId", entry.version, coalesce(appointment.starts_at, entry.starts_at) AS "startsAt", coalesce(appointment.ends_at, entry.ends_at) AS "endsAt",
      entry.service_name AS "serviceName", entry.service_dos_id AS "serviceDosId", entry.place, holder.name AS "holderName",
      entry.is_sealed AS "isSealed", NOT found.is_certain AS "isMaybe",
      appointment.id AS "appointmentId", appointment.reference, appointment.version AS "appointmentVersion", appointment.status,
      appointment.booked_by_id AS "bookedById", appointment.booked_by_code AS "bookedByCode", appointment.patient_id = ${patient.id}::uuid AS "isSamePatient",
      disposition.family, service.id AS "serviceId", service.cancel_by AS "cancelBy"
    FROM found
    JOIN registry_entry entry ON entry.id = found.id
    LEFT JOIN organisation holder ON holder.ods_code = entry.organisation_code
    LEFT JOIN appointment ON appointment.id = entry.appointment_id
    LEFT JOIN service ON service.id = appointment.service_id
    LEFT JOIN disposition ON disposition.code = appointment.disposition_code
    WHERE appointment.id IS NULL OR (appointment.id IS DISTINCT FROM ${replaces?.id ?? null}::uuid AND appointment.call_id IS DISTINCT FROM ${call.id}::uuid)
    ORDER BY (entry.starts_at < ${slot.endsAt}::timestamptz AND entry.ends_at > ${slot.startsAt}::timestamptz) DESC,
      abs(extract(epoch FROM entry.starts_at - ${slot.startsAt}::timestamptz)), entry.id
    LIMIT ${MAX_ENTRIES}`);
}

async function openedOf(ctx: Ctx, rows: readonly Row[]): Promise<ReadonlySet<string>> {
  return openedEntries(ctx, rows.filter(({ isSealed }) => isSealed).map(({ entryId }) => entryId));
}

function entryOf({ actor }: Ctx, row: Row, hasOpened: boolean): StandingEntry {
  const { entryId, version, startsAt, endsAt, serviceName, serviceDosId, place, holderName, isSealed, isMaybe } = row;
  const entry = { entryId, version, startsAt, endsAt, serviceName, serviceDosId, place, holderName, isSealed, isMaybe };
  if (row.appointmentId === null) return { ...entry, isOpen: isOpenTo({ isSealed, bookedById: null, serviceId: null }, { actor, hasOpened }), family: null, own: null };
  const { appointmentId: id, reference, appointmentVersion, status, family, bookedByCode, cancelBy } = row;
  const letsCancel = cancelBy === 'any' || bookedByCode === actor.organisation.code;
  return { ...entry, isOpen: isOpenTo(row, { actor, hasOpened }), family, own: { id, reference, version: appointmentVersion, isBooked: status === 'booked', letsCancel } };
}

function ownOf(row: Row): [string, OwnConflict][] {
  if (row.appointmentId === null) return [];
  const { entryId, appointmentId, appointmentVersion: version, isSamePatient } = row;
  return [[entryId, { appointmentId, version, isSamePatient }]];
}
