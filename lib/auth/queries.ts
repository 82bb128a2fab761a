import { ROLES, type Role, type StaffActor } from '@/lib/auth/actor';
import { db, isDatabaseUp } from '@/lib/platform/db';

const MOST_COLLEAGUES = 500;

/** Who somebody is now: a person who may act, nobody (unknown or disabled), or not to be told while the database is away. */
export type Person = { state: 'known'; actor: StaffActor } | { state: 'unknown' } | { state: 'database-away' };

/** The person with their roles as they are this moment: whoever is disabled is out at once. */
export async function personOf(staffId: string): Promise<Person> {
  try {
    const actor = await activeStaff(staffId);
    return actor ? { state: 'known', actor } : { state: 'unknown' };
  } catch (error) {
    if (await isDatabaseUp()) throw error;
    return { state: 'database-away' };
  }
}

/** An active person with their roles, or null. */
export async function activeStaff(staffId: string): Promise<StaffActor | null> {
  const staff = await db.staff.findFirst({
    where: { id: staffId, isActive: true },
    select: {
      id: true,
      name: true,
      organisation: { select: { odsCode: true, name: true } },
      roles: { select: { role: true, scope: true }, orderBy: [{ role: 'asc' }, { scope: 'asc' }] },
    },
  });
  if (!staff) return null;
  return {
    kind: 'staff',
    id: staff.id,
    name: staff.name,
    organisation: { code: staff.organisation.odsCode, name: staff.organisation.name },
    roles: staff.roles.flatMap(({ role, scope }) => (isRole(role) ? [{ role, scope }] : [])),
  };
}

/** The active person whom the OpenID Connect provider calls `subject`, or null. */
export async function staffIdOfSubject(subject: string): Promise<string | null> {
  const staff = await db.staff.findFirst({ where: { subject, isActive: true }, select: { id: true } });
  return staff?.id ?? null;
}

function isRole(role: string): role is Role {
  return ROLES.some((known) => known === role);
}

/** Somebody of the same organisation, to hand a call to or to have approved a booking. */
export type Colleague = { id: string; name: string };

/** The active people of the actor's own organisation with one of these roles, by name, without the actor; at most 500. */
export async function colleaguesOf(actor: StaffActor, roles: readonly Role[]): Promise<Colleague[]> {
  return db.staff.findMany({
    where: { organisationCode: actor.organisation.code, isActive: true, id: { not: actor.id }, roles: { some: { role: { in: [...roles] } } } },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: MOST_COLLEAGUES,
    select: { id: true, name: true },
  });
}
