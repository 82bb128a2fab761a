import { z } from 'zod';
import { record } from '@/lib/audit/record';
import type { Ctx } from '@/lib/auth/actor';
import { hasPermission, requirePermission, servicesOf } from '@/lib/auth/permissions';
import { ATTEMPT_RESULTS, CONTACT_CAUSES, CONTACT_OUTCOMES, type ContactTask, type RebookSlot, type TaskOwner, type TaskStep } from '@/lib/notify/contact.schema';
import type { Contact } from '@/lib/patient/contacts.schema';
import { db, type Prisma, type Tx } from '@/lib/platform/db';
import type { RefusalOf } from '@/lib/platform/errors';
import { isId } from '@/lib/platform/id';
import { addMinutes, DAY_MINUTES, fromDateColumn } from '@/lib/platform/time';

/** The most people that the list shows at once, and the most that were settled. */
const MOST_LISTED = 200;
const SETTLED_DAYS = 7;
const MOST_SLOTS = 48;
/** Of up to 50 places at one time, alike ones are shown once. */
const MOST_READ = 1_000;

export type ContactList = {
  tasks: ContactTask[];
  /** Of the services asked for, whoever has them. */
  counts: Record<TaskOwner, number>;
  /** Those of the last seven days, newest first. */
  settled: ContactTask[];
};

/** How many people of the actor's services are still to be contacted; 0 for whoever does not work on the list. */
export async function openTaskCount(ctx: Ctx): Promise<number> {
  if (!hasPermission(ctx.actor, 'contact:work')) return 0;
  return db.contactTask.count({ where: openOf(ctx, null) });
}

/**
 * The people to contact of the actor's services, or of one of them, the soonest appointment first, at most 200; and those
 * settled in the last seven days. Audited as a look at each of them. Throws ForbiddenError without `contact:work`.
 */
export async function contactList(ctx: Ctx, { serviceId, owner }: { serviceId: string | null; owner: TaskOwner }): Promise<ContactList> {
  requirePermission(ctx.actor, 'contact:work');

  const open = openOf(ctx, serviceId);
  const since = addMinutes(ctx.now, -SETTLED_DAYS * DAY_MINUTES);
  const [rows, settledRows, all, mine, nobody] = await Promise.all([
    db.contactTask.findMany({ where: { ...open, ...ownedBy(ctx, owner) }, orderBy: [{ appointment: { startsAt: 'asc' } }, { id: 'asc' }], take: MOST_LISTED, select: TASK_COLUMNS }),
    db.contactTask.findMany({ where: { ...open, resolvedAt: { gte: since } }, orderBy: [{ resolvedAt: 'desc' }, { id: 'desc' }], take: MOST_LISTED, select: TASK_COLUMNS }),
    db.contactTask.count({ where: open }),
    db.contactTask.count({ where: { ...open, ...ownedBy(ctx, 'mine') } }),
    db.contactTask.count({ where: { ...open, ...ownedBy(ctx, 'nobody') } }),
  ]);
  const [tasks, settled] = [rows.map(taskOf), settledRows.map(taskOf)];
  await recordLook(ctx, [...tasks, ...settled]);
  return { tasks, counts: { all, mine, nobody }, settled };
}

/**
 * One person to contact of the actor's services, and what was done for them, newest first; null for another service's, which is
 * audited as refused. Audited as a look. Throws ForbiddenError without `contact:work`.
 */
export async function contactTask(ctx: Ctx, taskId: string): Promise<{ task: ContactTask; steps: TaskStep[] } | null> {
  requirePermission(ctx.actor, 'contact:work');

  const where = { id: taskId, serviceId: { in: servicesOf(ctx.actor) } };
  const row = isId(taskId) ? await db.contactTask.findFirst({ where, select: TASK_COLUMNS }) : null;
  if (!row) {
    await record(db, ctx, { type: 'contact.refused', subject: taskId.slice(0, 36), detail: { code: 'contact-task-not-found' } });
    return null;
  }
  const task = taskOf(row);
  await recordLook(ctx, [task]);
  return { task, steps: await stepsOf(taskId) };
}

/**
 * The free places of the actor's services from `from` on, in order of time, of places that are alike only one, at most 48; `laterFrom` is where
 * the next begin, null when there are no more. With kept-back ones and those whose notice has passed: a service's own people may use them.
 */
export async function rebookSlots({ actor, now }: Ctx, from: Date): Promise<{ slots: RebookSlot[]; laterFrom: Date | null }> {
  const rows = await db.slot.findMany({
    where: {
      serviceId: { in: servicesOf(actor) },
      status: 'free',
      startsAt: from > now ? { gte: from } : { gt: now },
      OR: [{ heldUntil: null }, { heldUntil: { lte: now } }],
    },
    orderBy: [{ startsAt: 'asc' }, { serviceId: 'asc' }, { id: 'asc' }],
    take: MOST_READ,
    select: SLOT_COLUMNS,
  });
  const alike = new Map(rows.map((row) => slotOf(row, now)).map((slot) => [JSON.stringify({ ...slot, id: null }), slot]));
  const slots = [...alike.values()];
  const unread = rows.length === MOST_READ ? (rows.at(-1)?.startsAt ?? null) : null;
  return { slots: slots.slice(0, MOST_SLOTS), laterFrom: slots[MOST_SLOTS]?.startsAt ?? unread };
}

/** Why a claim of a task found nothing: in a fixed order, not there or another service's, settled, or a colleague was quicker. */
export async function whyNotClaimed(tx: Tx, { actor }: Ctx, taskId: string): Promise<RefusalOf<'contact-task-not-found' | 'contact-task-resolved' | 'contact-task-changed'>> {
  const task = await tx.contactTask.findFirst({ where: { id: taskId, serviceId: { in: servicesOf(actor) } }, select: { resolvedAt: true } });
  if (!task) return { code: 'contact-task-not-found' };
  if (task.resolvedAt) return { code: 'contact-task-resolved', at: task.resolvedAt };
  const last = await tx.auditEvent.findFirst({ where: { subject: taskId, type: { in: STEP_TYPES } }, orderBy: { seq: 'desc' }, select: { actorId: true } });
  const [name] = await namesOf(tx, last ? [last.actorId] : []);
  return { code: 'contact-task-changed', by: name?.[1] ?? null };
}

const STEP_TYPES = ['contact.added', 'contact.taken', 'contact.attempted', 'contact.resolved'];

const APPOINTMENT_COLUMNS = { id: true, reference: true, startsAt: true, status: true, service: { select: { name: true } } } satisfies Prisma.AppointmentSelect;
const CONTACTS = {
  select: { rank: true, isPatient: true, name: true, relationship: true, phone: true },
  orderBy: [{ rank: 'asc' }, { id: 'asc' }],
} satisfies Prisma.Appointment$contactsArgs & Prisma.Call$contactsArgs;
/** Those of the call that booked it, or those that another system sent with its booking. */
const CONTACT_COLUMNS = { call: { select: { contacts: CONTACTS } }, contacts: CONTACTS } satisfies Prisma.AppointmentSelect;

const TASK_COLUMNS = {
  ...{ id: true, version: true, cause: true, reason: true, createdAt: true, resolvedAt: true, outcome: true, outcomeText: true },
  owner: { select: { id: true, name: true } },
  appointment: {
    select: {
      ...APPOINTMENT_COLUMNS,
      patient: { select: { id: true, givenName: true, familyName: true, birthDate: true, isUnknown: true, phone: true, deceasedOn: true } },
      ...CONTACT_COLUMNS,
      replaces: { select: CONTACT_COLUMNS },
    },
  },
  newAppointment: { select: APPOINTMENT_COLUMNS },
  attempts: { select: { at: true, result: true }, orderBy: [{ at: 'desc' }, { id: 'desc' }], take: 1 },
  _count: { select: { attempts: true } },
} satisfies Prisma.ContactTaskSelect;

const SLOT_COLUMNS = {
  ...{ id: true, startsAt: true, endsAt: true, keptBackUntil: true },
  session: { select: { schedule: { select: { channel: true, practitionerRole: true, practitionerName: true, service: { select: { name: true } } } } } },
} satisfies Prisma.SlotSelect;

type TaskRow = Prisma.ContactTaskGetPayload<{ select: typeof TASK_COLUMNS }>;

function openOf({ actor }: Ctx, serviceId: string | null) {
  const own = servicesOf(actor);
  return { serviceId: { in: serviceId ? own.filter((id) => id === serviceId) : own }, resolvedAt: null };
}

function ownedBy({ actor }: Ctx, owner: TaskOwner): Prisma.ContactTaskWhereInput {
  switch (owner) {
    case 'all':
      return {};
    case 'mine':
      return { ownerId: actor.id };
    case 'nobody':
      return { ownerId: null };
  }
}

async function recordLook(ctx: Ctx, tasks: readonly ContactTask[]): Promise<void> {
  if (tasks.length === 0) return;
  const patients = [...new Set(tasks.map(({ patient }) => patient.id))];
  await record(db, ctx, { type: 'contact.listed', patientId: patients.length === 1 ? patients[0] : undefined, detail: { count: tasks.length, tasks: tasks.map(({ id }) => id), patients } });
}

function taskOf({ appointment, newAppointment, attempts, _count, resolvedAt, outcome, outcomeText, ...row }: TaskRow): ContactTask {
  const { patient } = appointment;
  const cause = z.enum(CONTACT_CAUSES).parse(row.cause);
  const [last] = attempts;
  return {
    ...{ id: row.id, version: row.version, reason: row.reason, createdAt: row.createdAt, owner: row.owner, cause },
    serviceName: appointment.service.name,
    appointment: toldOf(appointment),
    instead: newAppointment && toldOf(newAppointment),
    isOverturned: cause !== 'cancelled' && !LIVE.includes((newAppointment ?? appointment).status),
    patient: { ...patientNames(patient), birthDate: fromDateColumn(patient.birthDate), isDeceased: patient.deceasedOn !== null },
    contacts: numbersOf(appointment),
    attempts: { count: _count.attempts, last: last ? { at: last.at, result: z.enum(ATTEMPT_RESULTS).parse(last.result) } : null },
    settled: resolvedAt && { at: resolvedAt, outcome: z.enum(CONTACT_OUTCOMES).parse(outcome), text: outcomeText },
  };
}

// Moved by the service an appointment may have no numbers of its own: then they are those that it began with, or the register's.
function numbersOf({ call, contacts, replaces, patient }: TaskRow['appointment']): readonly Contact[] {
  const known = [call?.contacts, contacts, replaces?.call?.contacts, replaces?.contacts].find((numbers) => numbers && numbers.length > 0);
  return known ?? (patient.phone ? [{ rank: 1, isPatient: true, name: null, relationship: null, phone: patient.phone }] : []);
}

const LIVE = ['booked', 'arrived', 'fulfilled', 'noshow'];

function toldOf({ id, reference, startsAt, service }: { id: string; reference: string; startsAt: Date; service: { name: string } }) {
  return { id, reference, startsAt, serviceName: service.name };
}

function patientNames({ id, givenName, familyName, isUnknown }: TaskRow['appointment']['patient']) {
  return { id, givenName, familyName, isUnknown };
}

function slotOf({ id, startsAt, endsAt, keptBackUntil, session: { schedule } }: Prisma.SlotGetPayload<{ select: typeof SLOT_COLUMNS }>, now: Date): RebookSlot {
  const { service, ...facts } = schedule;
  return { id, startsAt, endsAt, ...facts, serviceName: service.name, isKeptBack: keptBackUntil !== null && keptBackUntil > now };
}

async function stepsOf(taskId: string): Promise<TaskStep[]> {
  const [attempts, events] = await Promise.all([
    db.contactAttempt.findMany({ where: { taskId }, orderBy: [{ at: 'desc' }, { id: 'desc' }], take: MOST_LISTED, select: { at: true, result: true, note: true, staff: { select: { name: true } } } }),
    db.auditEvent.findMany({ where: { subject: taskId, type: { in: STEP_TYPES.filter((type) => type !== 'contact.attempted') } }, orderBy: { seq: 'desc' }, take: MOST_LISTED, select: { at: true, type: true, actorId: true, detail: true } }),
  ]);
  const names = new Map(await namesOf(db, events.map(({ actorId }) => actorId)));
  const steps = [
    ...events.map(({ at, type, actorId, detail }): TaskStep => ({ kind: kindOf(type, detail), at, by: names.get(actorId) ?? null })),
    ...attempts.map(({ at, result, note, staff }): TaskStep => ({ kind: 'attempt', at, by: staff.name, result: z.enum(ATTEMPT_RESULTS).parse(result), note })),
  ];
  return steps.sort((one, other) => other.at.getTime() - one.at.getTime());
}

const stepDetail = z.object({ owner: z.string().nullish(), isChange: z.boolean().optional() });

function kindOf(type: string, detail: unknown): 'added' | 'changed' | 'taken' | 'given-back' | 'settled' {
  const { owner, isChange } = stepDetail.parse(detail);
  if (type === 'contact.resolved') return 'settled';
  if (type === 'contact.taken') return owner ? 'taken' : 'given-back';
  return isChange ? 'changed' : 'added';
}

// Job loops act too, and are nobody.
async function namesOf(tx: Tx, actorIds: readonly string[]): Promise<[string, string][]> {
  const staff = await tx.staff.findMany({ where: { id: { in: actorIds.filter(isId) } }, select: { id: true, name: true } });
  return staff.map(({ id, name }) => [id, name]);
}
