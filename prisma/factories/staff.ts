import type { Ctx, Role } from '@/lib/auth/actor';
import { db } from '@/lib/platform/db';
import { newId } from '@/lib/platform/id';
import { unique } from './unique';

type StaffOptions = {
  role?: Role;
  /** The organisation's own code unless said otherwise. */
  scope?: string;
  organisationCode?: string;
  now?: Date;
  email?: string;
  name?: string;
  passwordHash?: string;
};

/** The moment at which tests stand unless they say otherwise: a Tuesday morning in winter, 10:00 in London. */
export const A_TUESDAY_AT_TEN = new Date('2026-11-24T10:00:00Z');

/** Somebody of a 111 organisation, as the `ctx` of what they do. */
export async function aHandler({ role = 'call-handler', organisationCode, scope, now = A_TUESDAY_AT_TEN, ...given }: StaffOptions = {}): Promise<Ctx> {
  const number = unique();
  const organisation = organisationCode ?? `X${number}`;
  const grant = { role, scope: scope ?? organisation };
  await db.organisation.upsert({
    where: { odsCode: organisation },
    create: { odsCode: organisation, name: `Test 111 ${organisation}`, kind: '111' },
    update: {},
  });
  const staff = await db.staff.create({
    data: {
      id: newId(),
      email: given.email ?? `staff.${number}@example.com`,
      name: given.name ?? `Asha Test ${number}`,
      organisationCode: organisation,
      passwordHash: given.passwordHash ?? null,
      roles: { create: grant },
    },
  });
  return {
    actor: { kind: 'staff', id: staff.id, name: staff.name, organisation: { code: organisation, name: `Test 111 ${organisation}` }, roles: [grant] },
    now,
    requestId: newId(),
  };
}

/** The same person a little later, with a request id of its own. */
export function later(ctx: Ctx, minutes: number): Ctx {
  return { ...ctx, now: new Date(ctx.now.getTime() + minutes * 60_000), requestId: newId() };
}
