import { expect, test } from 'vitest';
import type { Ctx } from '@/lib/auth/actor';
import { db } from '@/lib/platform/db';
import { ForbiddenError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/id';
import { proposedEdit, schedulesOf, templateOf, templatesOf } from '@/lib/schedule/templates.queries';
import { scheduleRow } from '@/prisma/factories/rows';
import { aService } from '@/prisma/factories/service';
import { aHandler } from '@/prisma/factories/staff';

async function aServiceWithAdmin() {
  const service = await aService();
  const ctx = await aHandler({ role: 'service-admin', scope: service.id });
  const schedule = await db.schedule.create({ data: { ...scheduleRow({ serviceId: service.id }), name: 'Room 2' } });
  return { serviceId: service.id, ctx, schedule };
}

async function aTemplate(scheduleId: string, { validFrom = '2026-11-01', opensMinute = 540 } = {}) {
  const breaks = [{ fromMinute: 720, toMinute: 780 }];
  return db.template.create({
    data: { id: newId(), scheduleId, weekdays: [1, 2], opensMinute, closesMinute: 1020, breaks, slotMinutes: 10, places: 2, keptBackPercent: 20, releaseMinutes: 60, validFrom: new Date(validFrom) },
  });
}

test('the weekly patterns of a service come by schedule, then first day and hour, with all that they say', async () => {
  const { serviceId, ctx, schedule } = await aServiceWithAdmin();
  const later = await aTemplate(schedule.id, { validFrom: '2026-12-01' });
  const afternoon = await aTemplate(schedule.id, { opensMinute: 800 });
  const morning = await aTemplate(schedule.id);

  const [shown, ...rest] = await templatesOf(ctx, serviceId);
  expect(rest).toEqual([]);
  expect(shown).toMatchObject({ id: schedule.id, name: 'Room 2', channel: 'in-person', practitionerName: null });
  expect(shown?.templates.map(({ id }) => id)).toEqual([morning.id, afternoon.id, later.id]);
  expect(shown?.templates[0]).toMatchObject({ breaks: [{ fromMinute: 720, toMinute: 780 }], keptBackPercent: 20, releaseMinutes: 60, validFrom: '2026-11-01', validTo: null });
  expect(await templateOf(ctx, { serviceId, templateId: morning.id })).toMatchObject({ id: morning.id, places: 2, schedule: { name: 'Room 2' } });
});

test('the admin of another service sees none of it', async () => {
  const { serviceId, schedule } = await aServiceWithAdmin();
  const template = await aTemplate(schedule.id);
  const other = await aServiceWithAdmin();

  expect(await templatesOf(other.ctx, serviceId)).toEqual([]);
  expect(await schedulesOf(other.ctx, serviceId)).toEqual([]);
  expect(await templateOf(other.ctx, { serviceId, templateId: template.id })).toBeNull();
  expect(await templateOf(other.ctx, { serviceId: other.serviceId, templateId: template.id })).toBeNull();
  expect(await templateOf(other.ctx, { serviceId: other.serviceId, templateId: 'nonsense' })).toBeNull();
});

test('what was proposed is read back as it was; an address that names nothing finds nothing', async () => {
  const { serviceId, ctx, schedule } = await aServiceWithAdmin();
  const template = await aTemplate(schedule.id);
  const proposalId = await aProposal(ctx, { serviceId, templateId: template.id });
  const other = await aServiceWithAdmin();

  expect(await proposedEdit(ctx, { serviceId, proposalId })).toEqual({ kind: 'end-template', serviceId, templateId: template.id, lastDate: '2026-12-01' });
  expect(await proposedEdit(other.ctx, { serviceId, proposalId })).toBeNull();
  expect(await proposedEdit(other.ctx, { serviceId: other.serviceId, proposalId })).toBeNull();
  expect(await proposedEdit(ctx, { serviceId, proposalId: undefined })).toBeNull();
  expect(await proposedEdit(ctx, { serviceId, proposalId: 'nonsense' })).toBeNull();
});

test('a call handler may not ask', async () => {
  const handler = await aHandler();
  const serviceId = newId();
  await expect(templatesOf(handler, serviceId)).rejects.toThrow(ForbiddenError);
  await expect(schedulesOf(handler, serviceId)).rejects.toThrow(ForbiddenError);
  await expect(proposedEdit(handler, { serviceId, proposalId: newId() })).rejects.toThrow(ForbiddenError);
  await expect(templateOf(handler, { serviceId, templateId: newId() })).rejects.toThrow(ForbiddenError);
});

async function aProposal(ctx: Ctx, { serviceId, templateId }: { serviceId: string; templateId: string }): Promise<string> {
  const edit = { kind: 'end-template', serviceId, templateId, lastDate: '2026-12-01' };
  return (await db.scheduleProposal.create({ data: { id: newId(), serviceId, staffId: ctx.actor.id, edit, at: ctx.now } })).id;
}
