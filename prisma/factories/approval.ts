import type { Ctx } from '@/lib/auth/actor';
import { db, type Prisma } from '@/lib/platform/db';
import { newId } from '@/lib/platform/id';
import { addMinutes } from '@/lib/platform/time';
import { GREATER_MANCHESTER, WEST_YORKSHIRE } from './agreement';
import { aHeldSlot } from './call';
import { aService } from './service';

type QuestionOptions = Partial<Omit<Prisma.BorderApprovalUncheckedCreateInput, 'callId' | 'slotId' | 'serviceId' | 'organisationCode' | 'askedById'>> & NonNullable<Parameters<typeof aHeldSlot>[1]>;

/** A question that waits: this handler's call holds a slot in Greater Manchester for somebody of West Yorkshire, for five minutes. */
export async function aQuestion(ctx: Ctx, { call: callOptions, slot: slotOptions, ...given }: QuestionOptions = {}) {
  const service = await aService({ icbCode: GREATER_MANCHESTER });
  const { call, slot } = await aHeldSlot(ctx, { call: callOptions, slot: { serviceId: service.id, ...slotOptions } });
  return db.borderApproval.create({
    data: {
      ...{ id: newId(), callId: call.id, slotId: slot.id, serviceId: service.id, organisationCode: ctx.actor.organisation.code, askedById: ctx.actor.id },
      ...{ responsibleCode: WEST_YORKSHIRE, hostCode: GREATER_MANCHESTER, ruleId: 'default-E', ruleVersion: 1, ruleWords: 'No agreement: the default for England asks for approval', isOverride: false },
      ...{ approvers: ['host', 'responsible', 'supervisor', 'clinician'], pricePence: null, askedAt: ctx.now, askedText: 'The only place that her mother can take her to' },
      ...given,
    },
  });
}

/** Puts a commissioner on duty for eight hours. */
export async function onDuty(ctx: Ctx): Promise<Ctx> {
  await db.commissionerDuty.create({ data: { staffId: ctx.actor.id, until: addMinutes(ctx.now, 480) } });
  return ctx;
}
