import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { at, changed, contained, isRecord, listAt, textAt } from '../look';
import { answerOf, outcome, slotOf, statementOf, type Answer, type Kept, type Place, type Request } from './answers';

/** What a provider may get wrong inside; all true: it is sound, as far as it goes. */
export type Laws = {
  guardsSlots: boolean;
  freesSlots: boolean;
  marksSlots: boolean;
  remembersRequestIds: boolean;
  checksVersions: boolean;
  keepsVersions: boolean;
  comparesCancellations: boolean;
  needsDescriptions: boolean;
  checksNhsNumbers: boolean;
  checksTokens: boolean;
  needsPatients: boolean;
};

/** Changes an answer on its way out. */
export type Spoil = (answer: Answer, request: Request) => Answer;

export const SOUND: Laws = {
  guardsSlots: true,
  freesSlots: true,
  marksSlots: true,
  remembersRequestIds: true,
  checksVersions: true,
  keepsVersions: true,
  comparesCancellations: true,
  needsDescriptions: true,
  checksNhsNumbers: true,
  checksTokens: true,
  needsPatients: true,
};
export const TOKEN = `${Buffer.from('{"alg":"HS256"}').toString('base64url')}.${Buffer.from('{"sub":"somebody"}').toString('base64url')}.c2lnbmF0dXJlLW9mLXRoZS10ZXN0`;
export const SERVICE = '2000080401';

/** A tiny provider in memory, of one service with free slots, on 127.0.0.1: enough of the API for the checks that its faults are planted for. */
export async function openTestProvider({ laws = {}, spoil = (answer) => answer, now }: { laws?: Partial<Laws>; spoil?: Spoil; now: Date }): Promise<{ base: string; close: () => Promise<void> }> {
  const world = worldOf({ ...SOUND, ...laws }, now);
  const server = createServer((incoming, outgoing) => {
    void requestOf(incoming).then((request) => {
      const { status, headers, body } = spoil(answerOf(decide(world, request), request), request);
      outgoing.writeHead(status, headers).end(body === undefined ? '' : JSON.stringify(body));
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  world.base = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/STU3`;
  return {
    base: world.base,
    close: async () => {
      server.closeAllConnections();
      await once(server.close(), 'close');
    },
  };
}

type World = Place & { laws: Laws; appointments: Map<string, unknown[]>; used: Map<string, string> };

function worldOf(laws: Laws, now: Date): World {
  const slots = Array.from({ length: 12 }, (_, index) => slotOf(new Date(now.getTime() + (60 + index * 15) * 60_000)));
  return { base: '', laws, slots, now, service: SERVICE, appointments: new Map(), used: new Map() };
}

async function requestOf(incoming: IncomingMessage): Promise<Request> {
  const chunks: string[] = [];
  for await (const chunk of incoming.setEncoding('utf8')) chunks.push(String(chunk));
  const url = new URL(incoming.url ?? '/', 'http://127.0.0.1');
  return { method: incoming.method ?? 'GET', path: url.pathname.replace('/STU3', ''), query: url.searchParams, headers: incoming.headers, body: parsed(chunks.join('')) };
}

function decide(world: World, request: Request): Answer {
  const { method, path } = request;
  const [, type, id, , version] = path.split('/');
  if (path === '/metadata') return method === 'GET' ? statementOf() : notAllowed('GET');
  if (type !== 'Slot' && type !== 'Appointment') return outcome(404, 'not-found', 'There is no such path');
  const allowed = type === 'Slot' ? ['GET'] : id ? ['GET', 'PUT'] : ['GET', 'POST'];
  if (!allowed.includes(method)) return notAllowed(allowed.join(', '));
  if (world.laws.checksTokens && request.headers.authorization !== `Bearer ${TOKEN}`) {
    return request.headers.authorization ? outcome(403, 'security', 'Access token is not valid: signature') : outcome(403, 'login', 'No access token');
  }
  if (type === 'Slot') return slotSearch(world, request);
  if (method === 'GET') return id ? read(world, id, version) : patientSearch(world, request);
  if (/charset=(?!utf-8)/.test(request.headers['content-type'] ?? '')) return outcome(415, 'not-supported', 'Only UTF-8 is read');
  const before = world.laws.remembersRequestIds ? world.used.get(`${method} ${String(request.headers['x-request-id'])}`) : undefined;
  if (before) return { ...outcome(409, 'duplicate', 'X-Request-Id has been used previously'), headers: { location: before } };
  const answer = method === 'POST' ? book(world, request) : change(world, request, id ?? '');
  if (answer.status < 300) world.used.set(`${method} ${String(request.headers['x-request-id'])}`, answer.headers['location'] ?? '');
  return answer;
}

function slotSearch({ slots, service }: World, { query }: Request): Answer {
  if (query.get('service') !== service) return outcome(404, 'not-found', `There is no service ${query.get('service') ?? ''}`);
  const bounds = query.getAll('start').map((value) => [value.slice(0, 2), Date.parse(value.slice(2))] as const);
  if (bounds.some(([, bound]) => Number.isNaN(bound))) return outcome(400, 'value', 'start is no date');
  const found = slots.filter((slot) => {
    const start = Date.parse(textAt(slot, 'start'));
    const isWithin = bounds.every(([prefix, bound]) => (prefix === 'ge' ? start >= bound : start <= bound));
    return isWithin && (!query.has('status') || textAt(slot, 'status') === query.get('status'));
  });
  return { status: 200, headers: {}, body: { found, kind: 'Slot' } };
}

function patientSearch({ appointments, laws }: World, { query }: Request): Answer {
  const value = query.get('patient')?.split('|').at(-1);
  if (value === undefined && laws.needsPatients) return outcome(400, 'required', 'A patient is needed');
  const current = [...appointments.values()].map((versions) => versions.at(-1));
  const found = current.filter((appointment) => value === undefined || textAt(contained(appointment, 'Patient')[0], 'identifier[0].value') === value);
  return { status: 200, headers: {}, body: { found, kind: 'Appointment' } };
}

function read({ appointments }: World, id: string, version: string | undefined): Answer {
  const versions = appointments.get(id) ?? [];
  const found = version === undefined ? versions.at(-1) : versions[Number(version) - 1];
  return found === undefined ? outcome(404, 'not-found', `There is no Appointment/${id}`) : { status: 200, headers: {}, body: found };
}

function book(world: World, { body }: Request): Answer {
  const { laws, slots, appointments, base, now } = world;
  if (!isRecord(body) || body['resourceType'] !== 'Appointment') return outcome(400, 'structure', 'The body is no Appointment');
  if (laws.needsDescriptions && !body['description']) return outcome(422, 'required', 'description is missing', 'Appointment.description');
  const patient = contained(body, 'Patient')[0];
  if (textAt(patient, 'birthDate') === '') return outcome(422, 'required', 'birthDate is missing', 'Appointment.contained[1].birthDate');
  const number = textAt(patient, 'identifier[0].value');
  if (laws.checksNhsNumbers && number !== '' && !isNhsNumber(number)) return outcome(422, 'value', 'The NHS number is not valid', 'Appointment.contained[1].identifier');
  const slot = slots.find((each) => each['id'] === textAt(contained(body, 'Slot')[0], 'identifier[0].value'));
  if (!slot) return outcome(422, 'not-found', 'There is no such slot');
  if (laws.guardsSlots && slot.isTaken) return outcome(422, 'processing', 'Slot no longer available');
  slot.isTaken = true;
  if (laws.marksSlots) slot['status'] = 'busy';
  const id = randomUUID();
  const kept: Kept = { ...body, id, meta: metaOf('1', now), created: now.toISOString() };
  appointments.set(id, [kept]);
  return { status: 201, headers: { location: `${base}/Appointment/${id}/_history/1` }, body: kept };
}

function change({ laws, slots, appointments, base, now }: World, { body, headers }: Request, id: string): Answer {
  const versions = appointments.get(id) ?? [];
  const current = versions.at(-1);
  if (!isRecord(body) || body['resourceType'] !== 'Appointment') return outcome(400, 'structure', 'The body is no Appointment');
  if (!current) return outcome(404, 'not-found', `There is no Appointment/${id}`);
  if (!headers['if-match']) return outcome(412, 'conflict', 'If-Match is required');
  const version = String(at(current, 'meta.versionId'));
  if (laws.checksVersions && headers['if-match'] !== `W/"${version}"`) return outcome(409, 'conflict', `The current version is ${version}`);
  if (textAt(current, 'status') !== 'booked') return outcome(422, 'business-rule', 'Appointment is already cancelled');
  const differing = Object.keys(current).filter((name) => name !== 'status' && JSON.stringify(at(body, name)) !== JSON.stringify(at(current, name)));
  if (laws.comparesCancellations && differing.length > 0) return outcome(422, 'business-rule', 'Only status may change', ...differing.map((name) => `Appointment.${name}${name === 'contained' ? '[1]' : ''}`));
  const next = changed(changed(current, 'status', textAt(body, 'status')), 'meta', metaOf(String(Number(version) + 1), now));
  appointments.set(id, laws.keepsVersions ? [...versions, next] : [next, next]);
  const slot = slots.find((each) => each['id'] === textAt(listAt(current, 'contained')[2], 'identifier[0].value'));
  if (slot && laws.freesSlots) Object.assign(slot, { isTaken: false, status: 'free' });
  return { status: 200, headers: { location: `${base}/Appointment/${id}/_history/${Number(version) + 1}` }, body: next };
}

function metaOf(versionId: string, at: Date) {
  return { versionId, lastUpdated: at.toISOString().replace('Z', '+00:00') };
}

function notAllowed(allow: string): Answer {
  return { ...outcome(405, 'not-supported', `Allowed: ${allow}`), headers: { allow } };
}

function isNhsNumber(text: string): boolean {
  if (!/^\d{10}$/.test(text)) return false;
  return [...text].reduce((sum, digit, index) => sum + Number(digit) * (index === 9 ? 1 : 10 - index), 0) % 11 === 0;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
