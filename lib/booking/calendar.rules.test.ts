import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { calendarText } from '@/lib/booking/calendar.rules';
import { writtenLines } from '@/lib/booking/read-back.rules';
import { londonInstant } from '@/lib/platform/time';
import { londonDate } from '@/lib/platform/time-words';

type Event = Parameters<typeof calendarText>[0];

const BOOKED: Event = {
  id: '01990000-0000-7000-8000-000000000001',
  reference: 'ONW-7K3P-92',
  status: 'booked',
  version: 1,
  startsAt: new Date('2026-11-24T13:50:00Z'),
  endsAt: new Date('2026-11-24T14:00:00Z'),
  channel: 'in-person',
  bookedAt: new Date('2026-11-24T10:00:00Z'),
  versions: [],
  service: {
    id: 'a-service',
    name: 'Test Urgent Treatment Centre',
    typeId: 135,
    typeName: 'Urgent Treatment Centre (UTC)',
    address: '1 Example Street, Leeds',
    postcode: 'LS1 3EX',
    publicPhone: null,
    patientInformation: null,
  },
};

const service = (given: Partial<Event['service']>) => ({ ...BOOKED.service, ...given });

/** What a calendar reads: the lines unfolded, by name, with the escapes of a text undone. */
function read(text: string): ReadonlyMap<string, string> {
  const unfolded = text.replaceAll('\r\n ', '').split('\r\n').filter(Boolean);
  return new Map(unfolded.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).replace(/\\n/g, '\n').replace(/\\(.)/g, '$1')]));
}

test('a calendar file has one event in UTC that says when, where and what was read back, and nothing of the patient', () => {
  const text = calendarText(BOOKED);
  expect(text).toMatch(/^BEGIN:VCALENDAR\r\nVERSION:2\.0\r\nPRODID:[^\r]+\r\nBEGIN:VEVENT\r\n[^]*\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n$/);
  expect(Object.fromEntries(read(text))).toMatchObject({
    UID: `${BOOKED.id}@onward`,
    DTSTAMP: '20261124T100000Z',
    CREATED: '20261124T100000Z',
    SEQUENCE: '1',
    STATUS: 'CONFIRMED',
    CLASS: 'PRIVATE',
    DTSTART: '20261124T135000Z',
    DTEND: '20261124T140000Z',
    SUMMARY: 'NHS appointment at Test Urgent Treatment Centre',
    LOCATION: 'Test Urgent Treatment Centre, 1 Example Street, Leeds, LS1 3EX',
    DESCRIPTION: writtenLines(BOOKED).map(({ words }) => words).join('\n'),
  });
  expect(read(text).has('METHOD')).toBe(false);
});

describe('a later version replaces the earlier one in the calendar that has it', () => {
  const changedAt = new Date('2026-11-24T11:30:00Z');
  const versions: Event['versions'] = [
    { version: 3, at: changedAt, actorName: 'Asha Begum', provenance: null, status: 'booked', reason: 'Earache', startsAt: BOOKED.startsAt, cancelReason: null, cancelText: null },
  ];

  test('by the same id, a higher sequence and the time of the change', () => {
    expect(Object.fromEntries(read(calendarText({ ...BOOKED, version: 3, versions })))).toMatchObject({ UID: `${BOOKED.id}@onward`, SEQUENCE: '3', DTSTAMP: '20261124T113000Z', STATUS: 'CONFIRMED' });
  });

  test.each(['cancelled', 'moved', 'entered-in-error'] as const)('%s: it is taken out, and its text no longer sends anybody there', (status) => {
    const event = read(calendarText({ ...BOOKED, status, version: 2, versions }));
    expect(event.get('STATUS')).toBe('CANCELLED');
    expect(event.get('SUMMARY')).toMatch(/^No longer booked: /);
    expect(event.get('DESCRIPTION')).not.toContain('Please go to');
  });
});

test.each([
  ['telephone', 'By telephone'],
  ['video', 'By video'],
  [null, 'Test Urgent Treatment Centre, 1 Example Street, Leeds, LS1 3EX'],
] as const)('the place of an appointment whose channel is %s is "%s"', (channel, place) => {
  expect(read(calendarText({ ...BOOKED, channel })).get('LOCATION')).toBe(place);
});

describe('clock changes (U-131): instants in UTC have no doubled and no missing hour', () => {
  test.each([
    ['the first 01:30 of October, BST', londonInstant(londonDate(new Date('2026-10-25T12:00:00Z')), 90), '20261025T003000Z'],
    ['the second 01:30 of October, GMT', new Date('2026-10-25T01:30:00Z'), '20261025T013000Z'],
    ['midnight before the clocks go forward', londonInstant(londonDate(new Date('2026-03-29T12:00:00Z')), 0), '20260329T000000Z'],
    ['02:00 on that morning, an hour later by the wall and one by the clock', londonInstant(londonDate(new Date('2026-03-29T12:00:00Z')), 120), '20260329T010000Z'],
  ])('%s', (_name, startsAt, expected) => {
    expect(read(calendarText({ ...BOOKED, startsAt: startsAt ?? BOOKED.bookedAt })).get('DTSTART')).toBe(expected);
  });
});

test('commas, semicolons, backslashes and line ends are escaped as RFC 5545 asks', () => {
  const text = calendarText({ ...BOOKED, service: service({ name: 'A, B; C\\D', patientInformation: 'Bring:\nyour list' }) });
  expect(text).toContain('SUMMARY:NHS appointment at A\\, B\\; C\\\\D\r\n');
  expect(read(text).get('DESCRIPTION')).toContain('Bring:\nyour list');
});

test('no line is longer than 75 bytes, no sign is cut in two, and unfolding gives the text back', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }).filter((name) => !/[\r\n]/.test(name)), (name) => {
      const text = calendarText({ ...BOOKED, service: service({ name }) });
      expect(text.split('\r\n').every((line) => new TextEncoder().encode(line).length <= 75)).toBe(true);
      expect(read(text).get('SUMMARY')).toBe(`NHS appointment at ${name}`);
    }),
  );
});
