import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { formatsOf } from '@/lib/fhir/shared/format';
import { STU3_ELEMENTS } from '@/lib/fhir/stu3/elements';
import { aSystem } from '@/prisma/factories/client';
import { A_TUESDAY_AT_TEN } from '@/prisma/factories/staff';
import { aToken } from '@/prisma/factories/token';
import { aBooking, slotsToBook, type SlotToBook } from '@/scripts/test-support/fhir/bookings';
import { aDoor, type Door } from '@/scripts/test-support/fhir/door';

const BOOKINGS = 30;
const XML = 'application/fhir+xml';
const formats = formatsOf(STU3_ELEMENTS);

// What people type, and what XML has to escape, keep or encode.
const PIECES = ['fever', 'Zoë', 'Ó Súilleabháin', '李', '🤒', '<b>', '&', '&amp;', '"', "'", ']]>', '<!--', '%00', '\\', '\n', '\t', '  ', '\u00a0', '\u200d', '’', '{"a":1}'];
const words = fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 6 }).map((pieces) => `x${pieces.join('')}x`);

let door: Door;
let slots: SlotToBook[];

beforeAll(async () => {
  door = aDoor({ token: await aToken(await aSystem(), { now: A_TUESDAY_AT_TEN }) });
  slots = await slotsToBook(2 * BOOKINGS, { minutes: 5 });
});

test('B-021: whatever was written, a booking sent in XML is the booking sent in JSON, and is read in XML as in JSON', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(words, words, async (reason, family) => {
      const [fromJson, fromXml] = [await booked({ reason, family }, 'json'), await booked({ reason, family }, 'xml')];
      expect(fromXml).toEqual(fromJson);
      expect(fromJson).toMatchObject({ description: reason });
    }),
    { seed: 20_270_303, numRuns: BOOKINGS, endOnFailure: true },
  );
});

test('B-610: what was read in XML can be sent back in XML to cancel, whatever is written in it', { timeout: 60_000 }, async () => {
  const more = await slotsToBook(BOOKINGS, { minutes: 5 });
  await fc.assert(
    fc.asyncProperty(words, async (reason) => {
      const slot = more.pop();
      if (!slot) throw new Error('there are too few slots');
      const { resource } = await door('/Appointment', { method: 'POST', body: { ...aBooking({ slot }), description: reason } });
      const read = await door(`/Appointment/${resource?.id}`, { headers: { accept: XML } });
      const body = read.text.replace('<status value="booked"/>', '<status value="cancelled"/>');
      const cancelled = await door(`/Appointment/${resource?.id}`, { method: 'PUT', headers: { 'content-type': XML, 'if-match': 'W/"1"' }, body });
      expect([cancelled.status, cancelled.text]).toEqual([200, expect.stringContaining('<status value="cancelled"/>')]);
    }),
    { seed: 20_270_303, numRuns: BOOKINGS, endOnFailure: true },
  );
});

/** What is told of a booking that was sent in this format, without what is its own: ids, times, slot. Read in XML, it is the same. */
async function booked({ reason, family }: { reason: string; family: string }, format: 'json' | 'xml'): Promise<unknown> {
  const slot = slots.pop();
  if (!slot) throw new Error('there are too few slots');
  const whole = aBooking({ slot, nhsNumber: null });
  const contained = whole.contained?.map((each) => (each.resourceType === 'Patient' ? { ...each, name: [{ use: 'official', family, given: [family] }] } : each));
  const sent = { ...whole, contained, description: reason };
  const created = await door('/Appointment', { method: 'POST', headers: { 'content-type': `application/fhir+${format}`, accept: 'application/fhir+json' }, body: formats.write(sent, format) });
  expect([created.status, created.text]).toEqual([201, expect.any(String)]);
  const inXml = formats.read((await door(`/Appointment/${created.resource?.id}`, { headers: { accept: XML } })).text, 'xml');
  expect(inXml).toEqual({ ok: true, value: created.resource });
  return ownLeftOut(created.resource);
}

function ownLeftOut(resource: unknown): unknown {
  const own = ['id', 'identifier', 'lastUpdated', 'created', 'schedule', 'start', 'end'];
  return JSON.parse(JSON.stringify(resource, (name, value: unknown) => (own.includes(name) ? undefined : value)));
}
