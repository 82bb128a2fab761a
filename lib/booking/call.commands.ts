import { isDeepStrictEqual } from 'node:util';
import { record } from '@/lib/audit/record';
import type { Ctx } from '@/lib/auth/actor';
import { requirePermission } from '@/lib/auth/permissions';
import type { CallPatient, StartCall } from '@/lib/booking/call.schema';
import { isId } from '@/lib/booking/schema';
import { dueAt, isSearchable } from '@/lib/directory/disposition.rules';
import { placeFor } from '@/lib/directory/place.queries';
import { bankHolidays, resolveDisposition, resolvePractice, symptomGroups } from '@/lib/directory/queries';
import type { Disposition, Place, SearchAnswer } from '@/lib/directory/schema';
import { findPatient } from '@/lib/patient/queries';
import type { PatientDetails } from '@/lib/patient/schema';
import { db, type Tx } from '@/lib/platform/db';
import type { Refusal } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/id';
import { ok, refuse, type Result } from '@/lib/platform/result';
import { toDateColumn } from '@/lib/platform/time';
import { transact } from '@/lib/platform/transact';

/** Everything that was typed, found. */
type Facts = {
  patient: FoundPatient;
  place: Place;
  isAtHome: boolean;
  disposition: Disposition;
  dueAt: Date | null;
  practiceCode: string | null;
  symptomGroup: number | null;
  discriminators: number[];
};

type FoundPatient = { kind: 'known'; id: string; postcode: string } | { kind: 'typed'; id: string; postcode: string; details: PatientDetails };

/**
 * Starts a call: the disposition's clock runs from `ctx.now`. A patient typed in gets a row that belongs to this call.
 * Symptom groups that do not exist, and discriminators that are not valid in the group, are left out.
 *
 * Refuses with `patient-not-found`, `postcode-unknown`, `postcode-not-covered`, `disposition-unknown`,
 * `disposition-ambiguous`, `disposition-not-bookable` (D-055), `practice-unknown` or `practice-ambiguous`. Throws
 * ForbiddenError without `call:open`.
 */
export async function startCall(ctx: Ctx, input: StartCall): Promise<Result<{ callId: string }, Refusal>> {
  requirePermission(ctx.actor, 'call:open');

  const facts = await factsOf(ctx, input);
  if (!facts.ok) return facts;

  const callId = newId();
  return transact(async (tx) => {
    await writeCall(tx, ctx, { callId, input, facts: facts.value });
    return ok({ callId });
  });
}

/**
 * Keeps in the record of the call which services were shown, in which order and with which counts. The same answer again,
 * as when a list refreshes itself, is not written twice. Does nothing for a call of another organisation.
 */
export async function recordShown(ctx: Ctx, callId: string, answer: SearchAnswer): Promise<void> {
  const call = isId(callId) ? await db.call.findFirst({ where: { id: callId, organisationCode: ctx.actor.organisation.code }, select: { events: LAST_SHOWN } }) : null;
  if (!call) return;

  const { isCatchAll, code, distanceKm, matched } = answer;
  const services = answer.services.map(({ id, freeInTime }) => ({ id, freeInTime }));
  const body = { services, isCatchAll, code, distanceKm, matched };
  const [last] = call.events;
  if (!last || !isDeepStrictEqual(last.body, body)) {
    await db.callEvent.create({ data: { callId, at: ctx.now, kind: 'services-shown', body } });
  }
}

const LAST_SHOWN = { where: { kind: 'services-shown' }, orderBy: { seq: 'desc' }, take: 1, select: { body: true } } as const;

async function factsOf(ctx: Ctx, input: StartCall): Promise<Result<Facts, Refusal>> {
  const patient = await patientFor(ctx, input.patient);
  if (!patient.ok) return patient;
  const where = await placeOf(patient.value, input.postcode);
  if (!where.ok) return where;
  const disposition = await resolveDisposition(input.disposition);
  if (!disposition.ok) return disposition;
  if (!isSearchable(disposition.value)) return refuse({ code: 'disposition-not-bookable', disposition: disposition.value.code });
  const practice = input.practice === null ? ok({ code: null }) : await resolvePractice(input.practice);
  if (!practice.ok) return practice;

  return ok({
    ...where.value,
    disposition: disposition.value,
    dueAt: dueAt(disposition.value, ctx.now, await bankHolidays()),
    practiceCode: practice.value.code,
    ...(await symptomsOf(input)),
  });
}

async function patientFor(ctx: Ctx, patient: CallPatient): Promise<Result<FoundPatient, Refusal>> {
  if (patient.kind === 'typed') return ok({ kind: 'typed', id: newId(), postcode: patient.details.homePostcode, details: patient.details });
  const found = await findPatient(ctx, patient.nhsNumber);
  return found.ok ? ok({ kind: 'known', id: found.value.id, postcode: found.value.postcode }) : found;
}

/** Where the patient is, and with a home postcode that was typed in spelt as the directory spells it. */
async function placeOf(patient: FoundPatient, postcode: string | null): Promise<Result<Pick<Facts, 'patient' | 'place' | 'isAtHome'>, Refusal>> {
  const home = await placeFor(patient.postcode);
  // Somebody from Belfast who is in Leeds is seen in Leeds; but a home that is no postcode at all was mistyped.
  const isHomeNeeded = postcode === null || (patient.kind === 'typed' && !home.ok && home.error.code === 'postcode-unknown');
  if (isHomeNeeded && !home.ok) return home;

  const settled = home.ok ? { ...patient, postcode: home.value.postcode } : patient;
  const here = postcode === null ? home : await placeFor(postcode);
  if (!here.ok) return here;
  return ok({ patient: settled, place: here.value, isAtHome: home.ok && home.value.postcode === here.value.postcode });
}

async function symptomsOf({ symptomGroup, discriminators }: StartCall): Promise<Pick<Facts, 'symptomGroup' | 'discriminators'>> {
  const group = symptomGroup === null ? undefined : (await symptomGroups()).find(({ id }) => id === symptomGroup);
  const valid = new Set(group?.discriminators.map(({ id }) => id));
  return { symptomGroup: group?.id ?? null, discriminators: [...new Set(discriminators)].filter((id) => valid.has(id)) };
}

async function writeCall(tx: Tx, ctx: Ctx, { callId, input, facts }: { callId: string; input: StartCall; facts: Facts }): Promise<void> {
  const { patient, place, disposition, isAtHome, practiceCode, symptomGroup, discriminators } = facts;
  if (patient.kind === 'typed') await writePatient(tx, ctx, patient);
  await tx.call.create({
    data: {
      id: callId,
      organisationCode: ctx.actor.organisation.code,
      handlerId: ctx.actor.id,
      patientId: patient.id,
      callerName: input.caller?.name ?? null,
      callerRelationship: input.caller?.relationship ?? null,
      callbackPhone: input.callbackPhone,
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
    },
  });
  const detail = { dispositionCode: disposition.code, dueAt: facts.dueAt?.toISOString() ?? null, isAtHome, precision: place.precision };
  await tx.callEvent.create({ data: { callId, at: ctx.now, kind: 'opened', body: { ...detail, practiceCode, symptomGroup, discriminators } } });
  await record(tx, ctx, { type: 'call.opened', subject: callId, patientId: patient.id, detail });
}

async function writePatient(tx: Tx, ctx: Ctx, { id, postcode, details }: Extract<FoundPatient, { kind: 'typed' }>): Promise<void> {
  const { givenName, familyName, birthDate, sex, phone } = details;
  await tx.patient.create({ data: { id, givenName, familyName, birthDate: toDateColumn(birthDate), sex, phone, postcode } });
  await record(tx, ctx, { type: 'patient.created', subject: id, patientId: id });
}
