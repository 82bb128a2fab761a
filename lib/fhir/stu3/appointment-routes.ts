import { apiAppointment, versionOf } from '@/lib/booking/api-appointment.queries';
import { apiAppointments } from '@/lib/booking/api-search.queries';
import { bookDirectly } from '@/lib/booking/book-direct.commands';
import { earlierDirect } from '@/lib/booking/booked.queries';
import { changeDirectly } from '@/lib/booking/change-direct.commands';
import type { ApiAppointment } from '@/lib/booking/direct.schema';
import { searchBundle, searchUrl } from '@/lib/fhir/shared/bundle';
import { notFound } from '@/lib/fhir/shared/outcome';
import type { Answer, Fault, FhirRequest, Route } from '@/lib/fhir/shared/route';
import { readVersionMatch, toChange } from '@/lib/fhir/stu3/appointment-change-in';
import { toBooking } from '@/lib/fhir/stu3/appointment-in';
import { toAppointment, toAppointmentLine, versionUrl } from '@/lib/fhir/stu3/appointment-out';
import { parseAppointment } from '@/lib/fhir/stu3/appointment-schema';
import { toSearch } from '@/lib/fhir/stu3/patient-search';
import { faultOf } from '@/lib/fhir/stu3/refusals';
import { isId, newId } from '@/lib/platform/id';
import { ok, type Result } from '@/lib/platform/result';

/** The interactions on Appointment: book, read, read a version, cancel and amend, search by patient (sections 6 to 9). */
export const APPOINTMENT_ROUTES: readonly Route[] = [
  { method: 'POST', path: '/Appointment', interaction: 'create:appointment', scope: 'patient/appointment.write', handle: book },
  { method: 'GET', path: '/Appointment', interaction: 'search:appointment', scope: 'patient/appointment.read', handle: search },
  { method: 'POST', path: '/Appointment/_search', interaction: 'search:appointment', scope: 'patient/appointment.read', handle: search },
  { method: 'GET', path: '/Appointment/:id', interaction: 'read:appointment', scope: 'patient/appointment.read', handle: read },
  { method: 'PUT', path: '/Appointment/:id', interaction: 'update:appointment', scope: 'patient/appointment.write', handle: change },
  { method: 'GET', path: '/Appointment/:id/_history/:vid', interaction: 'read:appointment', scope: 'patient/appointment.read', handle: readVersion },
];

type Answered = Result<Answer, Fault>;

async function book({ ctx, root, body }: FhirRequest): Promise<Answered> {
  const sent = await body();
  const booking = sent.ok ? toBooking(sent.value, { now: ctx.now, root, needsDocument: ctx.actor.needsDocument }) : sent;
  // A repeat is told before what is wrong with its body (B-402); with a sound one, the booking itself finds it.
  if (!booking.ok) return (await repeatOf({ ctx, root }, 'POST')) ?? booking;

  const booked = await bookDirectly(ctx, booking.value);
  return booked.ok ? made(root, { appointment: booked.value.appointment, status: 201 }) : faultOf(booked.error, root);
}

async function read({ ctx, root, params }: FhirRequest): Promise<Answered> {
  const found = await appointmentFor({ ctx, root }, { id: params['id'] });
  return found.ok ? ok(answerOf(root, found.value)) : found;
}

async function readVersion({ ctx, root, params }: FhirRequest): Promise<Answered> {
  const { id, vid = '' } = params;
  const found = /^[1-9]\d{0,8}$/.test(vid) ? await appointmentFor({ ctx, root }, { id, version: Number(vid) }) : notFound('such version of this Appointment');
  return found.ok ? ok(answerOf(root, found.value)) : found;
}

async function change({ ctx, root, params, header, body }: FhirRequest): Promise<Answered> {
  const repeated = await repeatOf({ ctx, root }, 'PUT');
  if (repeated) return repeated;
  const sent = await body();
  if (!sent.ok) return sent;
  const parsed = parseAppointment(sent.value);
  if (!parsed.ok) return parsed;
  const found = await appointmentFor({ ctx, root }, { id: params['id'] });
  if (!found.ok) return found;
  const version = readVersionMatch(header('If-Match'));
  if (!version.ok) return version;
  const standing = found.value;
  const wanted = toChange(parsed.value, { body: sent.value, standing, version: version.value, root });
  // What is wrong with the body comes after what is wrong with the version (B-605, B-606).
  if (!wanted.ok) return version.value === standing.version ? wanted : faultOf({ code: 'appointment-changed', version: standing.version }, root);

  const changed = await changeDirectly(ctx, wanted.value);
  if (!changed.ok) return faultOf(changed.error, root);
  const after = await versionOf({ id: standing.id, version: changed.value.version });
  if (!after) throw new Error('the version that was just made is not there');
  return made(root, { appointment: after, status: 200 });
}

async function search({ ctx, root, query }: FhirRequest): Promise<Answered> {
  const asked = toSearch(query, root);
  if (!asked.ok) return asked;
  const lines = await apiAppointments(ctx, asked.value.search);
  const entries = lines.map((line) => ({ fullUrl: versionUrl(root, line), resource: toAppointmentLine(root, line), mode: 'match' as const }));
  const self = searchUrl(`${root}/Appointment`, asked.value.understood);
  return ok({ status: 200, resource: searchBundle({ id: newId(), now: ctx.now, self, total: lines.length, entries }) });
}

type Door = Pick<FhirRequest, 'ctx' | 'root'>;

/** The refusal of a request that was carried out before, found before its body is read (B-402, B-601). */
async function repeatOf({ ctx, root }: Door, method: 'POST' | 'PUT'): Promise<{ ok: false; error: Fault } | null> {
  const earlier = await earlierDirect(ctx, method);
  return earlier && faultOf({ code: 'request-repeated', ...earlier }, root);
}

// A malformed id is not repeated: it may be somebody's NHS number.
async function appointmentFor({ ctx }: Door, { id = '', version }: { id?: string; version?: number }): Promise<Result<ApiAppointment, Fault>> {
  if (!isId(id)) return notFound('Appointment with this id');
  const found = await apiAppointment(ctx, { id, version });
  return found ? ok(found) : notFound(version ? `version ${version} of Appointment/${id}` : `Appointment/${id}`);
}

/** The answer to a change: the version that it made (B-430 to B-433, B-615). Its audit row is that of the change: nobody looks besides. */
function made(root: string, { appointment, status }: { appointment: ApiAppointment; status: 200 | 201 }): Answered {
  return ok({ ...answerOf(root, appointment), status, location: versionUrl(root, appointment) });
}

function answerOf(root: string, appointment: ApiAppointment): Answer {
  const { version, changedAt } = appointment;
  return { status: 200, resource: toAppointment(root, appointment), version: { id: String(version), at: changedAt, url: versionUrl(root, appointment) } };
}
