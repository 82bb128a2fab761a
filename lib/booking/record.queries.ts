import { record } from '@/lib/audit/record';
import type { Ctx, StaffActor } from '@/lib/auth/actor';
import { requirePermission } from '@/lib/auth/permissions';
import { guardChoicesOfAll, type MadeChoice } from '@/lib/booking/guard-choices.queries';
import { actorsOf, idsIn, type NamedIds } from '@/lib/booking/record.rules';
import { callEvent, type CallEvent } from '@/lib/booking/record.schema';
import { callState, type CallState } from '@/lib/booking/schema';
import { openAmong, SEAL_COLUMNS } from '@/lib/booking/seal.queries';
import { approvalTexts, keptDecisions, type ApprovalTexts } from '@/lib/crossborder/kept.queries';
import type { KeptDecision } from '@/lib/crossborder/schema';
import { db, type Prisma } from '@/lib/platform/db';
import { isId } from '@/lib/platform/id';

const MOST_EVENTS = 1_000;

const APPOINTMENT = {
  ...SEAL_COLUMNS,
  reference: true,
  startsAt: true,
  service: { select: { ...SEAL_COLUMNS.service.select, name: true } },
} satisfies Prisma.AppointmentSelect;

/** One line of the record of a call. `event` is null when this version does not know its kind. */
export type RecordLine = { seq: string; at: Date; kind: string; event: CallEvent | null; actorId: string; isHandler: boolean };

type NamedSlot = { startsAt: Date; serviceName: string };
type NamedAppointment = { startsAt: Date } & ({ isOpen: true; reference: string; serviceName: string } | { isOpen: false });

/** The ids of a record in words. An id that is not there is of something that is gone; the service of an appointment that is sealed to whoever looks has no name. */
export type Named = {
  services: ReadonlyMap<string, string>;
  slots: ReadonlyMap<string, NamedSlot>;
  /** Of one that is sealed to whoever looks: when, alone. */
  appointments: ReadonlyMap<string, NamedAppointment>;
  staff: ReadonlyMap<string, string>;
  rejectReasons: ReadonlyMap<number, string>;
};

/** What was decided about borders, by the id of the appointment, and the words of questions for approval, by theirs. */
type RecordBorders = { decisions: ReadonlyMap<string, KeptDecision>; approvals: ReadonlyMap<string, ApprovalTexts> };

/** Everything that was searched, shown, refused and done in a call, for the review of an incident. Nothing of it names the patient. */
export type CallRecord = {
  id: string;
  state: CallState;
  organisationName: string;
  handlerName: string;
  openedAt: Date;
  endedAt: Date | null;
  disposition: { code: string; title: string };
  dueAt: Date | null;
  postcode: string;
  practice: string | null;
  symptomGroup: string | null;
  closeText: string | null;
  referralText: string | null;
  /** The comments of services passed over, by service id. */
  comments: ReadonlyMap<string, string>;
  /** What was chosen about the patient's other appointments, by the id of the one that was booked. */
  choices: ReadonlyMap<string, readonly MadeChoice[]>;
  /** Null when an appointment of the call is sealed to whoever looks: a border tells where. */
  borders: RecordBorders | null;
  lines: readonly RecordLine[];
  /** More was recorded than is read here: the oldest 1,000 are. */
  isCut: boolean;
  named: Named;
};

/**
 * The record of one call of the actor's own organisation; of any, for an auditor. Null when there is none. Every look is
 * audited. Throws ForbiddenError without `call:read-record`.
 */
export async function callRecordFor(ctx: Ctx, callId: string): Promise<CallRecord | null> {
  requirePermission(ctx.actor, 'call:read-record');
  if (!isId(callId)) return null;

  const call = await callRow(ctx.actor, callId);
  if (!call) return null;
  await record(db, ctx, { type: 'call.record-viewed', subject: callId, patientId: call.patientId });
  const { lines, isCut } = await linesOf(callId, call.handlerId);
  const [named, choices, organisation, practice, group] = await Promise.all([
    namesOf(ctx, idsIn(lines.map(({ event }) => event)), lines.map(({ actorId }) => actorId)),
    guardChoicesOfAll(ctx, lines.flatMap(({ event }) => (event?.kind === 'booked' ? event.appointmentId : []))),
    organisationName(call.organisationCode),
    call.practiceCode ? organisationName(call.practiceCode) : null,
    call.symptomGroup === null ? null : db.symptomGroup.findUnique({ where: { id: call.symptomGroup }, select: { name: true } }),
  ]);
  const { openedAt, endedAt, disposition, dueAt, postcode, closeText } = call;
  return {
    ...{ id: callId, state: callState.parse(call.state), openedAt, endedAt, disposition, dueAt, postcode, closeText },
    organisationName: organisation,
    handlerName: call.handler.name,
    practice,
    symptomGroup: group?.name ?? null,
    referralText: call.referrals[0]?.reasonText ?? null,
    comments: new Map(call.skips.flatMap(({ serviceId, comment }) => (comment ? [[serviceId, comment] as const] : []))),
    choices,
    borders: await bordersOf(lines, named),
    lines,
    isCut,
    named,
  };
}

function callRow(actor: StaffActor, callId: string) {
  return db.call.findFirst({
    where: { id: callId, ...(isAuditor(actor) ? {} : { organisationCode: actor.organisation.code }) },
    select: {
      state: true,
      organisationCode: true,
      handlerId: true,
      handler: { select: { name: true } },
      patientId: true,
      openedAt: true,
      endedAt: true,
      disposition: { select: { code: true, title: true } },
      dueAt: true,
      postcode: true,
      practiceCode: true,
      symptomGroup: true,
      closeText: true,
      skips: { select: { serviceId: true, comment: true } },
      referrals: { where: { appointmentId: null }, orderBy: [{ sentAt: 'desc' }, { id: 'desc' }], take: 1, select: { reasonText: true } },
    },
  });
}

function isAuditor({ roles }: StaffActor): boolean {
  return roles.some(({ role, scope }) => role === 'auditor' && scope === 'national');
}

async function linesOf(callId: string, handlerId: string): Promise<{ lines: RecordLine[]; isCut: boolean }> {
  const rows = await db.callEvent.findMany({ where: { callId }, orderBy: { seq: 'asc' }, take: MOST_EVENTS + 1, select: { seq: true, at: true, kind: true, body: true } });
  const read = rows.slice(0, MOST_EVENTS);
  const events = read.map(({ kind, body }) => eventOf(kind, body));
  const actors = actorsOf(events, handlerId);
  const lines = read.map(({ seq, at, kind }, index) => ({ seq: String(seq), at, kind, event: events[index] ?? null, actorId: handlerId, isHandler: true, ...actors[index] }));
  return { lines, isCut: rows.length > MOST_EVENTS };
}

function eventOf(kind: string, body: unknown): CallEvent | null {
  return callEvent.safeParse({ ...(typeof body === 'object' ? body : {}), kind }).data ?? null;
}

async function namesOf(ctx: Ctx, ids: NamedIds, actors: readonly string[]): Promise<Named> {
  const staffIds = [...new Set([...ids.staff, ...actors])].filter(isId);
  const [services, slots, appointments, staff, rejectReasons] = await Promise.all([
    db.service.findMany({ where: { id: { in: ids.services.filter(isId) } }, select: { id: true, name: true } }),
    db.slot.findMany({ where: { id: { in: ids.slots.filter(isId) } }, select: { id: true, startsAt: true, session: { select: { schedule: { select: { service: { select: { id: true, name: true } } } } } } } }),
    db.appointment.findMany({ where: { id: { in: ids.appointments.filter(isId) } }, select: APPOINTMENT }),
    db.staff.findMany({ where: { id: { in: staffIds } }, select: { id: true, name: true } }),
    db.rejectReason.findMany({ where: { id: { in: ids.rejectReasons } }, select: { id: true, text: true } }),
  ]);
  const open = await openAmong(ctx, appointments);
  const shut = new Set(appointments.filter(({ id }) => !open.has(id)).map(({ serviceId }) => serviceId));
  // Where the call looked, what it held and what it passed over would tell where the appointment is.
  const nameOf = (service: { id: string; name: string }) => (shut.has(service.id) ? 'a sealed service' : service.name);
  return {
    services: new Map(services.map((service) => [service.id, nameOf(service)])),
    slots: new Map(slots.map(({ id, startsAt, session }) => [id, { startsAt, serviceName: nameOf(session.schedule.service) }])),
    appointments: new Map(
      appointments.map(({ id, startsAt, reference, service: { name: serviceName } }) => [id, open.has(id) ? { startsAt, isOpen: true, reference, serviceName } : { startsAt, isOpen: false }]),
    ),
    staff: new Map(staff.map(({ id, name }) => [id, name])),
    rejectReasons: new Map(rejectReasons.map(({ id, text }) => [id, text])),
  };
}

async function bordersOf(lines: readonly RecordLine[], { appointments }: Named): Promise<RecordBorders | null> {
  if ([...appointments.values()].some(({ isOpen }) => !isOpen)) return null;
  const [decisions, approvals] = await Promise.all([
    keptDecisions(lines.flatMap(({ event }) => (event?.kind === 'booked' ? event.appointmentId : []))),
    approvalTexts(lines.flatMap(({ event }) => (event?.kind === 'approval-asked' || event?.kind === 'approval-answered' ? event.approvalId : []))),
  ]);
  return { decisions, approvals };
}

async function organisationName(odsCode: string): Promise<string> {
  const organisation = await db.organisation.findUnique({ where: { odsCode }, select: { name: true } });
  return organisation?.name ?? odsCode;
}
