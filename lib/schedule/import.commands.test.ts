import { expect, test } from 'vitest';
import { db } from '@/lib/platform/db';
import { newId } from '@/lib/platform/id';
import { toDateColumn, parseLocalDate } from '@/lib/platform/time';
import { examplePatternsCsv, patternsCsv, slotsCsv } from '@/lib/schedule/export.queries';
import { readPatterns } from '@/lib/schedule/import.commands';
import { scheduleRow } from '@/prisma/factories/rows';
import { aService } from '@/prisma/factories/service';
import { freeSlotsInARow } from '@/prisma/factories/slot';
import { aHandler } from '@/prisma/factories/staff';

const TODAY = parseLocalDate('2026-11-24') ?? expect.fail();
const HEADER = 'service_dos_id,schedule,weekdays,from,to,slot_minutes,places,valid_from';

async function aServiceWithAdmin() {
  const service = await aService();
  return { service, admin: await aHandler({ role: 'service-admin', scope: service.id }) };
}

async function aTemplate(serviceId: string, given: { validTo?: Date; opensMinute?: number; practitionerName?: string } = {}) {
  const { practitionerName = null, validTo = null, opensMinute = 540 } = given;
  const schedule = await db.schedule.create({ data: { ...scheduleRow({ serviceId, practitionerName }), name: '=Minor, "injuries"' } });
  return db.template.create({
    data: {
      ...{ id: newId(), scheduleId: schedule.id, weekdays: [5, 1, 3], opensMinute, closesMinute: 1440, breaks: [{ fromMinute: 720, toMinute: 780 }], slotMinutes: 15, places: 3 },
      ...{ keptBackPercent: 33, releaseMinutes: 90, noticeMinutes: 20, horizonDays: 14, worksHolidays: true, validFrom: toDateColumn(TODAY), validTo },
    },
  });
}

test('weekly patterns as they are exported, imported again, change nothing', async () => {
  const { service, admin } = await aServiceWithAdmin();
  await aTemplate(service.id);
  await aTemplate(service.id, { practitionerName: "Ewa O'Testperson" });
  await aTemplate(service.id, { validTo: new Date('2026-11-23T00:00:00Z') });
  expect(await readPatterns(admin, await patternsCsv(admin))).toEqual({ ok: true, value: { edits: [], same: 2 } });
});

test('the example file is a pattern that can be imported', async () => {
  const { service, admin } = await aServiceWithAdmin();
  const read = await readPatterns(admin, await examplePatternsCsv(admin));
  expect(read.ok && read.value.edits).toMatchObject([{ kind: 'set-template', serviceId: service.id, pattern: { places: 2, opensMinute: 540 }, from: '2026-11-24' }]);
});

test('a file with a bad row is refused as a whole with every fault, and audited', async () => {
  const { service, admin } = await aServiceWithAdmin();
  const read = await readPatterns(admin, `${HEADER}\n${service.dosId},Eyes,Mon,09:00,12:00,15,1,2026-12-01\n${service.dosId},Ears,Monn;x,09:00,12:00,15,0,2026-12-01\n`);
  expect(read).toEqual({
    ok: false,
    error: {
      code: 'csv-invalid',
      faults: [
        { row: 3, column: 'weekdays', message: 'Enter days such as Mon;Tue;Fri' },
        { row: 3, column: 'places', message: 'Enter at least 1 place' },
      ],
    },
  });
  expect(await db.auditEvent.findMany({ where: { actorId: admin.actor.id }, select: { type: true, detail: true } })).toEqual([
    { type: 'schedule.import-refused', detail: { what: 'patterns', faults: 2 } },
  ]);
});

test("another's service is refused as one that is not known", async () => {
  const { service } = await aServiceWithAdmin();
  const { admin } = await aServiceWithAdmin();
  const read = await readPatterns(admin, `${HEADER}\n${service.dosId},Eyes,Mon,09:00,12:00,15,1,2026-12-01\n`);
  expect(!read.ok && read.error.faults).toEqual([{ row: 2, column: 'service_dos_id', message: 'You run no service with this DoS id' }]);
});

test('whoever may not change schedules may not import them', async () => {
  await expect(readPatterns(await aHandler(), HEADER)).rejects.toThrow('schedule:change');
});

test('the slots of a day are listed without withdrawn ones and without patients; the export is audited', async () => {
  const { service, admin } = await aServiceWithAdmin();
  const slots = await freeSlotsInARow(3, { serviceId: service.id });
  await db.slot.update({ where: { id: slots[1]?.id }, data: { status: 'withdrawn' } });
  await db.slot.update({ where: { id: slots[2]?.id }, data: { keptBackUntil: new Date('2026-11-24T10:50:00Z') } });
  const text = await slotsCsv(admin, { serviceId: service.id, date: TODAY });
  expect(text?.split('\r\n')).toEqual([
    '\uFEFFdate,from,to,schedule,channel,practitioner_role,practitioner_name,place,state,kept_back_until',
    '2026-11-24,11:00,11:10,,in-person,Nurse practitioner,,1,free,',
    '2026-11-24,11:20,11:30,,in-person,Nurse practitioner,,1,kept-back,10:50',
    '',
  ]);
  expect(await db.auditEvent.count({ where: { type: 'schedule.exported', subject: service.id, actorId: admin.actor.id } })).toBe(1);
});

test("the slots of another's service are not told", async () => {
  const { service } = await aServiceWithAdmin();
  const { admin } = await aServiceWithAdmin();
  expect(await slotsCsv(admin, { serviceId: service.id, date: TODAY })).toBeNull();
});
