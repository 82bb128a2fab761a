import { z } from 'zod';
import { record } from '@/lib/audit/record';
import type { Ctx, StaffActor } from '@/lib/auth/actor';
import { hasPermission, isAdminOf, requirePermission } from '@/lib/auth/permissions';
import { CANCEL_REASONS, isCancelReason, type Appointment, type AppointmentLink, type AppointmentVersion, type AppointmentView, type Booker } from '@/lib/booking/appointment.schema';
import { provenance } from '@/lib/booking/provenance.schema';
import { appointmentStatus, channel } from '@/lib/booking/schema';
import { openAmong, SEAL_COLUMNS } from '@/lib/booking/seal.queries';
import { sentOtherwise } from '@/lib/booking/sent-patient.rules';
import { submission } from '@/lib/booking/submission.schema';
import { PATIENT_COLUMNS, patientOf } from '@/lib/patient/queries';
import { db, type Prisma } from '@/lib/platform/db';
import { isId } from '@/lib/platform/id';

const LINK = {
  select: { ...SEAL_COLUMNS, reference: true, startsAt: true, service: { select: { ...SEAL_COLUMNS.service.select, name: true } } },
} satisfies Prisma.AppointmentDefaultArgs;

const CONTACTS = {
  select: { rank: true, isPatient: true, name: true, relationship: true, phone: true },
  orderBy: [{ rank: 'asc' }, { id: 'asc' }],
} satisfies Prisma.Appointment$contactsArgs & Prisma.Call$contactsArgs;

const APPOINTMENT = {
  ...SEAL_COLUMNS,
  reference: true,
  status: true,
  version: true,
  startsAt: true,
  endsAt: true,
  reason: true,
  callId: true,
  call: { select: { ...SEAL_COLUMNS.call.select, contacts: CONTACTS } },
  contacts: CONTACTS,
  submission: { select: { body: true } },
  dispositionCode: true,
  bookedAt: true,
  bookedByCode: true,
  bookedBy: { select: { name: true } },
  bookedThrough: { select: { name: true } },
  releasedAt: true,
  cancelReason: true,
  cancelText: true,
  timeframeRule: true,
  minutesOver: true,
  approvedBy: { select: { name: true } },
  approvalReason: true,
  replaces: LINK,
  replacedBy: LINK,
  referrals: { select: { id: true, sentAt: true, uncoupledAt: true }, orderBy: [{ sentAt: 'desc' }, { id: 'desc' }], take: 1 },
  patient: { select: PATIENT_COLUMNS },
  slot: {
    select: { session: { select: { schedule: { select: { channel: true, practitionerRole: true, practitionerName: true, practitionerGender: true } } } } },
  },
  service: {
    select: { id: true, name: true, typeId: true, type: { select: { name: true, isSensitive: true } }, address: true, postcode: true, publicPhone: true, patientInformation: true },
  },
  versions: { select: { version: true, at: true, actorId: true, provenance: true, body: true }, orderBy: { version: 'asc' } },
} satisfies Prisma.AppointmentSelect;

type Row = NonNullable<Awaited<ReturnType<typeof rowOf>>>;

/** What `versionBody` wrote. */
const versionBody = z.object({
  status: appointmentStatus,
  reason: z.string(),
  startsAt: z.coerce.date(),
  cancelReason: z.string().nullable(),
  cancelText: z.string().nullable(),
});

/**
 * One appointment with all its versions, oldest first, for any organisation (U-103); null when there is none. Of one that is sealed to
 * the actor, times and status alone. A service admin is shown those of their own services only. Every look is audited. Throws
 * ForbiddenError without `appointment:read`.
 */
export async function appointmentFor(ctx: Ctx, id: string): Promise<AppointmentView | null> {
  requirePermission(ctx.actor, 'appointment:read');
  if (!isId(id)) return null;

  const row = await rowOf(id);
  if (!row || !mayRead(ctx.actor, row.service.id)) return null;
  const open = await openAmong(ctx, [row, row.replaces, row.replacedBy].filter((one) => one !== null));
  const isOpen = open.has(row.id);
  await record(db, ctx, { type: 'appointment.viewed', subject: row.id, patientId: row.patient.id, detail: { isOpen } });
  return isOpen ? { isOpen, ...(await wholeOf(row, open)) } : { isOpen, ...stateOf(row), entryId: row.registryEntry?.id ?? null };
}

/** The appointment as its page shows it to somebody to whom these appointments are `open`. */
async function wholeOf(row: Row, open: ReadonlySet<string>): Promise<Appointment> {
  const [names, organisation] = await Promise.all([namesOf(row.versions), db.organisation.findUnique({ where: { odsCode: row.bookedByCode }, select: { name: true } })]);
  const { type, ...service } = row.service;
  const { channel: stated, ...practitioner } = row.slot.session.schedule;
  const patient = patientOf(row.patient);
  const versions = row.versions.map((version) => versionOf(version, names));
  return {
    ...stateOf(row),
    reference: row.reference,
    version: row.version,
    reason: row.reason,
    channel: stated === null ? null : channel.parse(stated),
    ...practitioner,
    service: { ...service, typeName: type.name },
    patient,
    sentOtherwise: row.submission && sentOtherwise(submission.parse(row.submission.body).patient, patient),
    callId: row.callId,
    dispositionCode: row.dispositionCode,
    bookedAt: row.bookedAt,
    bookedBy: bookerOf(row, { organisation: organisation?.name ?? row.bookedByCode, first: versions[0] }),
    contacts: row.call?.contacts ?? row.contacts,
    ...endOf(row),
    replaces: linkOf(row.replaces, open),
    replacedBy: linkOf(row.replacedBy, open),
    referral: row.referrals[0] ?? null,
    outsideTimeframe: outsideTimeframeOf(row),
    versions,
  };
}

function rowOf(id: string) {
  return db.appointment.findUnique({ where: { id }, select: APPOINTMENT });
}

function stateOf({ id, status, startsAt, endsAt }: Row): Pick<Appointment, 'id' | 'status' | 'startsAt' | 'endsAt'> {
  return { id, status: appointmentStatus.parse(status), startsAt, endsAt };
}

// Permission by another role is for every service; that of a service admin is for the services in its scope.
function mayRead(actor: StaffActor, serviceId: string): boolean {
  const others = actor.roles.filter(({ role }) => role !== 'service-admin');
  return hasPermission({ ...actor, roles: others }, 'appointment:read') || isAdminOf(actor, serviceId);
}

async function namesOf(versions: readonly { actorId: string }[]): Promise<ReadonlyMap<string, string>> {
  const ids = versions.map(({ actorId }) => actorId).filter(isId);
  const staff = await db.staff.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
  return new Map(staff.map(({ id, name }) => [id, name]));
}

function bookerOf({ bookedBy, bookedThrough }: Row, { organisation, first }: { organisation: string; first: AppointmentVersion | undefined }): Booker {
  if (bookedBy) return { kind: 'staff', name: bookedBy.name, organisation };
  return { kind: 'system', name: bookedThrough?.name ?? 'Another system', organisation, user: first?.provenance?.user?.name ?? null };
}

function endOf({ status, releasedAt, cancelReason, cancelText }: Row): Pick<Appointment, 'cancelled' | 'inError'> {
  const isCancelled = status === 'cancelled' && releasedAt;
  const isInError = status === 'entered-in-error' && releasedAt;
  return {
    cancelled: isCancelled ? { at: releasedAt, reason: reasonWords(cancelReason) ?? 'No reason given', text: cancelText } : null,
    inError: isInError ? { at: releasedAt, text: cancelText } : null,
  };
}

function reasonWords(cancelReason: string | null): string | null {
  return isCancelReason(cancelReason) ? CANCEL_REASONS[cancelReason] : null;
}

function linkOf(linked: Row['replaces'], open: ReadonlySet<string>): AppointmentLink | null {
  if (!linked) return null;
  const { id, startsAt, reference, service } = linked;
  const isOpen = open.has(id);
  return isOpen ? { id, startsAt, isOpen, reference, serviceName: service.name } : { id, startsAt, isOpen };
}

function outsideTimeframeOf({ timeframeRule, minutesOver, approvedBy, approvalReason }: Row): Appointment['outsideTimeframe'] {
  if (!timeframeRule || minutesOver === 0) return null;
  return { ruleId: timeframeRule, minutesOver, approvedBy: approvedBy?.name ?? null, approvalReason };
}

function versionOf({ version, at, actorId, provenance: said, body }: Row['versions'][number], names: ReadonlyMap<string, string>): AppointmentVersion {
  const { cancelReason, ...stood } = versionBody.parse(body);
  const from = provenance.nullable().parse(said);
  return { version, at, actorName: from?.client.name ?? names.get(actorId) ?? 'Onward', provenance: from, ...stood, cancelReason: reasonWords(cancelReason) };
}
