import { expect, test } from 'vitest';
import { isAdminOf, servicesOf } from '@/lib/auth/permissions';

const [ONE, TWO, THREE] = ['0192aaaa-0000-7000-8000-000000000001', '0192aaaa-0000-7000-8000-000000000002', '0192aaaa-0000-7000-8000-000000000003'] as const;

test('somebody is admin of the services in the scope of that role, and of no other role', () => {
  const person = { kind: 'staff', id: 'id', name: 'Asha', organisation: { code: 'X1', name: 'Test 111' } } as const;
  const actor = { ...person, roles: [{ role: 'service-admin', scope: ONE }, { role: 'service-admin', scope: 'X1' }, { role: 'supervisor', scope: TWO }] } as const;
  expect(servicesOf(actor)).toEqual([ONE]);
  expect([isAdminOf(actor, ONE), isAdminOf(actor, TWO), isAdminOf(actor, THREE)]).toEqual([true, false, false]);
});

