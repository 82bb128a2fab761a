import { randomBytes } from 'node:crypto';
import type { AppointmentStatus } from '@/lib/booking/schema';
import { REFERENCE_BYTES, referenceFrom } from '@/lib/booking/reference.rules';
import { db, type Prisma } from '@/lib/platform/db';
import { newId } from '@/lib/platform/id';
import { addMinutes } from '@/lib/platform/time';
import { GREATER_MANCHESTER, WEST_YORKSHIRE } from './agreement';
import { aPatient } from './patient';
import { aService } from './service';
import { freeSlotsInARow } from './slot';
import { A_TUESDAY_AT_TEN, aHandler } from './staff';

type CrossingOptions = {
  payer?: string;
  host?: string;
  startsAt?: Date;
  status?: AppointmentStatus;
  /** Null with null: within contract. */
  pricePence?: number | null;
  noshowPence?: number | null;
  serviceId?: string;
  bookedAt?: Date;
  appointment?: Partial<Prisma.AppointmentUncheckedCreateInput>;
  decision?: Partial<Prisma.BorderDecisionUncheckedCreateInput>;
};

/**
 * An appointment of a Leeds patient at a service in Manchester with the decision that was kept with it, at any time and in any status:
 * £12.50 attended, £5 not attended, under an agreement of its own. Written as it stands: nobody booked it, no rule was asked.
 */
export async function aCrossing({ payer = WEST_YORKSHIRE, host = GREATER_MANCHESTER, startsAt = addMinutes(A_TUESDAY_AT_TEN, 60), status = 'booked', pricePence = 1_250, noshowPence = 500, ...given }: CrossingOptions = {}) {
  const bookedAt = given.bookedAt ?? addMinutes(startsAt, -60);
  const isReleased = status === 'cancelled' || status === 'moved' || status === 'entered-in-error';
  const serviceId = given.serviceId ?? (await aService({ icbCode: host })).id;
  const [slot] = await freeSlotsInARow(1, { serviceId, startsAt });
  if (!slot) throw new Error('no slot was made');
  await db.slot.update({ where: { id: slot.id }, data: { status: isReleased ? 'free' : 'busy' } });
  const { actor } = await aHandler();
  return db.appointment.create({
    data: {
      ...{ id: newId(), reference: referenceFrom(randomBytes(REFERENCE_BYTES)), slotId: slot.id, serviceId, patientId: (await aPatient()).id, dispositionCode: 'Dx05', status },
      ...{ startsAt, endsAt: slot.endsAt, reason: 'Sore throat for three days', bookedById: actor.id, bookedByCode: actor.organisation.code, bookedAt, releasedAt: isReleased ? bookedAt : null },
      ...given.appointment,
      borderDecision: { create: { ...decisionRow({ payer, host, startsAt, bookedAt }), pricePence, noshowPence, ...given.decision } },
    },
    include: { borderDecision: true },
  });
}

function decisionRow({ payer, host, startsAt, bookedAt }: { payer: string; host: string; startsAt: Date; bookedAt: Date }) {
  return {
    ...{ startsAt, isCrossing: true, ruleKind: 'agreement', ruleId: newId(), ruleVersion: 1, ruleWords: 'Across the Pennines', outcome: 'allow', isOverride: false },
    ...{ responsibleCode: payer, responsibleHow: 'gp-practice', hostCode: host, hostHow: 'service', contractCode: payer, contractHow: 'current-location', payerCode: payer },
    ...{ failedContact: 'booker', followUp: 'host-service', looked: [], at: bookedAt },
  };
}
