import type pg from 'pg';
import type { Ctx } from '@/lib/auth/actor';
import { applyProposal } from '@/lib/booking/apply-change.commands';
import { proposeEdit } from '@/lib/booking/proposal.commands';
import { proposalFor } from '@/lib/booking/proposal.queries';
import { db } from '@/lib/platform/db';
import { newId } from '@/lib/platform/id';
import { addDays, weekday } from '@/lib/platform/time';
import { londonDate } from '@/lib/platform/time-words';
import { weekOf } from '@/lib/schedule/calendar.queries';
import type { SingleEdit } from '@/lib/schedule/schema';
import { aPattern, aTemplatePattern } from '@/prisma/factories/pattern';
import { aService } from '@/prisma/factories/service';
import { aHandler } from '@/prisma/factories/staff';
import { timed, type Line } from './measure';
import { missing, withBareClients } from './searches';

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];
const SCHEDULES = 12;
const APPLIED = 4;
const LIMIT_APPLY_MS = 3_000;
const SCHEDULES_VIEWED = 6;
const WEEKS_VIEWED = 40;
const LIMIT_WEEK_MS = 150;
const CHUNK_SLOTS = 10_000;

type Admin = { ctx: Ctx; serviceId: string };
type Asked = Admin & { proposalId: string; fingerprint: string };

/** Applying templates beside the bare INSERT of the same rows, and the week view of a large service. */
export async function scheduleLines({ now }: Ctx, url: string): Promise<Line[]> {
  return [await applyLine(now, url), await weekLine(now)];
}

/** Twelve schedules with 48 slots of ten minutes a day, as far as slots are made ahead; the first is not measured. */
async function applyLine(now: Date, url: string): Promise<Line> {
  const asked: Asked[] = [];
  for (let index = 0; index <= APPLIED; index += 1) asked.push(await propose(await anAdmin(now), SCHEDULES));
  const [warming, ...measured] = asked;
  if (warming) await apply(warming);
  const ours = await timed(measured, 1, apply);
  const slots = await Promise.all(measured.map(({ serviceId }) => slotsOf(serviceId)));
  const bare = await withBareClients(url, 1, ([client]) => timed(slots, 1, (rows) => insertBare(client ?? missing(), rows)));
  return { what: `apply ${SCHEDULES} templates: ${slots[0]?.length ?? 0} slots`, clients: 1, ours, bare, limitMs: LIMIT_APPLY_MS };
}

async function weekLine(now: Date): Promise<Line> {
  const asked = await propose(await anAdmin(now), SCHEDULES_VIEWED);
  await apply(asked);
  const { ctx, serviceId } = asked;
  const monday = addDays(londonDate(now), 8 - weekday(londonDate(now)));
  const weeks = Array.from({ length: WEEKS_VIEWED }, () => monday);
  const view = () => weekOf(ctx, { serviceId, monday });
  await timed(weeks, 1, view);
  return { what: `week view: ${SCHEDULES_VIEWED * 48 * EVERY_DAY.length} slots`, clients: 1, ours: await timed(weeks, 1, view), limitMs: LIMIT_WEEK_MS };
}

async function anAdmin(now: Date): Promise<Admin> {
  const { id: serviceId } = await aService();
  return { ctx: await aHandler({ role: 'service-admin', scope: serviceId, now }), serviceId };
}

async function propose(admin: Admin, schedules: number): Promise<Asked> {
  const { ctx, serviceId } = admin;
  const proposed = await proposeEdit(ctx, { serviceId, edit: { kind: 'several', edits: Array.from({ length: schedules }, () => aTemplate(admin)) } });
  if (!proposed.ok) throw new Error(`refused: ${proposed.error.code}`);
  const { proposalId } = proposed.value;
  const proposal = await proposalFor(ctx, { serviceId, proposalId });
  if (!proposal || proposal.applied || !proposal.look.ok) throw new Error('the proposal cannot be looked at');
  return { ...admin, proposalId, fingerprint: proposal.look.value.fingerprint };
}

function aTemplate({ ctx, serviceId }: Admin): SingleEdit {
  const from = addDays(londonDate(ctx.now), 1);
  const pattern = { ...aTemplatePattern({ weekdays: EVERY_DAY, worksHolidays: true, validFrom: from }), ...aPattern({ opensMinute: 540, closesMinute: 1_020, slotMinutes: 10 }) };
  const facts = { name: 'Measured', channel: null, practitionerRole: null, practitionerName: null, practitionerGender: null };
  return { kind: 'set-template', serviceId, templateId: newId(), nextTemplateId: newId(), schedule: { id: newId(), facts }, pattern, from };
}

async function apply({ ctx, proposalId, fingerprint }: Asked): Promise<void> {
  const applied = await applyProposal(ctx, { proposalId, fingerprint, choices: {} });
  if (!applied.ok) throw new Error(`refused: ${applied.error.code}`);
}

type SlotRow = { sessionId: string; serviceId: string; startsAt: Date; endsAt: Date; placeNo: number };

async function slotsOf(serviceId: string): Promise<SlotRow[]> {
  return db.slot.findMany({ where: { serviceId }, select: { sessionId: true, serviceId: true, startsAt: true, endsAt: true, placeNo: true }, orderBy: { id: 'asc' } });
}

/** The same rows once more, in places of their own. */
async function insertBare(client: pg.Client, slots: readonly SlotRow[]): Promise<void> {
  await client.query('BEGIN');
  for (let from = 0; from < slots.length; from += CHUNK_SLOTS) {
    const chunk = slots.slice(from, from + CHUNK_SLOTS);
    await client.query(
      `INSERT INTO slot (id, session_id, service_id, starts_at, ends_at, place_no)
       SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::timestamptz[], $5::timestamptz[], $6::smallint[])`,
      [
        ...[chunk.map(() => newId()), chunk.map(({ sessionId }) => sessionId), chunk.map(({ serviceId }) => serviceId)],
        ...[chunk.map(({ startsAt }) => startsAt), chunk.map(({ endsAt }) => endsAt), chunk.map(({ placeNo }) => placeNo + 1)],
      ],
    );
  }
  await client.query('COMMIT');
}
