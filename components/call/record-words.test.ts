import { describe, expect, test } from 'vitest';
import { recordWords } from '@/components/call/record-words';
import type { CallRecord } from '@/lib/booking/record.queries';
import { CALL_EVENT_KINDS, callEvent } from '@/lib/booking/record.schema';
import type { KeptDecision } from '@/lib/crossborder/schema';

const AT = new Date('2026-11-24T10:00:00Z');
const STARTS = new Date('2026-11-24T13:50:00Z');
const UNTIL = '2026-11-24T10:05:00.000Z';

function decided(given: Partial<KeptDecision>): KeptDecision {
  const commissioner = { code: 'QWO', name: 'West Yorkshire', regionCode: 'Y63' };
  const found = { commissioner, how: 'gp-practice' } as const;
  return {
    ...{ responsible: found, host: found, contractArea: found, payer: commissioner, isCrossing: true, isOverride: false, outcome: 'allow', pricePence: null, noshowPence: null },
    ...{ failedContact: 'booker', followUp: 'host-service', approvers: [], looked: [], at: AT, approval: null, isCarriedOn: false },
    rule: { kind: 'default', id: 'default-E', version: 1, words: 'National default: urgent, within 6 h' },
    ...given,
  };
}

const RECORD: CallRecord = {
  id: 'call',
  state: 'booked',
  organisationName: 'Test 111',
  handlerName: 'Asha Test',
  openedAt: AT,
  endedAt: null,
  disposition: { code: 'Dx05', title: 'To contact a Primary Care Service within 2 hours' },
  dueAt: STARTS,
  postcode: 'LS1 4AP',
  practice: 'Oak Surgery',
  symptomGroup: 'Sore throat',
  closeText: 'line broke off',
  referralText: null,
  comments: new Map([['near', 'asked for another town']]),
  choices: new Map([
    [
      'new',
      [
        { choice: 'keep', reason: 'different problem', kinds: ['same-family'], entry: { id: 'e1', startsAt: STARTS, serviceName: 'Dental', isSealed: false, appointment: { id: 'a1', reference: 'ONW-3R3R-3R' } } },
        { choice: 'keep', reason: 'planned before', kinds: ['overlap'], entry: { id: 'e2', startsAt: STARTS, serviceName: 'Eye Clinic', isSealed: false, appointment: null } },
        { choice: 'keep', reason: null, kinds: ['overlap'], entry: { id: 'e3', startsAt: STARTS, serviceName: null, isSealed: true, appointment: null } },
        { choice: 'cancel', reason: null, kinds: ['overlap'], entry: { id: 'e4', startsAt: STARTS, serviceName: 'Dental', isSealed: false, appointment: { id: 'a4', reference: 'ONW-4T4T-4T' } } },
        { choice: 'move', reason: null, kinds: ['overlap'], entry: { id: 'e5', startsAt: STARTS, serviceName: 'Near Centre', isSealed: false, appointment: { id: 'old', reference: 'ONW-7K3P-92' } } },
      ],
    ],
  ]),
  borders: {
    decisions: new Map([
      ['new', decided({ outcome: 'approval', approval: { state: 'approved', by: 'Dr Dana Test', as: 'clinician', at: AT, text: null } })],
      ['old', decided({ isCrossing: false, payer: null, rule: { kind: 'same', id: 'XB-01', version: 1, words: 'No border is crossed: both are West Yorkshire' } })],
      ['priced', decided({ pricePence: 1_250, noshowPence: 500 })],
    ]),
    approvals: new Map([['asked', { asked: 'nothing nearer', answer: null }], ['answered', { asked: 'nothing nearer', answer: 'no room today' }]]),
  },
  lines: [],
  isCut: false,
  named: {
    services: new Map([['near', 'Near Centre'], ['far', 'Far Centre']]),
    slots: new Map([['slot', { startsAt: STARTS, serviceName: 'Far Centre' }], ['lost', { startsAt: STARTS, serviceName: 'Near Centre' }]]),
    appointments: new Map([
      ['old', { isOpen: true, reference: 'ONW-7K3P-92', startsAt: STARTS, serviceName: 'Near Centre' }],
      ['sealed', { isOpen: false, startsAt: STARTS }],
      ['new', { isOpen: true, reference: 'ONW-2M4R-7T', startsAt: new Date('2026-11-25T09:40:00Z'), serviceName: 'Far Centre' }],
    ]),
    staff: new Map([['asha', 'Asha Test'], ['ben', 'Ben Test'], ['doctor', 'Dr Dana Test']]),
    rejectReasons: new Map([[26, 'Rejected for patient choice']]),
  },
};

const OPENED = { kind: 'opened', dispositionCode: 'Dx05', dueAt: '2026-11-24T12:00:00.000Z', isAtHome: false, precision: 'outcode', practiceCode: 'A1', symptomGroup: 1013, discriminators: [4003], movesId: null };
const OVER = { rule: 'TF-04', minutesOver: 85, callerInformed: true, approvedBy: 'doctor', approvalReason: 'No earlier slot' };

/** The one that was moved is in the title of its booking. */
const CHOSEN = [
  'Kept ONW-3R3R-3R (today 13:50 at Dental) beside it: “different problem”',
  'Kept the appointment of today 13:50 at Eye Clinic beside it: “planned before”',
  'Kept a sealed appointment (today 13:50) beside it',
  'Cancelled ONW-4T4T-4T (today 13:50 at Dental) as well',
];

const ACROSS = ['National default: urgent, within 6 h: needs approval', 'West Yorkshire pays, within contract', 'approved by Dr Dana Test, as a clinician'];

/** One of each kind, and what its line says. */
const SAID: readonly (readonly [event: { kind: string } & Record<string, unknown>, title: string, more?: readonly string[], listed?: readonly string[]])[] = [
  [OPENED, 'Opened the call: Dx05 To contact a Primary Care Service within 2 hours', ['due by 12:00 today', 'from LS1 4AP, position approximate', 'GP practice: Oak Surgery', 'symptoms: Sore throat', 'discriminators: 4003']],
  [{ kind: 'services-shown', services: [{ id: 'near', freeInTime: 0 }, { id: 'far', freeInTime: 4 }], isCatchAll: false, distanceKm: 60, matched: 12 }, 'Shown 2 services, in this order', ['12 matched', 'within 60 km'], ['1. Near Centre: 0 free in time', '2. Far Centre: 4 free in time']],
  [{ kind: 'services-skipped', serviceId: 'far', reasons: { near: 26 } }, 'Services passed over for Far Centre', [], ['Near Centre: Rejected for patient choice (“asked for another town”)']],
  [{ kind: 'slot-held', slotId: 'slot', heldUntil: UNTIL, released: null, insteadOf: 'lost' }, 'Lost the slot today 13:50 at Near Centre; the nearest was held at once: the slot today 13:50 at Far Centre', ['until 10:05']],
  [{ kind: 'slot-hold-extended', slotId: 'slot', heldUntil: UNTIL }, 'Extended the hold of the slot today 13:50 at Far Centre', ['until 10:05']],
  [{ kind: 'slot-let-go', slotId: 'slot' }, 'Let the slot today 13:50 at Far Centre go'],
  [{ kind: 'approval-asked', slotId: 'slot', approvalId: 'asked', heldUntil: UNTIL }, 'Asked for approval of the slot today 13:50 at Far Centre', ['held until 10:05', '“nothing nearer”']],
  [{ kind: 'approval-answered', slotId: 'slot', approvalId: 'answered', answer: 'declined', as: 'host', by: 'ben' }, 'Declined the slot today 13:50 at Far Centre', ['as the host commissioner on duty', '“no room today”']],
  [{ kind: 'hold-refused', slotId: 'lost', code: 'slot-taken' }, 'Hold of the slot today 13:50 at Near Centre refused', ['somebody else had booked the slot']],
  [{ kind: 'booking-refused', slotId: 'slot', code: 'approval-needed' }, 'Booking of the slot today 13:50 at Far Centre refused', ['after the due time, and no clinician had approved it']],
  [{ kind: 'booked', appointmentId: 'new', replaces: 'old', ...OVER }, 'Booked ONW-2M4R-7T, tomorrow 09:40 at Far Centre, in place of ONW-7K3P-92, today 13:50 at Near Centre', ['1 h 25 min after the due time (TF-04)', 'the caller knew and agreed', 'approved by Dr Dana Test: “No earlier slot”', ...ACROSS], CHOSEN],
  [{ kind: 'move-refused', slotId: 'gone', code: 'move-to-same-slot' }, 'Move of a slot that is gone refused', ['the appointment was in that slot already']],
  [{ kind: 'moved', appointmentId: 'old', replacedBy: 'new' }, 'ONW-7K3P-92, today 13:50 at Near Centre was moved to ONW-2M4R-7T, tomorrow 09:40 at Far Centre'],
  [{ kind: 'cancelled', appointmentId: 'old', reason: 'patient-better' }, 'Cancelled ONW-7K3P-92, today 13:50 at Near Centre', ['Patient is better']],
  [{ kind: 'amended', appointmentId: 'old' }, 'Changed the reason of ONW-7K3P-92, today 13:50 at Near Centre'],
  [{ kind: 'entered-in-error', appointmentId: 'gone' }, 'Marked an appointment that is gone as entered in error'],
  [{ kind: 'read-back', lines: ['when', 'reference'], of: 6 }, 'Read to the caller: when, reference', ['2 of 6 lines']],
  [{ kind: 'contacts-set', contacts: 2, thirdParties: 1 }, 'Changed the numbers to ring: 2 numbers', ['1 of somebody else']],
  [{ kind: 'handed-over', from: 'asha', to: 'ben', by: 'ben' }, 'Ben Test took the call over from Asha Test'],
  [{ kind: 'closed', reason: 'caller-gone' }, 'Closed without a service', ['Caller hung up or cannot be reached: “line broke off”']],
  [{ kind: 'referred', serviceId: 'far', reason: 'no-slots' }, 'Referred to Far Centre without a booking', ['No slot in time']],
];

test.each(SAID.map(([body, title, more = [], listed = []]) => ({ kind: body.kind, body, said: { title, more, listed } })))('$kind is told in words, with every id by its name', ({ kind, body, said }) => {
  const event = callEvent.parse(body);
  expect(recordWords(RECORD, { seq: '1', at: AT, kind, event, actorId: 'asha', isHandler: true })).toEqual(said);
});

test('every kind that a command writes has such a line', () => {
  expect(SAID.map(([{ kind }]) => kind).sort()).toEqual([...CALL_EVENT_KINDS].sort());
});

test('a supervisor who hands over is told with whom it was', () => {
  const event = callEvent.parse({ kind: 'handed-over', from: 'asha', to: 'ben', by: 'doctor' });
  expect(recordWords(RECORD, { seq: '1', at: AT, kind: 'handed-over', event, actorId: 'doctor', isHandler: false })).toMatchObject({ title: 'Handed the call over to Ben Test', more: ['from Asha Test'] });
});

test('an appointment that is sealed to whoever looks is told with its time alone', () => {
  const event = callEvent.parse({ kind: 'booked', appointmentId: 'sealed' });
  expect(recordWords(RECORD, { seq: '1', at: AT, kind: 'booked', event, actorId: 'asha', isHandler: true }).title).toBe('Booked a sealed appointment, today 13:50');
});

describe('borders', () => {
  const wordsOf = (body: { kind: string } & Record<string, unknown>, record = RECORD) => recordWords(record, { seq: '1', at: AT, kind: body.kind, event: callEvent.parse(body), actorId: 'asha', isHandler: true });
  const shown = (border: object) => ({ kind: 'services-shown', services: [{ id: 'far', freeInTime: 4, border }], isCatchAll: false, distanceKm: 60, matched: 1 });

  test.each([
    ['the default', { outcome: 'approval', ruleId: 'default-E', ruleVersion: 1, isOverride: false }, 'needs approval (the default)'],
    ['an agreement', { outcome: 'notify', ruleId: 'an-id', ruleVersion: 2, isOverride: false }, 'allowed, the host is told (an agreement, version 2)'],
    ['the safety override', { outcome: 'approval', ruleId: 'an-id', ruleVersion: 1, isOverride: true }, 'needs approval (an agreement, version 1, because nothing else was free in time)'],
  ])('what was said of the border of a service is told: %s', (_case, border, said) => {
    expect(wordsOf(shown(border)).listed).toEqual([`1. Far Centre: 4 free in time, across a border: ${said}`]);
  });

  test.each([
    ['none crossed', 'old', ['No border is crossed: both are West Yorkshire']],
    ['crossed, with a price', 'priced', ['National default: urgent, within 6 h: allowed', 'West Yorkshire pays £12.50']],
    ['booked before borders were decided', 'gone', []],
  ])('what was decided of a booking is told: %s', (_case, appointmentId, more) => {
    expect(wordsOf({ kind: 'booked', appointmentId }).more).toEqual(more);
  });

  test('nothing is told of them when an appointment of the call is sealed to whoever looks', () => {
    const shut = { ...RECORD, borders: null };
    expect(wordsOf(shown({ outcome: 'allow', ruleId: 'default-E', ruleVersion: 1, isOverride: false }), shut).listed).toEqual(['1. Far Centre: 4 free in time']);
    expect(wordsOf({ kind: 'booked', appointmentId: 'new' }, shut).more).toEqual([]);
    expect(wordsOf({ kind: 'approval-asked', slotId: 'slot', approvalId: 'asked', heldUntil: UNTIL }, shut).more).toEqual(['held until 10:05']);
    expect(wordsOf({ kind: 'approval-answered', slotId: 'slot', approvalId: 'answered', answer: 'approved', as: 'host' }, shut).more).toEqual([]);
  });
});

test('a kind of a later version is shown by its name, never left out', () => {
  expect(recordWords(RECORD, { seq: '1', at: AT, kind: 'teleported', event: null, actorId: 'asha', isHandler: true }).title).toContain('teleported');
});
