export const ROLES = ['call-handler', 'clinician', 'supervisor', 'service-admin', 'commissioner', 'auditor', 'system-admin'] as const;
export type Role = (typeof ROLES)[number];

/** One role of a person. The scope is an ODS code, a service id, an ICB or region code, or "national". */
export type RoleGrant = { role: Role; scope: string };

/** What a client of the API may be allowed to do. Source: B-120 to B-122, B-904. */
export const SCOPES = ['organization/slot.read', 'patient/appointment.read', 'patient/appointment.write', 'registry/appointment.read', 'registry/appointment.write'] as const;
export type Scope = (typeof SCOPES)[number];

/** Who acts: somebody who signed in, another system through the API, or one of Onward's own job loops. */
export type Actor = StaffActor | SystemActor | JobActor;

export type StaffActor = {
  kind: 'staff';
  id: string;
  name: string;
  /** The organisation they work for, by ODS code. */
  organisation: { code: string; name: string };
  roles: readonly RoleGrant[];
};

/** Another system, as its token and its registration say. */
export type SystemActor = {
  kind: 'system';
  /** The id of the API client. */
  id: string;
  name: string;
  /** Where the request began, by ODS code: the client's own organisation, or one that it acts for (B-111). */
  organisation: { code: string; name: string };
  /** Those of the token that the client is registered for. */
  scopes: readonly Scope[];
  /** The services that the client may book and cancel at, by DoS service id; "*": every one. */
  services: { book: readonly string[]; cancel: readonly string[] };
  /** Whether a booking of this client must name the clinical document that travels separately. */
  needsDocument: boolean;
  provenance: Provenance;
};

/** What a token and the headers beside it say of a request: kept with every change and every look (B-113, B-815, U-160, U-161). */
export type Provenance = {
  client: { id: string; name: string };
  organisation: { code: string; name: string };
  /** The interaction, such as `create:appointment` (section 1.1 of the reference). */
  interaction: string;
  device: { model: string; version: string; identifiers: readonly { system: string; value: string }[] };
  /** Who acted at the other side; null when the token names nobody. */
  user: { id: string; name: string; sdsUserId: string | null; roleProfileId: string | null } | null;
  /** What the Spine Secure Proxy says of the request (B-010). */
  proxy: { traceId: string | null; from: string | null; to: string | null; interactionId: string | null };
};

export type JobActor = { kind: 'job'; id: string };

/**
 * Who acts, the time taken once at the door, and the id that joins log, audit and answer; `correlationId` is the id that another
 * system gave its request. The first parameter of every command, and of every query that touches a patient.
 */
export type Ctx<Who extends Actor = StaffActor> = { actor: Who; now: Date; requestId: string; correlationId?: string | null };

export function hasRole(actor: Actor, role: Role): boolean {
  return actor.kind === 'staff' && actor.roles.some((grant) => grant.role === role);
}
