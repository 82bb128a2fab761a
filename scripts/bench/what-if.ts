import type pg from 'pg';
import type { Ctx } from '@/lib/auth/actor';
import { knownCommissioners } from '@/lib/crossborder/commissioner.queries';
import { keyOf } from '@/lib/crossborder/key.rules';
import { monthOf, monthSpan, previousMonth } from '@/lib/crossborder/ledger.rules';
import type { Month } from '@/lib/crossborder/ledger.schema';
import { runWhatIf, startWhatIf } from '@/lib/crossborder/what-if.commands';
import { bulk, copyRows, type CopyValue } from '@/lib/platform/copy';
import { db } from '@/lib/platform/db';
import { newId } from '@/lib/platform/id';
import { addMinutes, readClock } from '@/lib/platform/time';
import { londonDate } from '@/lib/platform/time-words';
import { aCommissioner, agreementContent, anAgreement, of } from '@/prisma/factories/agreement';
import { aPatient } from '@/prisma/factories/patient';
import { aService } from '@/prisma/factories/service';
import { freeSlotsInARow } from '@/prisma/factories/slot';
import { timed, type Line } from './measure';

const BOOKINGS = 100_000;
const AGREEMENTS = 5_000;
const RUNS = 3;
const LIMIT_MS = 10_000;
const SLOT_MINUTES = 10;
const TREATMENT_CENTRE = 135;
const STATUSES = ['fulfilled', 'fulfilled', 'fulfilled', 'noshow', 'booked'] as const;
const DISPOSITIONS = ['Dx05', 'Dx06', 'Dx07', 'Dx08'];

type Place = { code: string; serviceId: string; sessionId: string };
type Booking = { id: string; slotId: string; startsAt: Date; at: Date; place: Place; payer: string };

/** A month of 100,000 bookings across borders replayed with a draft, beside 5,000 agreements that are live: from the start to what came out. */
export async function benchWhatIf({ now }: Ctx, url: string): Promise<Line[]> {
  const month = previousMonth(monthOf(now));
  await addBookings(url, { month, now });
  await addAgreements(url, now);
  const ctx = await aCommissioner('national', { now });
  const drafts = await Promise.all(Array.from({ length: RUNS }, () => anAgreement({ state: 'draft', outcome: 'approval', approvers: ['host'], pricePence: 1_250, noshowPence: 500 })));
  const ours = await timed(drafts, 1, async ({ id, version }) => {
    const started = await startWhatIf(ctx, { id, version, month });
    if (!started.ok) throw new Error(`refused: ${started.error.code}`);
    await runWhatIf(ctx, { whatIfId: started.value.whatIfId, clock: readClock });
  });
  return [{ what: `what-if: ${BOOKINGS} bookings, ${AGREEMENTS} agreements`, clients: 1, ours, limitMs: LIMIT_MS }];
}

/** As many as are missing: what an earlier run made is still there. */
async function addBookings(url: string, { month, now }: { month: Month; now: Date }): Promise<void> {
  const { from, to } = monthSpan(month);
  const made = await db.borderDecision.count({ where: { isCrossing: true, startsAt: { gte: from, lt: to } } });
  if (made >= BOOKINGS) return;

  const { actor } = await aCommissioner('national', { now });
  const { id: patientId } = await aPatient();
  const places = await placesOf(from);
  const bookings = Array.from({ length: BOOKINGS - made }, (_, index) => bookingOf(index, { places, from }));
  await bulk(url, async (client) => {
    await copyRows(client, { table: 'slot', columns: ['id', 'session_id', 'service_id', 'starts_at', 'ends_at', 'place_no', 'status'], rows: bookings.map(slotRow) });
    await copyRows(client, { table: 'appointment', columns: APPOINTMENT_COLUMNS, rows: bookings.map((booking, index) => appointmentRow(booking, { index, patientId, actor })) });
    await copyRows(client, { table: 'border_decision', columns: DECISION_COLUMNS, rows: bookings.map(decisionRow) });
  });
  await analyse(url);
}

/** A service with a session of its own for each board, the day before the month, where no slot of it is in the way. */
async function placesOf(from: Date): Promise<Place[]> {
  const places: Place[] = [];
  for (const code of await boards()) {
    const { id: serviceId } = await aService({ icbCode: code, typeId: TREATMENT_CENTRE });
    const [slot] = await freeSlotsInARow(1, { serviceId, startsAt: addMinutes(from, -600) });
    if (slot) places.push({ code, serviceId, sessionId: slot.sessionId });
  }
  return places;
}

/** Board by board in turn, ten minutes later each time round; the patients' boards shift, so that all pairs occur. */
function bookingOf(index: number, { places, from }: { places: readonly Place[]; from: Date }): Booking {
  const round = Math.floor(index / places.length);
  const place = placeAt(places, index);
  const { code: payer } = placeAt(places, index + 1 + (round % (places.length - 1)));
  const startsAt = addMinutes(from, round * SLOT_MINUTES);
  return { id: newId(), slotId: newId(), startsAt, at: addMinutes(startsAt, -60), place, payer };
}

function placeAt(places: readonly Place[], index: number): Place {
  const place = places[index % places.length];
  if (!place) throw new Error('no boards');
  return place;
}

function slotRow({ slotId, place, startsAt }: Booking): CopyValue[] {
  return [slotId, place.sessionId, place.serviceId, startsAt, addMinutes(startsAt, SLOT_MINUTES), 1, 'busy'];
}

const APPOINTMENT_COLUMNS = [
  ...['id', 'reference', 'slot_id', 'service_id', 'patient_id', 'disposition_code', 'status', 'starts_at', 'ends_at', 'reason'],
  ...['booked_by_id', 'booked_by_code', 'booked_at', 'overlap_accepted', 'kept_beside'],
];

// One patient has them all: nobody looks, and the replay does not either.
function appointmentRow({ id, slotId, place, startsAt, at }: Booking, { index, patientId, actor }: { index: number; patientId: string; actor: Ctx['actor'] }): CopyValue[] {
  return [
    ...[id, `ONW-${id.slice(-12)}`, slotId, place.serviceId, patientId, DISPOSITIONS[index % DISPOSITIONS.length], STATUSES[index % STATUSES.length]],
    ...[startsAt, addMinutes(startsAt, SLOT_MINUTES), 'Measured booking', actor.id, actor.organisation.code, at, true, []],
  ];
}

const DECISION_COLUMNS = [
  ...['appointment_id', 'starts_at', 'is_crossing', 'rule_kind', 'rule_id', 'rule_version', 'rule_words', 'outcome', 'is_override', 'responsible_code', 'responsible_how'],
  ...['host_code', 'host_how', 'contract_code', 'contract_how', 'payer_code', 'failed_contact', 'follow_up', 'looked', 'at'],
];

function decisionRow({ id, startsAt, at, place, payer }: Booking): CopyValue[] {
  return [
    ...[id, startsAt, true, 'default', 'default-E', 1, 'National default: urgent, within 6 h', 'allow', false, payer, 'gp-practice'],
    ...[place.code, 'service', payer, 'current-location', payer, 'booker', 'host-service', '[]', at],
  ];
}

/** Agreements between all pairs of boards in turn, each for an hour of the day of its own. */
export async function addAgreements(url: string, now: Date): Promise<void> {
  const made = await db.agreement.count({ where: { state: 'agreed' } });
  if (made >= AGREEMENTS) return;

  const [one, other] = [await aCommissioner('national', { now }), await aCommissioner('national', { now })];
  const codes = await boards();
  const pairs = codes.flatMap((from) => codes.filter((to) => to !== from).map((to) => ({ from, to })));
  const rows = Array.from({ length: AGREEMENTS - made }, (_, index) => agreementRow(index, { pair: pairs[index % pairs.length], round: Math.floor(index / pairs.length), by: [one, other], now }));
  await bulk(url, (client) => copyRows(client, { table: 'agreement', columns: AGREEMENT_COLUMNS, rows }));
  await analyse(url);
}

const AGREEMENT_COLUMNS = [
  ...['id', 'version', 'title', 'from_kind', 'from_code', 'to_kind', 'to_code', 'dispositions', 'families', 'weekdays', 'from_minute', 'to_minute', 'valid_from', 'outcome'],
  ...['price_pence', 'noshow_pence', 'failed_contact', 'follow_up', 'approvers', 'key', 'state', 'created_at', 'created_by_id', 'changed_at'],
  ...['proposed_at', 'proposed_by_id', 'proposed_side', 'settled_at', 'settled_by_id'],
];

type Agreed = { pair: { from: string; to: string } | undefined; round: number; by: readonly [Ctx, Ctx]; now: Date };

function agreementRow(index: number, { pair, round, by: [one, other], now }: Agreed): CopyValue[] {
  if (!pair) throw new Error('no pair of boards');
  const fromMinute = (9 + 2 * round) * 60;
  const content = agreementContent({ from: of(pair.from), to: of(pair.to), fromMinute, toMinute: fromMinute + 60, validFrom: londonDate(now) });
  return [
    ...[newId(), 1, `Measured agreement ${index}`, 'commissioner', pair.from, 'commissioner', pair.to, [], [], [], fromMinute, fromMinute + 60, content.validFrom, 'allow'],
    ...[1_000 + index, 500, 'booker', 'host-service', [], keyOf(content), 'agreed', now, one.actor.id, now, now, one.actor.id, 'from', now, other.actor.id],
  ];
}

async function boards(): Promise<string[]> {
  const { byCode, successors } = await knownCommissioners();
  return [...byCode.values()].filter(({ code, regionCode }) => regionCode !== null && !successors.has(code)).map(({ code }) => code);
}

async function analyse(url: string): Promise<void> {
  await bulk(url, (client: pg.Client) => client.query('ANALYZE slot, appointment, border_decision, agreement'));
}
