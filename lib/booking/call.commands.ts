import { isDeepStrictEqual } from 'node:util';
import { record } from '@/lib/audit/record';
import type { Ctx } from '@/lib/auth/actor';
import { requirePermission } from '@/lib/auth/permissions';
import { callFacts, type CallFacts } from '@/lib/booking/call-facts.queries';
import type { StartCall } from '@/lib/booking/call.schema';
import type { BorderDecision } from '@/lib/crossborder/schema';
import type { SearchAnswer } from '@/lib/directory/schema';
import { firstContacts } from '@/lib/patient/contacts.rules';
import { db, type Tx } from '@/lib/platform/db';
import type { Refusal } from '@/lib/platform/errors';
import { isId, newId } from '@/lib/platform/id';
import { ok, type Result } from '@/lib/platform/result';
import { toDateColumn } from '@/lib/platform/time';
import { transact } from '@/lib/platform/transact';

/**
 * Starts a call: the disposition's clock runs from `ctx.now`. A patient typed in, or one who is unknown, gets a row that
 * belongs to this call. The number given is rung first, then the patient's own (U-140 to U-144). A call that is opened to
 * move an appointment is for that appointment's patient (U-115).
 *
 * Refuses as `callFacts` does; every refusal is audited. Throws ForbiddenError without `call:open`.
 */
export async function startCall(ctx: Ctx, input: StartCall): Promise<Result<{ callId: string }, Refusal>> {
  requirePermission(ctx.actor, 'call:open');

  const facts = await callFacts(ctx, input);
  if (!facts.ok) {
    await record(db, ctx, { type: 'call.refused', detail: { code: facts.error.code, change: 'open' } });
    return facts;
  }

  const callId = newId();
  return transact(async (tx) => {
    await writeCall(tx, ctx, { callId, input, facts: facts.value });
    return ok({ callId });
  });
}

/**
 * Keeps in the record of the call which services were shown, in which order and with which counts, and what was said of each border
 * that a booking there crosses: `borders` by service id. The same answer again, as when a list refreshes itself, is not written twice. What a colleague sees who only looks is not what the caller was
 * offered: nothing is kept of it.
 */
export async function recordShown(ctx: Ctx, callId: string, answer: SearchAnswer, borders: ReadonlyMap<string, BorderDecision>): Promise<void> {
  const call = isId(callId) ? await db.call.findFirst({ where: { id: callId, handlerId: ctx.actor.id }, select: { events: LAST_SHOWN } }) : null;
  if (!call) return;

  const { isCatchAll, code, distanceKm, matched } = answer;
  const services = answer.services.map(({ id, freeInTime, distanceMiles }) => ({ id, freeInTime, distanceMiles, ...crossingOf(borders.get(id)) }));
  const body = { services, isCatchAll, code, distanceKm, matched };
  const [last] = call.events;
  if (!last || !isDeepStrictEqual(last.body, body)) {
    await db.callEvent.create({ data: { callId, at: ctx.now, kind: 'services-shown', body } });
  }
}

const LAST_SHOWN = { where: { kind: 'services-shown' }, orderBy: { seq: 'desc' }, take: 1, select: { body: true } } as const;

function crossingOf(border: BorderDecision | undefined) {
  if (!border?.isCrossing) return {};
  const { outcome, isOverride, rule } = border;
  return { border: { outcome, ruleId: rule.id, ruleVersion: rule.version, isOverride } };
}

async function writeCall(tx: Tx, ctx: Ctx, { callId, input, facts }: { callId: string; input: StartCall; facts: CallFacts }): Promise<void> {
  const { patient, place, disposition, isAtHome, practiceCode, symptomGroup, discriminators } = facts;
  const contacts = firstContacts({ callbackPhone: input.callbackPhone, caller: input.caller, ownPhone: patient.phone });
  await writePatient(tx, ctx, patient);
  await tx.call.create({
    data: {
      id: callId,
      organisationCode: ctx.actor.organisation.code,
      handlerId: ctx.actor.id,
      patientId: patient.id,
      callerName: input.caller?.name ?? null,
      callerRelationship: input.caller?.relationship ?? null,
      dispositionCode: disposition.code,
      dispositionAt: ctx.now,
      dueAt: facts.dueAt,
      postcode: place.postcode,
      latitude: place.latitude,
      longitude: place.longitude,
      icbCode: place.icbCode,
      country: place.country,
      placePrecision: place.precision,
      isAtHome,
      practiceCode,
      symptomGroup,
      discriminators,
      openedAt: ctx.now,
      movesId: patient.movesId,
      contacts: { create: contacts.map((contact) => ({ id: newId(), ...contact })) },
    },
  });
  await writeOpened(tx, ctx, { callId, facts, contacts: contacts.length });
}

async function writeOpened(tx: Tx, ctx: Ctx, { callId, facts, contacts }: { callId: string; facts: CallFacts; contacts: number }): Promise<void> {
  const { patient, place, disposition, isAtHome, practiceCode, symptomGroup, discriminators } = facts;
  const detail = {
    ...{ dispositionCode: disposition.code, dueAt: facts.dueAt?.toISOString() ?? null, isAtHome, precision: place.precision },
    ...{ patientIs: patient.kind, movesId: patient.movesId, contacts },
  };
  await tx.callEvent.create({ data: { callId, at: ctx.now, kind: 'opened', body: { ...detail, practiceCode, symptomGroup, discriminators } } });
  await record(tx, ctx, { type: 'call.opened', subject: callId, patientId: patient.id, detail });
}

async function writePatient(tx: Tx, ctx: Ctx, { id, postcode, phone, newRow }: CallFacts['patient']): Promise<void> {
  if (!newRow) return;
  await tx.patient.create({ data: { ...newRow, id, postcode, phone, birthDate: toDateColumn(newRow.birthDate) } });
  await record(tx, ctx, { type: 'patient.created', subject: id, patientId: id, detail: { isUnknown: newRow.isUnknown } });
}
