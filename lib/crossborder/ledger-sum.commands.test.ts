import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AppointmentStatus } from '@/lib/booking/schema';
import { canMove } from '@/lib/booking/transitions.rules';
import { freezeMonth } from '@/lib/crossborder/ledger.commands';
import { ledgerSums, openMonth } from '@/lib/crossborder/ledger.queries';
import { chargeOf, ledgerStatusOf, monthOf, nextMonth } from '@/lib/crossborder/ledger.rules';
import type { Month } from '@/lib/crossborder/ledger.schema';
import { db } from '@/lib/platform/db';
import { addMinutes } from '@/lib/platform/time';
import { aCommissioner } from '@/prisma/factories/agreement';
import { aCrossing } from '@/prisma/factories/border';
import { aService } from '@/prisma/factories/service';

const SEED = 20_261_123;
const RUNS = 4;
const STEPS_A_RUN = 30;
const DAY_MINUTES = 24 * 60;

/** Bookings begin on any of these days, from a summer into a winter; steps are made ever later. */
const FIRST_DAY = new Date('2026-08-01T00:00:00Z');
const SPAN_DAYS = 150;
const FIRST_MONTH = monthOf(FIRST_DAY);

const STATUSES: readonly AppointmentStatus[] = ['booked', 'arrived', 'fulfilled', 'noshow', 'cancelled', 'moved', 'entered-in-error'];
const RELEASED: readonly AppointmentStatus[] = ['cancelled', 'moved', 'entered-in-error'];

type Step =
  | { do: 'book'; startDay: number; minute: number; pence: number; status: AppointmentStatus }
  | { do: 'change'; which: number; to: AppointmentStatus }
  | { do: 'freeze'; months: number; isLooked: boolean };

const price = fc.integer({ min: 0, max: 20_000 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('book' as const), startDay: fc.nat(SPAN_DAYS), minute: fc.nat(DAY_MINUTES), pence: price, status: fc.constantFrom(...STATUSES) }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('change' as const), which: fc.nat(1_000), to: fc.constantFrom(...STATUSES) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('freeze' as const), months: fc.nat(1), isLooked: fc.boolean() }) },
);

test('whatever is booked, cancelled, attended, undone or found wrong, and whatever is frozen when: the ledger adds up to its appointments, and a frozen month never changes', { timeout: 120_000 }, async () => {
  const counted = { frozen: 0, refused: 0, corrected: 0 };
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(step, fc.nat(15)), { minLength: STEPS_A_RUN, maxLength: STEPS_A_RUN }), async (steps) => {
      const world = await World.made();
      for (const [each, daysLater] of steps) {
        await world.take(each, daysLater);
        const { ledger, corrections } = await world.ledger();
        expect([each, ledger]).toEqual([each, await world.charges()]);
        expect(await world.frozenLines()).toEqual(world.frozen);
        counted.corrected += corrections;
      }
      counted.frozen += world.frozen.length;
      counted.refused += world.refused;
    }),
    { seed: SEED, numRuns: RUNS, endOnFailure: true },
  );
  // It was not all in vain: months were frozen, others refused, and frozen ones corrected.
  expect(Math.min(counted.frozen, counted.refused, counted.corrected)).toBeGreaterThan(0);
});

let worlds = 0;
const PAYERS = ['QHM', 'QOX', 'QWE', 'QJ2', 'QM7', 'QPM', 'QR1', 'QKK'];

/** A pair of commissioners with one service, and the time, which only goes on. */
class World {
  readonly made: string[] = [];
  frozen: string[] = [];
  refused = 0;

  private constructor(
    private readonly ctx: Awaited<ReturnType<typeof aCommissioner>>,
    private readonly pair: { payer: string; host: string },
    private readonly serviceId: string,
  ) {}

  static async made(): Promise<World> {
    const payer = PAYERS[worlds % PAYERS.length] ?? '';
    worlds += 1;
    return new World({ ...(await aCommissioner(payer)), now: FIRST_DAY }, { payer, host: 'QGH' }, (await aService({ icbCode: 'QGH' })).id);
  }

  async take(step: Step, daysLater: number): Promise<void> {
    this.ctx.now = addMinutes(this.ctx.now, daysLater * DAY_MINUTES);
    switch (step.do) {
      case 'book':
        return this.book(step);
      case 'change':
        return this.change(step);
      case 'freeze':
        return this.freeze(step);
    }
  }

  /** The sum of all months of the ledger, and how many of them correct others. */
  async ledger(): Promise<{ ledger: number; corrections: number }> {
    const sums = (await Promise.all(months().map((month) => ledgerSums(this.ctx, { month })))).flat();
    return { ledger: sums.reduce((total, { pence }) => total + pence, 0), corrections: sums.filter(({ corrections }) => corrections !== 0).length };
  }

  async charges(): Promise<number> {
    const decisions = await db.borderDecision.findMany({ where: { payerCode: this.pair.payer }, include: { appointment: true } });
    return decisions.reduce((total, decision) => total + chargeOf(ledgerStatusOf(decision.appointment, this.ctx.now), decision), 0);
  }

  async frozenLines(): Promise<string[]> {
    const lines = await db.ledgerLine.findMany({ where: { payerCode: this.pair.payer }, orderBy: [{ month: 'asc' }, { appointmentId: 'asc' }] });
    return lines.map((line) => JSON.stringify(line));
  }

  private async book({ startDay, minute, pence, status }: Extract<Step, { do: 'book' }>): Promise<void> {
    const startsAt = addMinutes(FIRST_DAY, startDay * DAY_MINUTES + minute);
    const within = pence % 10 === 0;
    const { id } = await aCrossing({ ...this.pair, serviceId: this.serviceId, startsAt, status, pricePence: within ? null : pence, noshowPence: within ? null : Math.floor(pence / 3) });
    this.made.push(id);
  }

  private async change({ which, to }: Extract<Step, { do: 'change' }>): Promise<void> {
    const id = this.made[which % this.made.length];
    if (!id) return;
    const { status } = await db.appointment.findUniqueOrThrow({ where: { id }, select: { status: true } });
    const from = STATUSES.find((known) => known === status);
    if (!from || !canMove('appointment', from, to)) return;
    await db.appointment.update({ where: { id }, data: { status: to, releasedAt: RELEASED.includes(to) ? this.ctx.now : null } });
  }

  private async freeze({ months: later, isLooked }: Extract<Step, { do: 'freeze' }>): Promise<void> {
    const open = (await openMonth(this.pair, this.ctx.now)) ?? FIRST_MONTH;
    const month = later === 0 ? open : nextMonth(open);
    const [sum] = await ledgerSums(this.ctx, { month });
    const outcome = await freezeMonth(this.ctx, { ...this.pair, month, pence: (sum?.pence ?? 0) + (isLooked ? 0 : 1) });
    if (!outcome.ok) this.refused += 1;
    if (outcome.ok) this.frozen = await this.grown();
  }

  // What was frozen before is still there as it was; a freeze only adds.
  private async grown(): Promise<string[]> {
    const now = await this.frozenLines();
    expect(now).toEqual(expect.arrayContaining(this.frozen));
    return now;
  }
}

/** Every month in which there can be anything, and one after. */
function months(): Month[] {
  const found = [FIRST_MONTH];
  const last = nextMonth(monthOf(addMinutes(FIRST_DAY, (SPAN_DAYS + 1) * DAY_MINUTES)));
  for (let month = FIRST_MONTH; month < last; month = nextMonth(month)) found.push(nextMonth(month));
  return found;
}
