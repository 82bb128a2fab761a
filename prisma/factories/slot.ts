import { db } from '@/lib/platform/db';
import { newId } from '@/lib/platform/id';
import { addMinutes, DAY_MINUTES, londonMinute, toDateColumn } from '@/lib/platform/time';
import { londonDate } from '@/lib/platform/time-words';
import { scheduleRow } from './rows';
import { aService } from './service';
import { A_TUESDAY_AT_TEN } from './staff';

type SlotOptions = {
  serviceId?: string;
  startsAt?: Date;
  minutes?: number;
  channel?: string | null;
  practitionerRole?: string | null;
};

/** One free slot of a schedule of its own, an hour from the tests' moment unless said otherwise. */
export async function aFreeSlot(options: SlotOptions = {}) {
  const [slot] = await freeSlotsInARow(1, options);
  if (!slot) throw new Error('no slot was made');
  return slot;
}

/** `count` free slots one after another in one session. */
export async function freeSlotsInARow(count: number, { serviceId, startsAt = addMinutes(A_TUESDAY_AT_TEN, 60), minutes = 10, channel = 'in-person', practitionerRole = 'Nurse practitioner' }: SlotOptions = {}) {
  const service = serviceId ?? (await aService()).id;
  const schedule = await db.schedule.create({ data: scheduleRow({ serviceId: service, channel, practitionerRole }) });
  const closesAt = addMinutes(startsAt, count * minutes);
  const session = await db.session.create({
    data: {
      ...{ id: newId(), scheduleId: schedule.id, date: toDateColumn(londonDate(startsAt)), opensAt: startsAt, closesAt, slotMinutes: minutes, places: 1 },
      ...{ opensMinute: londonMinute(startsAt), closesMinute: londonMinute(closesAt) || DAY_MINUTES },
    },
  });
  return db.slot.createManyAndReturn({
    data: Array.from({ length: count }, (_, index) => ({
      id: newId(),
      sessionId: session.id,
      serviceId: service,
      startsAt: addMinutes(startsAt, index * minutes),
      endsAt: addMinutes(startsAt, (index + 1) * minutes),
      placeNo: 1,
    })),
  });
}
