import type { Actor, Role } from '@/lib/auth/actor';
import { ForbiddenError } from '@/lib/platform/errors';

export type Permission =
  | 'call:open'
  | 'call:reassign'
  | 'call:read-record'
  | 'patient:find'
  | 'directory:search'
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
  | 'schedule:extend';

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
];

/** What each role may do: docs/rules.md#permissions, from the table of people and permissions in the domain. */
const OF_ROLE: Record<Role, readonly Permission[]> = {
  'call-handler': CALL_HANDLING,
  clinician: [...CALL_HANDLING, 'appointment:book-outside-timeframe'],
  supervisor: [...CALL_HANDLING, 'call:reassign', 'appointment:mark-in-error'],
  'service-admin': ['appointment:read', 'appointment:attend'],
  commissioner: [],
  auditor: ['call:read-record', 'appointment:read'],
  'system-admin': [],
};

const OF_JOBS: readonly Permission[] = ['schedule:extend'];

export function hasPermission(actor: Actor, permission: Permission): boolean {
  if (actor.kind === 'job') return OF_JOBS.includes(permission);
  return actor.roles.some((grant) => OF_ROLE[grant.role].includes(permission));
}

/** Throws ForbiddenError unless one of the actor's roles has the permission. */
export function requirePermission(actor: Actor, permission: Permission): void {
  if (!hasPermission(actor, permission)) throw new ForbiddenError(permission);
}
