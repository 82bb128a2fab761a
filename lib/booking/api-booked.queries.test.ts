import { describe, expect, test } from 'vitest';
import { changeDirectly } from '@/lib/booking/change-direct.commands';
import { bookingsCsv } from '@/lib/booking/day-export.queries';
import { appointmentFor } from '@/lib/booking/queries';
import { rebookFromTask } from '@/lib/booking/rebook.commands';
import type { SentThirdParty } from '@/lib/booking/submission.schema';
import { addContactTask } from '@/lib/notify/contact.commands';
import { contactTask } from '@/lib/notify/contact.queries';
import { db } from '@/lib/platform/db';
import { newId } from '@/lib/platform/id';
import { addMinutes, parseLocalDate } from '@/lib/platform/time';
import { anApiAppointment } from '@/prisma/factories/api-appointment';
import { aSystem } from '@/prisma/factories/client';
import { aPatient } from '@/prisma/factories/patient';
import { aService } from '@/prisma/factories/service';
import { aFreeSlot } from '@/prisma/factories/slot';
import { A_TUESDAY_AT_TEN, aHandler, later } from '@/prisma/factories/staff';

const TODAY = parseLocalDate('2026-11-24') ?? expect.fail();
const MOTHER: SentThirdParty = {
  relationships: [{ coding: null, text: 'Mother' }],
  name: { prefix: [], given: ['Ada'], family: 'Notreal' },
  telecom: [{ system: 'phone', value: '07700 900111', use: 'mobile', rank: 1 }],
  address: null,
};
/** A mother who is rung first, then the patient. */
const TWO_NUMBERS = { telecom: [{ system: 'phone', value: '01632 960001', use: 'home', rank: 2 }], thirdParties: [MOTHER] };
const RUNG = [
  { rank: 1, isPatient: false, name: 'Ada Notreal', relationship: 'Mother', phone: '07700 900111' },
  { rank: 2, isPatient: true, name: null, relationship: null, phone: '01632 960001' },
];

describe('an appointment that another system booked', () => {
  test('U-160: says which system, organisation and user booked it, with what its token told', async () => {
    const system = await aSystem();
    const { id } = await anApiAppointment(system);

    const { name, organisation, provenance } = system.actor;
    expect(await appointmentFor(await aHandler(), id)).toMatchObject({
      bookedBy: { kind: 'system', name, organisation: organisation.name, user: 'Ms Orla Samplewright' },
      ...{ callId: null, sentOtherwise: null },
      versions: [{ version: 1, at: system.now, actorName: name, provenance }],
    });
  });

  test('U-161: keeps apart who made each version, the system or a person here', async () => {
    const system = await aSystem();
    const { id } = await anApiAppointment(system);
    const cancelling = { ...system, now: addMinutes(system.now, 5), requestId: newId(), correlationId: newId() };
    expect((await changeDirectly(cancelling, { appointmentId: id, version: 1, wanted: { method: 'cancel' }, differences: () => [] })).ok).toBe(true);

    const by = { actorName: system.actor.name, provenance: { organisation: { code: system.actor.organisation.code } } };
    expect(await appointmentFor(await aHandler(), id)).toMatchObject({ status: 'cancelled', cancelled: { at: cancelling.now, reason: 'No reason given', text: null }, versions: [by, by] });
  });

  test('U-147 to U-149: has the numbers that were sent with it by rank, a third party with name and relationship', async () => {
    const { id } = await anApiAppointment(await aSystem(), { patient: TWO_NUMBERS });
    expect(await appointmentFor(await aHandler(), id)).toMatchObject({ contacts: RUNG });
  });

  test('shows the patient as known here, and says where the other system knew them otherwise', async () => {
    const known = await aPatient({ givenName: 'Tomasz', familyName: 'Notreal', birthDate: '1984-03-02' });
    const name = { prefix: [], given: ['Thomas'], family: 'Notreal' };
    const { id } = await anApiAppointment(await aSystem(), { patient: { nhsNumber: known.nhsNumber, name, birthDate: '1948-03-02' } });

    expect(await appointmentFor(await aHandler(), id)).toMatchObject({
      patient: { id: known.id, givenName: 'Tomasz', birthDate: '1984-03-02' },
      sentOtherwise: { name: 'NOTREAL, Thomas', birthDate: '1948-03-02' },
    });
  });
});

describe('what its service works with', () => {
  test('the file of a day has the number that is rung first', async () => {
    const service = await aService();
    await anApiAppointment(await aSystem(), { patient: TWO_NUMBERS, slot: { serviceId: service.id } });
    expect(await bookingsCsv(await aHandler({ role: 'service-admin', scope: service.id }), { serviceId: service.id, date: TODAY })).toContain(',07700 900111,');
  });

  test('whoever must be contacted is rung on the numbers that were sent, and given another place they stay with it', async () => {
    const service = await aService();
    const system = await aSystem();
    const old = await anApiAppointment(system, { patient: TWO_NUMBERS, slot: { serviceId: service.id } });
    const admin = later(await aHandler({ role: 'service-admin', scope: service.id }), 1);
    await db.$transaction((tx) => addContactTask(tx, admin, { appointmentId: old.id, serviceId: service.id, cause: 'orphaned', reason: 'Staff training', newAppointmentId: null }));
    const { id: taskId, version } = await db.contactTask.findFirstOrThrow({ where: { appointmentId: old.id } });
    expect((await contactTask(admin, taskId))?.task.contacts).toEqual(RUNG);

    const free = await aFreeSlot({ serviceId: service.id, startsAt: addMinutes(A_TUESDAY_AT_TEN, 180) });
    const moved = await rebookFromTask(admin, { taskId, version, slotId: free.id, requestId: newId() });
    const { appointmentId } = moved.ok ? moved.value : expect.fail();
    expect(await appointmentFor(admin, appointmentId)).toMatchObject({ bookedBy: { kind: 'system', name: system.actor.name }, contacts: RUNG, versions: [{ actorName: admin.actor.name, provenance: null }] });
    expect(await db.bookingSubmission.count({ where: { appointmentId } })).toBe(1);
  });
});
