import { record } from '@/lib/audit/record';
import type { Ctx, StaffActor } from '@/lib/auth/actor';
import { requirePermission } from '@/lib/auth/permissions';
import { actorsOf, idsIn, type NamedIds } from '@/lib/booking/record.rules';
import { callEvent, type CallEvent } from '@/lib/booking/record.schema';
import { callState, type CallState } from '@/lib/booking/schema';
import { db } from '@/lib/platform/db';
import { isId } from '@/lib/platform/id';

const MOST_EVENTS = 1_000;

/** One line of the record of a call. `event` is null when this version does not know its kind. */
export type RecordLine = { seq: string; at: Date; kind: string; event: CallEvent | null; actorId: string; isHandler: boolean };

type NamedSlot = { startsAt: Date; serviceName: string };

/** The ids of a record in words. An id that is not there is of something that is gone. */
export type Named = {
  services: ReadonlyMap<string, string>;
  slots: ReadonlyMap<string, NamedSlot>;
  appointments: ReadonlyMap<string, NamedSlot & { reference: string }>;
  staff: ReadonlyMap<string, string>;
  rejectReasons: ReadonlyMap<number, string>;
};

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
  const [named, organisation, practice, group] = await Promise.all([
    namesOf(idsIn(lines.map(({ event }) => event)), lines.map(({ actorId }) => actorId)),
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

async function namesOf(ids: NamedIds, actors: readonly string[]): Promise<Named> {
  const staffIds = [...new Set([...ids.staff, ...actors])].filter(isId);
  const service = { select: { name: true } } as const;
  const [services, slots, appointments, staff, rejectReasons] = await Promise.all([
    db.service.findMany({ where: { id: { in: ids.services.filter(isId) } }, select: { id: true, name: true } }),
    db.slot.findMany({ where: { id: { in: ids.slots.filter(isId) } }, select: { id: true, startsAt: true, session: { select: { schedule: { select: { service } } } } } }),
    db.appointment.findMany({ where: { id: { in: ids.appointments.filter(isId) } }, select: { id: true, reference: true, startsAt: true, service } }),
    db.staff.findMany({ where: { id: { in: staffIds } }, select: { id: true, name: true } }),
    db.rejectReason.findMany({ where: { id: { in: ids.rejectReasons } }, select: { id: true, text: true } }),
  ]);
  return {
    services: new Map(services.map(({ id, name }) => [id, name])),
    slots: new Map(slots.map(({ id, startsAt, session }) => [id, { startsAt, serviceName: session.schedule.service.name }])),
    appointments: new Map(appointments.map(({ id, reference, startsAt, service: { name } }) => [id, { reference, startsAt, serviceName: name }])),
    staff: new Map(staff.map(({ id, name }) => [id, name])),
    rejectReasons: new Map(rejectReasons.map(({ id, text }) => [id, text])),
  };
}

async function organisationName(odsCode: string): Promise<string> {
  const organisation = await db.organisation.findUnique({ where: { odsCode }, select: { name: true } });
  return organisation?.name ?? odsCode;
}
