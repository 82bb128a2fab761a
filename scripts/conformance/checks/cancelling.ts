import { issuesOf, mustAnswer, mustRefuse, namesOf, etagVersion } from '../expectations';
import { NOBODY, slotIds } from '../facts';
import { changed, listAt, textAt } from '../look';
import type { Check, Kit } from '../model';
import { must } from '../verdict';

const FIRST = { 'if-match': 'W/"1"' };

/** Cancelling and amending, and the versions it goes by: sections 8 and 2.4. */
export const CANCELLING: readonly Check[] = [
  { id: 'B-063', needs: ['bookings'], run: async (kit) => mustRefuse(await putBooking(kit, cancelling, {}), { status: 412 }, 'a PUT without If-Match') },
  {
    id: 'B-064',
    needs: ['bookings'],
    run: async (kit) => {
      mustRefuse(await putBooking(kit, cancelling, { 'if-match': 'W/"7"' }), { status: 409 }, 'a PUT of another version');
      const { id } = await kit.facts.booking();
      const read = await kit.provider.ask({ path: `/Appointment/${id}` });
      must(etagVersion(read) === '1' && textAt(read.json, 'status') === 'booked', 'the PUT of another version changed the Appointment');
    },
  },
  {
    id: 'B-065',
    needs: ['bookings'],
    run: async (kit) => {
      for (const match of ['*', 'W/"1", W/"2"']) mustRefuse(await putBooking(kit, cancelling, { 'if-match': match }), { status: 412 }, `If-Match: ${match}`);
      for (const match of ['"1"', '1']) mustAnswer(await kit.facts.cancel(await kit.facts.book(), { 'if-match': match }), 200, `If-Match: ${match}`);
    },
  },
  {
    id: 'B-601',
    needs: ['bookings'],
    run: async ({ provider, facts }) => {
      const { id } = await facts.booking();
      mustRefuse(await provider.ask({ method: 'PUT', path: `/Appointment/${id}`, body: '{', headers: FIRST, token: null }), { status: 403 }, 'a PUT without token');
      const { booking, answer } = await facts.cancelled();
      const used = { 'x-request-id': answer.sent['x-request-id'], ...FIRST };
      mustRefuse(await facts.put(booking.id, '{', used), { status: 409, code: 'duplicate' }, 'a PUT with a used X-Request-Id');
    },
  },
  {
    id: 'B-602',
    needs: ['bookings'],
    run: async (kit) => {
      for (const [body, when] of [['{ "resourceType": "App', 'a body that is broken off'], [{ resourceType: 'Patient' }, 'a Patient for a body'], [[], 'a list for a body']] as const) {
        mustRefuse(await putBooking(kit, () => body, FIRST), { status: 400 }, when);
      }
    },
  },
  {
    id: 'B-603',
    needs: ['bookings'],
    run: async (kit) => {
      const { sent } = await kit.facts.booking();
      mustRefuse(await kit.facts.put(NOBODY, changed(changed(sent, 'id', NOBODY), 'status', 'cancelled'), FIRST), { status: 404, code: 'not-found' }, 'a PUT of what does not exist');
      mustRefuse(await kit.provider.ask({ path: `/Appointment/${NOBODY}` }), { status: 404 }, 'a read after it');
    },
  },
  {
    id: 'B-605',
    needs: ['bookings'],
    run: async (kit) => {
      mustRefuse(await putBooking(kit, cancelling, {}), { status: 412 }, 'a PUT without If-Match');
      const stale = await putBooking(kit, (body) => changed(cancelling(body), 'description', 'Another'), { 'if-match': 'W/"7"' });
      mustRefuse(stale, { status: 409 }, 'a PUT of another version with a change that is not allowed');
    },
  },
  {
    id: 'B-606',
    needs: ['bookings'],
    run: async (kit) => mustRefuse(await putBooking(kit, (body) => changed(cancelling(body), 'id', NOBODY), FIRST), { status: 400, code: 'invalid' }, 'a body with another id'),
  },
  {
    id: 'B-607',
    needs: ['bookings'],
    run: async ({ facts }) => {
      const { booking, answer } = await facts.cancelled();
      const again = await facts.put(booking.id, answer.json, { 'if-match': answer.headers.get('etag') ?? undefined });
      mustRefuse(again, { status: 422, code: 'business-rule', says: /already cancelled/i }, 'a cancellation of a cancelled Appointment');
    },
  },
  {
    id: 'B-609',
    needs: ['bookings'],
    run: async (kit) => {
      const answer = await putBooking(kit, (body) => changed(changed(cancelling(body), 'description', 'Another'), 'contained[1].gender', 'male'), FIRST);
      mustRefuse(answer, { status: 422, code: 'business-rule' }, 'a cancellation with two other changes');
      const named = issuesOf(answer).flatMap(namesOf);
      must(named.some((name) => name.includes('description')) && named.some((name) => name.includes('contained[1]')), 'the elements that differ are not all named');
      mustRefuse(await putBooking(kit, (body) => changed(cancelling(body), 'contained[1].address'), FIRST), { status: 422, code: 'business-rule' }, 'a cancellation that leaves the address out');
    },
  },
  { id: 'B-610', needs: ['bookings'], run: comparedByMeaning },
  {
    id: 'B-611',
    needs: ['bookings'],
    run: async (kit) => {
      const { answer } = await kit.facts.cancelled();
      must(textAt(answer.json, 'status') === 'cancelled', 'the status after a cancellation is not cancelled');
      mustRefuse(await putBooking(kit, (body) => body, FIRST), { status: 422, code: 'business-rule' }, 'a PUT that changes nothing');
      for (const status of ['pending', 'nonsense']) mustRefuse(await putBooking(kit, (body) => changed(body, 'status', status), FIRST), { status: 422, code: 'code-invalid' }, `status ${status}`);
    },
  },
  {
    id: 'B-612',
    needs: ['bookings'],
    run: async (kit) => {
      const booking = await kit.facts.book();
      const answer = await kit.facts.put(booking.id, changed(booking.made.json, 'description', 'Conformance test, amended'), FIRST);
      await kit.facts.cancel(booking);
      must(answer.status === 200, `a change of the description was answered ${answer.status}`);
    },
  },
  {
    id: 'B-613',
    needs: ['bookings'],
    run: async ({ facts, services: [service] }) => {
      const booking = await facts.book();
      mustAnswer(await facts.cancel(booking), 200, 'a cancellation');
      const { start, id } = booking.slot;
      const found = await facts.search([['service', service], ['status', 'free'], ['start', `ge${start}`], ['start', `le${start}`]]);
      must(slotIds(found).includes(id), 'the slot of a cancelled Appointment is not found as free');
    },
  },
  {
    id: 'B-614',
    needs: ['bookings'],
    run: async ({ provider, facts }) => {
      const { booking } = await facts.cancelled();
      const { json } = mustAnswer(await provider.ask({ path: `/Appointment/${booking.id}/_history/1` }), 200);
      must(textAt(json, 'status') === 'booked', 'version 1 is no longer booked');
    },
  },
  {
    id: 'B-615',
    needs: ['bookings'],
    run: async ({ base, facts }) => {
      const { booking, answer } = await facts.cancelled();
      must(answer.headers.get('location') === `${base}/Appointment/${booking.id}/_history/2`, 'Location is not that of the new version');
      must(etagVersion(answer) === '2' && textAt(answer.json, 'meta.versionId') === '2', 'ETag or meta.versionId is not the new version');
      const slot = listAt(answer.json, 'contained').find((resource) => textAt(resource, 'resourceType') === 'Slot');
      must(textAt(slot, 'status') === 'busy', 'the contained Slot did not stay as it was');
    },
  },
  {
    id: 'B-617',
    needs: ['bookings'],
    run: async (kit) => {
      await putBooking(kit, cancelling, {});
      for (const exchange of kit.provider.exchanges.filter(({ method, status }) => method === 'PUT' && status >= 400)) {
        must(issuesOf(exchange).length > 0, `a PUT was answered ${exchange.status} without an OperationOutcome`);
      }
    },
  },
];

async function putBooking({ facts }: Kit, change: (body: unknown) => unknown, headers: Record<string, string | undefined>) {
  const { id, made } = await facts.booking();
  return facts.put(id, change(made.json), headers);
}

function cancelling(body: unknown): unknown {
  return changed(body, 'status', 'cancelled');
}

// Other offsets, another order, nothing that the server set: the same Appointment all the same.
async function comparedByMeaning({ facts }: Kit): Promise<void> {
  const booking = await facts.book();
  const read = booking.made.json;
  const without = ['meta', 'created', 'id', 'participant[0].status'].reduce((left, path) => changed(left, path), read);
  const turned = changed(without, 'contained', listAt(read, 'contained').toReversed());
  const inZ = changed(turned, 'start', new Date(textAt(read, 'start')).toISOString());
  mustAnswer(await facts.put(booking.id, cancelling(inZ), FIRST), 200, 'a cancellation in another spelling');
}
