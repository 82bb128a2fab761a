export const ROLES = ['call-handler', 'clinician', 'supervisor', 'service-admin', 'commissioner', 'auditor', 'system-admin'] as const;
export type Role = (typeof ROLES)[number];

/** One role of a person. The scope is an ODS code, a service id, an ICB or region code, or "national". */
export type RoleGrant = { role: Role; scope: string };

/** Who acts: somebody who signed in, or one of Onward's own job loops. */
export type Actor = StaffActor | JobActor;

export type StaffActor = {
  kind: 'staff';
  id: string;
  name: string;
  /** The organisation they work for, by ODS code. */
  organisation: { code: string; name: string };
  roles: readonly RoleGrant[];
};

export type JobActor = { kind: 'job'; id: string };

/**
 * Who acts, the time taken once at the door, and the id that joins log, audit and answer.
 * The first parameter of every command, and of every query that touches a patient.
 */
export type Ctx<Who extends Actor = StaffActor> = { actor: Who; now: Date; requestId: string };

export function hasRole(actor: Actor, role: Role): boolean {
  return actor.kind === 'staff' && actor.roles.some((grant) => grant.role === role);
}
