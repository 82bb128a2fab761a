import { describe, expect, test } from 'vitest';
import { foundWords } from '@/components/booking/found-words';
import type { AppointmentLine } from '@/lib/booking/appointment.schema';
import { appointmentSearch } from '@/lib/booking/find.schema';
import { londonDate } from '@/lib/platform/time-words';

const NOW = new Date('2026-11-24T10:00:00Z');
const SEALED: AppointmentLine = {
  id: 'an-appointment',
  status: 'booked',
  startsAt: new Date('2026-11-24T13:50:00Z'),
  isOpen: false,
  patient: { givenName: 'Tomasz', familyName: 'Notreal', birthDate: londonDate(new Date('1984-03-02T12:00:00Z')), nhsNumber: '9990000018', isUnknown: false },
};
const LINE: AppointmentLine = { ...SEALED, isOpen: true, reference: 'ONW-7K3P-92', serviceName: 'Test UTC' };

function found(lines: readonly AppointmentLine[], typed: Record<string, string> = { by: 'nhs-number', nhsNumber: '999 000 0018' }) {
  return foundWords(lines, { search: appointmentSearch(typed['by'], londonDate(NOW)).parse(typed), most: 3, now: NOW });
}

test('a line says what it is, when, where and for whom', () => {
  expect(found([LINE]).lines).toEqual([
    { id: 'an-appointment', what: 'ONW-7K3P-92', status: { words: 'Booked', tone: 'green' }, when: 'Today 13:50', where: 'Test UTC', patient: 'NOTREAL, Tomasz · born 2 Mar 1984 · NHS 999 000 0018' },
  ]);
  const unknown = { ...LINE.patient, nhsNumber: null, isUnknown: true };
  expect(found([{ ...LINE, patient: unknown }]).lines[0]?.patient).toBe('Unknown patient · about 42 years');
});

test('of a sealed one a line says for whom, when and its status alone', () => {
  expect(found([SEALED]).lines).toEqual([
    { id: 'an-appointment', what: 'Sealed appointment', status: { words: 'Booked', tone: 'green' }, when: 'Today 13:50', where: 'Not shown', patient: 'NOTREAL, Tomasz · born 2 Mar 1984 · NHS 999 000 0018' },
  ]);
});

describe('how many there are, and how far back was looked (U-100, U-101)', () => {
  test.each([
    [1, '1 appointment since Sun 25 Oct'],
    [2, '2 appointments since Sun 25 Oct'],
    [3, 'The latest 3 appointments since Sun 25 Oct'],
    [0, 'No appointment for this NHS number since Sun 25 Oct'],
  ])('%i', (count, title) => {
    expect(found(Array.from({ length: count }, () => LINE))).toMatchObject({ title, hasPast: true });
  });

  test('none at all, with what to do', () => {
    const whole = found([], { by: 'nhs-number', nhsNumber: '999 000 0018', past: 'all' });
    expect(whole).toMatchObject({ title: 'No appointment for this NHS number', hasPast: false });
    expect(whole.todo).toContain('Check the number with the caller');
    expect(found([], { by: 'reference', reference: '7k3p92' })).toMatchObject({ title: 'No appointment has the reference ONW-7K3P-92', hasPast: false });
  });
});
