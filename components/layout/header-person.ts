import type { HeaderPerson } from '@/components/layout/header';
import type { Role, StaffActor } from '@/lib/auth/actor';

export const ROLE_WORDS: Record<Role, string> = {
  'call-handler': 'Call handler',
  clinician: 'Clinician',
  supervisor: 'Supervisor',
  'service-admin': 'Service admin',
  commissioner: 'Commissioner',
  auditor: 'Auditor',
  'system-admin': 'System admin',
};

/** Who is signed in, in the words of the header; several roles are listed once each. */
export function headerPerson({ name, roles, organisation }: StaffActor): HeaderPerson {
  const words = new Set(roles.map((grant) => ROLE_WORDS[grant.role]));
  return { name, role: [...words].join(', '), organisation: organisation.name };
}
