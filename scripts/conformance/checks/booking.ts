import { minutesAfter, readClock } from '../clock';
import { faulty, issuesOf, mustAnswer, mustBook, mustRefuse, namesOf, sameJson } from '../expectations';
import { NOBODY, slotIds } from '../facts';
import { at, changed, contained, listAt, resources, textAt } from '../look';
import type { Check, Kit } from '../model';
import { bookingBody, UUID_SYSTEM, type FreeSlot } from '../sample';
import { must, unknown } from '../verdict';
import { toXml } from '../xml';

const RACERS = 8;
const DAY_MINUTES = 1_440;

/** Booking: section 6. */
export const BOOKING: readonly Check[] = [
  {
    id: 'B-401',
    run: async ({ provider }) => {
      const text = { 'content-type': 'text/plain' };
      mustRefuse(await provider.ask({ method: 'POST', path: '/Appointment', body: 'x', headers: text, token: null }), { status: 415 }, 'text/plain without token');
      mustRefuse(await provider.ask({ method: 'DELETE', path: `/Appointment/${NOBODY}`, token: null }), { status: 405 }, 'DELETE without token');
    },
  },
  {
    id: 'B-402',
    needs: ['bookings'],
    run: async (kit) => {
      const { made } = await kit.facts.booking();
      const used = await kit.facts.post('{ "resourceType": "Appoint', { 'x-request-id': made.sent['x-request-id'] });
      mustRefuse(used, { status: 409, code: 'duplicate' }, 'a body that is broken off with a used X-Request-Id');
      mustRefuse(await kit.provider.ask({ method: 'POST', path: '/Appointment', body: '{', token: null }), { status: 403 }, 'a body that is broken off without token');
    },
  },
  { id: 'B-411', needs: ['bookings'], run: inThePast },
  {
    id: 'B-412',
    needs: ['bookings'],
    run: async ({ facts }) => {
      const { slot } = await facts.booking();
      const answer = await facts.post(bookingBody(slot, facts.newPatient()));
      mustRefuse(answer, { status: 422, code: 'processing', says: /^Slot no longer available$/ }, 'a booking of a slot that is taken');
      must(issuesOf(answer).length === 1 && textAt(issuesOf(answer)[0], 'severity') === 'error', 'there is not one issue of severity error');
    },
  },
  { id: 'B-422', needs: ['bookings'], run: race },
  {
    id: 'B-423',
    needs: ['bookings'],
    run: async (kit) => {
      const answer = await faulty(kit, (body) => changed(changed(body, 'description'), 'contained[1].gender'));
      const named = issuesOf(answer).flatMap(namesOf);
      must(named.some((name) => name.includes('description')) && named.some((name) => name.includes('gender')), 'of two faults only one is named');
    },
  },
  {
    id: 'B-424',
    needs: ['bookings'],
    run: async (kit) => void (await mustBook(kit, (body) => sloppy(body, kit.base), 'a booking with the mistakes of the samples')),
  },
  {
    id: 'B-425',
    needs: ['bookings'],
    run: async ({ provider, facts }) => {
      const { id, made } = await facts.booking();
      const read = mustAnswer(await provider.ask({ path: `/Appointment/${id}` }), 200);
      must(sameJson(read.json, made.json), 'the answer to the booking is not what is read');
    },
  },
  { id: 'B-430', needs: ['bookings'], run: booksInEveryFormat },
  {
    id: 'B-431',
    needs: ['bookings'],
    run: async ({ base, provider, facts }) => {
      const { id, made } = await facts.booking();
      const location = made.headers.get('location') ?? '';
      must(location === `${base}/Appointment/${id}/_history/1`, 'Location is not the root, /Appointment/, the id and /_history/1');
      mustAnswer(await provider.ask({ path: `/Appointment/${id}` }), 200, 'the unversioned address');
    },
  },
  {
    id: 'B-432',
    needs: ['bookings'],
    run: async ({ facts }) => {
      const [{ made, id }, local] = [await facts.booking(), await facts.localBooking()];
      must(textAt(made.json, 'resourceType') === 'Appointment' && textAt(made.json, 'meta.versionId') !== '', 'the body is no Appointment with meta.versionId');
      must(id !== '' && id !== local.id, 'the id is missing, or that of another booking');
    },
  },
  {
    id: 'B-433',
    needs: ['bookings'],
    run: async (kit) => {
      const { made, slot } = await kit.facts.booking();
      must(textAt(contained(made.json, 'Slot')[0], 'status') === 'busy', 'the contained Slot is not busy');
      const age = readClock().getTime() - Date.parse(textAt(made.json, 'created'));
      must(Math.abs(age) < DAY_MINUTES * 60_000, 'created is not the time of the booking');
      await mustBeTaken(kit, slot);
    },
  },
  {
    id: 'B-347',
    needs: ['bookings'],
    run: async (kit) => {
      const booking = await kit.facts.book();
      await mustBeTaken(kit, booking.slot);
      await kit.facts.cancel(booking);
    },
  },
  {
    id: 'B-434',
    run: async ({ facts }) => {
      for (const exchange of await facts.everything()) {
        must(exchange.status < 500, `${exchange.method} ${exchange.path.replace(/\?.*/, '')} was answered ${exchange.status}`);
        must(exchange.method !== 'POST' || exchange.status < 400 || issuesOf(exchange).length > 0, `a POST was answered ${exchange.status} without an OperationOutcome`);
      }
    },
  },
];

async function inThePast({ facts, services: [service] }: Kit): Promise<void> {
  const now = readClock();
  const { start: until } = await facts.spare();
  const { json } = mustAnswer(await facts.search([['service', service], ['start', `ge${minutesAfter(now, -DAY_MINUTES)}`], ['start', `le${until}`]]), 200);
  const begun = resources(json, 'Slot').find((slot) => Date.parse(textAt(slot, 'start')) < now.getTime()) ?? unknown('the service shows no slot that has begun');
  const identifier = textAt(listAt(begun, 'identifier').find((each) => textAt(each, 'system') === UUID_SYSTEM), 'value');
  const slot = { id: textAt(begun, 'id'), identifier, schedule: textAt(begun, 'schedule.reference'), start: textAt(begun, 'start'), end: textAt(begun, 'end') };
  mustRefuse(await facts.post(bookingBody(slot, facts.newPatient())), { status: 422, code: 'business-rule', says: /in the past/i }, 'a booking of a slot that has begun');
}

async function race({ facts }: Kit): Promise<void> {
  const slot = await facts.takeSlot();
  const answers = await Promise.all(Array.from({ length: RACERS }, () => facts.post(bookingBody(slot, facts.newPatient()))));
  const made = answers.filter(({ status }) => status === 201);
  for (const { json } of made) await facts.cancel({ id: textAt(json, 'id') });
  must(made.length === 1, `of ${RACERS} bookings of one slot at once ${made.length} were made`);
  for (const answer of answers.filter(({ status }) => status !== 201)) mustRefuse(answer, { status: 422, code: 'processing' }, 'a booking that lost');
}

async function booksInEveryFormat(kit: Kit): Promise<void> {
  const made = await mustBook(kit, (body) => body, 'a booking that is right');
  must(textAt(made.json, 'resourceType') === 'Appointment', 'the answer is no Appointment');
  if (await kit.facts.speaksXml()) await mustBook(kit, toXml, 'the same in XML', { 'content-type': 'application/fhir+xml' });
}

async function mustBeTaken({ facts, services: [service] }: Kit, { id, start }: FreeSlot): Promise<void> {
  const answer = await facts.search([['service', service], ['status', 'free'], ['start', `ge${start}`], ['start', `le${start}`]]);
  must(!slotIds(mustAnswer(answer, 200)).includes(id), 'the slot is still found as free');
}

// The forms of B-424, all at once.
function sloppy(body: unknown, base: string): unknown {
  const changes: readonly (readonly [path: string, value: unknown])[] = [
    ['meta.profile', at(body, 'meta.profile[0]')],
    ['contained[0].identifier', at(body, 'contained[0].identifier[0]')],
    ['contained[2].identifier', at(body, 'contained[2].identifier[0]')],
    ['contained[1].name[0].given', 'Testcase'],
    ['contained[1].name[0].prefix', 'Ms'],
    ['contained[2].schedule.reference', `${base}/${textAt(body, 'contained[2].schedule.reference')}`],
    ['text', 'A booking'],
    ['participant[0].status', undefined],
  ];
  return changes.reduce((left, [path, value]) => changed(left, path, value), body);
}
