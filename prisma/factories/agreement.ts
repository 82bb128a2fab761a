import type { Ctx } from '@/lib/auth/actor';
import { areaCode } from '@/lib/crossborder/area.rules';
import { keyOf } from '@/lib/crossborder/key.rules';
import type { AgreementContent, AgreementState } from '@/lib/crossborder/agreement.schema';
import type { Area } from '@/lib/crossborder/schema';
import { db } from '@/lib/platform/db';
import { newId } from '@/lib/platform/id';
import { toDateColumn } from '@/lib/platform/time';
import { londonDate } from '@/lib/platform/time-words';
import { A_TUESDAY_AT_TEN, aHandler } from './staff';
import { unique } from './unique';

type AgreementOptions = Partial<AgreementContent> & { id?: string; version?: number; state?: AgreementState; agreedAt?: Date };

/** Leeds and Manchester: two neighbours in two regions. */
export const WEST_YORKSHIRE = 'QWO';
export const GREATER_MANCHESTER = 'QOP';

/** Somebody who commissions for an area: an ICB, a region, a nation or `national`. */
export async function aCommissioner(scope: string, given: Parameters<typeof aHandler>[0] = {}): Promise<Ctx> {
  return aHandler({ ...given, role: 'commissioner', scope });
}

/** What an agreement says: patients of West Yorkshire at services of Greater Manchester, allowed, within contract, from the tests' day on. */
export function agreementContent(given: Partial<AgreementContent> = {}): AgreementContent {
  return {
    ...{ title: 'Across the Pennines', from: of(WEST_YORKSHIRE), to: of(GREATER_MANCHESTER), serviceTypeId: null, serviceId: null },
    ...{ dispositions: [], families: [], weekdays: [], fromMinute: null, toMinute: null, validFrom: londonDate(A_TUESDAY_AT_TEN), validTo: null, dailyQuota: null },
    ...{ outcome: 'allow', pricePence: null, noshowPence: null, failedContact: 'booker', followUp: 'host-service', approvers: [] },
    ...given,
  };
}

/** An agreed version with a key of its own kind, unless another state is said: proposed for the one side, agreed for the other. */
export async function anAgreement({ id = newId(), version = 1, state = 'agreed', agreedAt = A_TUESDAY_AT_TEN, ...given }: AgreementOptions = {}) {
  const content = agreementContent({ title: `Agreement ${unique()}`, ...given });
  const { from, to, validFrom, validTo, dispositions, families, weekdays, approvers, ...rest } = content;
  const [one, other] = [await aCommissioner(WEST_YORKSHIRE), await aCommissioner(GREATER_MANCHESTER)];
  const isSettled = state === 'agreed' || state === 'superseded' || state === 'declined';
  return db.agreement.create({
    data: {
      ...rest,
      ...{ id, version, state, key: keyOf(content), dispositions: [...dispositions], families: [...families], weekdays: [...weekdays], approvers: [...approvers] },
      ...{ fromKind: from.kind, fromCode: areaCode(from), toKind: to.kind, toCode: areaCode(to) },
      ...{ validFrom: toDateColumn(validFrom), validTo: validTo && toDateColumn(validTo), createdAt: agreedAt, changedAt: agreedAt, createdById: one.actor.id },
      ...(state === 'draft' || state === 'withdrawn' ? {} : { proposedAt: agreedAt, proposedById: one.actor.id, proposedSide: 'from' }),
      ...(isSettled ? { settledAt: agreedAt, settledById: other.actor.id } : {}),
    },
  });
}

/** The side that a commissioner is. */
export function of(code: string): Area {
  return { kind: 'commissioner', code };
}
