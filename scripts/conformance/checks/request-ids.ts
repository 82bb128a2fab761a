import { randomUUID } from 'node:crypto';
import { faulty, mustAnswer, mustBook, mustRefuse } from '../expectations';
import { changed, textAt } from '../look';
import type { Check, Kit } from '../model';
import { bookingBody } from '../sample';
import { must } from '../verdict';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const TOO_LONG = 'x'.repeat(129);

/** Request ids and repeats: section 2.3. */
export const REQUEST_IDS: readonly Check[] = [
  {
    id: 'B-040',
    run: async ({ facts }) => {
      const seen = new Set<string>();
      for (const { method, path, headers } of await facts.everything()) {
        const id = headers.get('x-request-id') ?? '';
        must(UUID.test(id), `${method} ${path} has no X-Request-Id that is a UUID`);
        must(!seen.has(id), `${method} ${path} has an X-Request-Id that another answer had`);
        seen.add(id);
      }
    },
  },
  {
    id: 'B-041',
    run: async ({ facts }) => {
      for (const { method, path, sent, status, headers } of await facts.everything()) {
        const isRefusedId = status === 400 && sent['x-request-id'] === TOO_LONG;
        must(isRefusedId || headers.get('x-correlation-id') === (sent['x-request-id'] ?? null), `${method} ${path} does not have its X-Request-Id as X-Correlation-Id`);
      }
    },
  },
  {
    id: 'B-042',
    run: async ({ facts }) => {
      const answer = await facts.search(await facts.spareQuery(), { 'x-request-id': undefined });
      mustAnswer(answer, 200, 'a search without X-Request-Id');
      must(!answer.headers.has('x-correlation-id'), 'there is an X-Correlation-Id for a request that had no id');
    },
  },
  { id: 'B-043', needs: ['bookings'], run: repeated },
  {
    id: 'B-044',
    needs: ['bookings'],
    run: async ({ facts }) => {
      const { made, sent } = await facts.booking();
      const again = await facts.post(sent, { 'x-request-id': made.sent['x-request-id'] });
      must(again.status === 409, `the repeat was answered ${again.status}`);
      must(again.headers.get('location') === made.headers.get('location'), 'the repeat does not have the Location of the booking');
    },
  },
  {
    id: 'B-045',
    needs: ['bookings'],
    run: async ({ facts }) => {
      const booking = await facts.book();
      const answer = await facts.cancel(booking, { 'x-request-id': booking.made.sent['x-request-id'] });
      mustAnswer(answer, 200, 'a PUT with the id of an earlier POST');
    },
  },
  {
    id: 'B-046',
    needs: ['bookings'],
    run: async (kit) => {
      const id = randomUUID();
      mustRefuse(await faulty(kit, (body) => changed(body, 'description'), { 'x-request-id': id }), { status: 422 }, 'a booking without description');
      await mustBook(kit, (body) => body, 'the same, put right, with the same id', { 'x-request-id': id });
    },
  },
  {
    id: 'B-047',
    needs: ['bookings'],
    run: async ({ facts }) => {
      const id = randomUUID();
      const body = bookingBody(await facts.takeSlot(), facts.newPatient());
      const answers = await Promise.all([1, 2, 3].map(() => facts.post(body, { 'x-request-id': id })));
      const made = answers.filter(({ status }) => status === 201);
      for (const { json } of made) await facts.cancel({ id: textAt(json, 'id') });
      must(made.length === 1, `three requests with one id at once: ${made.length} were booked`);
      must(answers.filter(({ status }) => status === 409).length === 2, `the others were answered ${answers.map(({ status }) => status).join(', ')}`);
    },
  },
  {
    id: 'B-049',
    run: async ({ facts }) => {
      mustRefuse(await facts.search(await facts.spareQuery(), { 'x-request-id': TOO_LONG }), { status: 400, code: 'value' }, 'an X-Request-Id of 129 characters');
    },
  },
];

async function repeated({ facts }: Kit): Promise<void> {
  const { made, sent } = await facts.booking();
  const again = await facts.post(sent, { 'x-request-id': made.sent['x-request-id'] });
  mustRefuse(again, { status: 409, code: 'duplicate', says: /X-Request-Id/i }, 'a POST with a used X-Request-Id');
  const { booking, answer } = await facts.cancelled();
  const change = { 'x-request-id': answer.sent['x-request-id'], 'if-match': 'W/"2"' };
  mustRefuse(await facts.put(booking.id, changed(answer.json, 'status', 'cancelled'), change), { status: 409, code: 'duplicate', says: /X-Request-Id/i }, 'a PUT with a used X-Request-Id');
}
