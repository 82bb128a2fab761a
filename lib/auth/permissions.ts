import type { Actor, Role, Scope, StaffActor } from '@/lib/auth/actor';
import { ForbiddenError } from '@/lib/platform/errors';
import { isId } from '@/lib/platform/id';

export type Permission =
  | 'call:open'
  | 'call:reassign'
  | 'call:read-record'
  | 'patient:find'
  | 'directory:search'
  | 'slot:search'
  | 'slot:hold'
  | 'referral:send'
  | 'appointment:read'
  | 'appointment:book'
  | 'appointment:book-outside-timeframe'
  | 'appointment:move'
  | 'appointment:amend'
  | 'appointment:cancel'
  | 'appointment:mark-in-error'
  | 'appointment:attend'
  | 'service:create'
  | 'service:configure'
  | 'schedule:read'
  | 'schedule:change'
  | 'schedule:extend'
  | 'contact:work'
  | 'report:service'
  | 'client:manage'
  | 'key:rotate'
  | 'registry:view'
  | 'registry:open-sealed'
  | 'registry:search'
  | 'registry:register'
  | 'registry:reconcile'
  | 'registry:repair'
  | 'source:manage'
  | 'access:review'
  | 'border:read'
  | 'agreement:change'
  | 'border:set-default'
  | 'approval:answer'
  | 'ledger:freeze';

const CALL_HANDLING: readonly Permission[] = [
  'call:open',
  'call:read-record',
  'patient:find',
  'directory:search',
  'slot:hold',
  'referral:send',
  'appointment:read',
  'appointment:book',
  'appointment:move',
  'appointment:amend',
  'appointment:cancel',
  'registry:view',
];

const SERVICE_ADMIN: readonly Permission[] = [
  'service:create',
  'service:configure',
  'schedule:read',
  'schedule:change',
  'appointment:read',
  'appointment:attend',
  'contact:work',
  'report:service',
];

/** What each role may do: docs/rules.md#permissions, from the table of people and permissions in the domain. */
const OF_ROLE: Record<Role, readonly Permission[]> = {
  'call-handler': CALL_HANDLING,
  clinician: [...CALL_HANDLING, 'appointment:book-outside-timeframe', 'registry:open-sealed', 'approval:answer'],
  supervisor: [...CALL_HANDLING, 'call:reassign', 'appointment:mark-in-error', 'registry:open-sealed', 'approval:answer'],
  'service-admin': SERVICE_ADMIN,
  commissioner: ['border:read', 'agreement:change', 'border:set-default', 'approval:answer', 'ledger:freeze'],
  auditor: ['call:read-record', 'appointment:read', 'access:review'],
  'system-admin': ['client:manage', 'source:manage'],
};

// Whoever may run `npm run clients` or `npm run registry:sources`, which act as jobs, has the database anyway.
const OF_JOBS: readonly Permission[] = ['schedule:extend', 'key:rotate', 'client:manage', 'registry:reconcile', 'registry:repair', 'source:manage'];

/** What each scope of the API allows: changing includes reading (B-120 to B-123). */
const OF_SCOPE: Record<Scope, readonly Permission[]> = {
  'organization/slot.read': ['slot:search'],
  'patient/appointment.read': ['appointment:read'],
  'patient/appointment.write': ['appointment:read', 'appointment:book', 'appointment:amend', 'appointment:cancel', 'appointment:mark-in-error'],
  'registry/appointment.read': ['registry:search'],
  'registry/appointment.write': ['registry:search', 'registry:register'],
};

export function hasPermission(actor: Actor, permission: Permission): boolean {
  if (actor.kind === 'job') return OF_JOBS.includes(permission);
  if (actor.kind === 'system') return actor.scopes.some((scope) => OF_SCOPE[scope].includes(permission));
  return actor.roles.some((grant) => OF_ROLE[grant.role].includes(permission));
}

/** Throws ForbiddenError unless one of the actor's roles or scopes has the permission. */
export function requirePermission(actor: Actor, permission: Permission): void {
  if (!hasPermission(actor, permission)) throw new ForbiddenError(permission);
}

/** Whether one of the person's roles is that of admin of this service; its scope is the service's id. */
export function isAdminOf({ roles }: StaffActor, serviceId: string): boolean {
  return roles.some(({ role, scope }) => role === 'service-admin' && scope === serviceId);
}

/** The services that the person is admin of, by id; a scope that cannot be one is left out. */
export function servicesOf({ roles }: StaffActor): string[] {
  return roles.filter(({ role, scope }) => role === 'service-admin' && isId(scope)).map(({ scope }) => scope);
}
