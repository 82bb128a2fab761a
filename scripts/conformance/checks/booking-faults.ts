import { faulty, mustRefuse, type Refused } from '../expectations';
import { minutesAfter } from '../clock';
import { NOBODY } from '../facts';
import { at, changed, listAt, textAt } from '../look';
import type { Check, Kit } from '../model';
import { misspelt } from '../sample';

type Change = (body: unknown) => unknown;
type Fault = { id: string; change: Change; refused: Refused; when: string };

const REQUIRED: Refused = { status: 422, code: 'required' };
const VALUE: Refused = { status: 422, code: ['value', 'code-invalid', 'invariant', 'invalid'] };
// Any reason but that the slot is taken: it is free.
const ANY: Refused = { status: 422, code: ['required', 'value', 'code-invalid', 'invariant', 'invalid', 'business-rule', 'not-found', 'structure'] };
const RULE: Refused = { status: 422, code: 'business-rule' };
const DOCUMENT = 'contained[0]';
const PATIENT = 'contained[1]';
const SLOT = 'contained[2]';
const EARLIER_MINUTES = -5;

const FAULTS: readonly Fault[] = [
  { id: 'B-252', change: numbered((value) => misspelt(value)), refused: VALUE, when: 'an NHS number with a wrong check digit' },
  { id: 'B-252', change: numbered((value) => value.slice(1)), refused: VALUE, when: 'an NHS number of nine digits' },
  { id: 'B-252', change: numbered((value) => `${value.slice(0, 3)} ${value.slice(3, 6)} ${value.slice(6)}`), refused: VALUE, when: 'an NHS number with spaces' },
  missing('B-253', `${PATIENT}.identifier[0].extension`),
  missing('B-256', `${PATIENT}.name`),
  missing('B-256', `${PATIENT}.name[0].family`),
  missing('B-257', `${PATIENT}.gender`),
  wrong('B-257', `${PATIENT}.gender`, 'woman'),
  missing('B-258', `${PATIENT}.birthDate`),
  wrong('B-258', `${PATIENT}.birthDate`, '2999-01-01'),
  wrong('B-258', `${PATIENT}.birthDate`, '20 May 1991'),
  missing('B-259', `${PATIENT}.address`),
  missing('B-259', `${PATIENT}.address[0].postalCode`),
  missing('B-261', `${PATIENT}.contact[0].relationship`),
  missing('B-261', `${PATIENT}.contact[0].name`),
  { id: 'B-262', change: ranked(1), refused: RULE, when: 'two numbers of rank 1' },
  { id: 'B-262', change: (body) => changed(body, `${PATIENT}.contact[0].telecom[0].rank`, 3), refused: RULE, when: 'no number of rank 1' },
  { id: 'B-262', change: ranked(undefined), refused: RULE, when: 'a number without rank' },
  { id: 'B-270', change: (body) => changed(body, `${DOCUMENT}.id`), refused: ANY, when: 'a DocumentReference without id' },
  missing('B-271', `${DOCUMENT}.identifier`),
  missing('B-272', `${DOCUMENT}.status`),
  wrong('B-272', `${DOCUMENT}.status`, 'nonsense'),
  missing('B-272', `${DOCUMENT}.type`),
  missing('B-273', `${DOCUMENT}.content`),
  missing('B-273', `${DOCUMENT}.content[0].attachment.contentType`),
  { id: 'B-280', change: (body) => changed(body, `${SLOT}.id`), refused: ANY, when: 'a contained Slot without id' },
  { id: 'B-282', change: (body) => changed(body, `${SLOT}.schedule.reference`, `Schedule/${NOBODY}`), refused: ANY, when: 'another Schedule than the slot has' },
  { id: 'B-282', change: earlier(`${SLOT}.start`), refused: ANY, when: 'another start in the contained Slot than the slot has' },
  { id: 'B-287', change: (body) => changed(body, PATIENT), refused: ANY, when: 'no contained Patient' },
  { id: 'B-287', change: (body) => changed(body, SLOT), refused: ANY, when: 'no contained Slot' },
  missing('B-288', 'status'),
  missing('B-289', 'start'),
  missing('B-289', 'end'),
  missing('B-291', 'description'),
  missing('B-292', 'slot'),
  missing('B-293', 'supportingInformation'),
  { id: 'B-294', change: (body) => changed(body, 'incomingReferral', [{ display: 'one' }, { display: 'two' }]), refused: ANY, when: 'two incoming referrals' },
  missing('B-295', 'participant'),
  { id: 'B-403', change: () => '{ "resourceType": "Appoint', refused: { status: 400, code: 'structure' }, when: 'a body that is broken off' },
  { id: 'B-403', change: () => [], refused: { status: 400, code: 'structure' }, when: 'a list for a body' },
  { id: 'B-403', change: (body) => at(body, PATIENT), refused: { status: 400, code: 'structure' }, when: 'a Patient for a body' },
  { id: 'B-403', change: (body) => changed(body, 'contained', 'nothing'), refused: { status: 400, code: 'structure' }, when: 'a text for a list' },
  { id: 'B-404', change: (body) => changed(body, 'id', NOBODY), refused: { status: 422, code: 'invariant', names: 'Appointment.id' }, when: 'an id in a booking' },
  { id: 'B-405', change: (body) => changed(body, 'description'), refused: { ...REQUIRED, names: 'Appointment.description' }, when: 'no description' },
  { id: 'B-405', change: (body) => changed(body, `${PATIENT}.birthDate`), refused: { ...REQUIRED, names: 'Appointment.contained[1]' }, when: 'no birthDate' },
  { id: 'B-406', change: (body) => changed(body, 'end', at(body, 'start')), refused: ANY, when: 'an end that is not after the start' },
  { id: 'B-406', change: (body) => changed(body, 'start', 'tomorrow'), refused: VALUE, when: 'a start that is no instant' },
  { id: 'B-407', change: (body) => changed(body, 'status', 'cancelled'), refused: RULE, when: 'a booking with status cancelled' },
  { id: 'B-408', change: (body) => changed(body, 'slot[0].reference', '#nowhere'), refused: { status: 422, code: 'invalid' }, when: 'a reference to nothing contained' },
  { id: 'B-408', change: (body) => changed(body, 'participant[0].actor.reference', '#slot1'), refused: { status: 422, code: 'invalid' }, when: 'a Slot for a participant' },
  { id: 'B-408', change: twice(PATIENT), refused: { status: 422, code: 'invalid' }, when: 'two contained Patients' },
  { id: 'B-409', change: (body) => changed(changed(body, `${SLOT}.identifier[0].value`, NOBODY), `${SLOT}.status`, 'free'), refused: { status: 422, code: 'not-found' }, when: 'a slot that does not exist' },
  { id: 'B-410', change: earlier('start'), refused: RULE, when: 'a start that is not that of the slot' },
  { id: 'B-410', change: (body) => changed(body, 'end', minutesAfter(new Date(textAt(body, 'end')), 1)), refused: RULE, when: 'an end after that of the slot' },
];

/** Bookings with one fault each, of a slot that is free: sections 4.4 to 4.6 and 6.1. */
export const BOOKING_FAULTS: readonly Check[] = [...new Set(FAULTS.map(({ id }) => id))].map((id) => ({ id, needs: ['bookings'], run: (kit: Kit) => runAll(kit, id) }));

async function runAll(kit: Kit, id: string): Promise<void> {
  for (const { change, refused, when } of FAULTS.filter((fault) => fault.id === id)) mustRefuse(await faulty(kit, change), refused, when);
}

function missing(id: string, path: string): Fault {
  return { id, change: (body) => changed(body, path), refused: REQUIRED, when: `a booking without ${wordsFor(path)}` };
}

function wrong(id: string, path: string, value: string): Fault {
  return { id, change: (body) => changed(body, path, value), refused: VALUE, when: `a booking with ${value} for ${wordsFor(path)}` };
}

function wordsFor(path: string): string {
  return path.replace(DOCUMENT, 'DocumentReference').replace(PATIENT, 'Patient').replace(SLOT, 'Slot');
}

function numbered(spell: (value: string) => string): Change {
  return (body) => changed(body, `${PATIENT}.identifier[0].value`, spell(textAt(body, `${PATIENT}.identifier[0].value`)));
}

function ranked(rank: number | undefined): Change {
  return (body) => changed(body, `${PATIENT}.telecom[0].rank`, rank);
}

function earlier(path: string): Change {
  return (body) => changed(body, path, minutesAfter(new Date(textAt(body, path)), EARLIER_MINUTES));
}

function twice(path: string): Change {
  return (body) => changed(body, 'contained', [...listAt(body, 'contained'), changed(at(body, path), 'id', 'another')]);
}
