import { expect, test } from 'vitest';
import type { Role, StaffActor } from '@/lib/auth/actor';
import { isOpenTo } from '@/lib/registry/seal.rules';

const SERVICE = '0190f3a0-0000-7000-8000-000000000001';
const SEALED = { isSealed: true, bookedById: 'somebody-else', serviceId: SERVICE };

function someone(role: Role, scope = 'X1'): StaffActor {
  return { kind: 'staff', id: 'me', name: 'Asha Begum', organisation: { code: 'X1', name: 'Test 111' }, roles: [{ role, scope }] };
}

test('an appointment that is not sealed is open to everybody', () => {
  expect(isOpenTo({ ...SEALED, isSealed: false }, { actor: someone('call-handler'), hasOpened: false })).toBe(true);
});

test('a sealed one is open to whoever booked it themselves', () => {
  expect(isOpenTo({ ...SEALED, bookedById: 'me' }, { actor: someone('call-handler'), hasOpened: false })).toBe(true);
});

test('a sealed one is open to admins of its service, and not to those of another', () => {
  expect(isOpenTo(SEALED, { actor: someone('service-admin', SERVICE), hasOpened: false })).toBe(true);
  expect(isOpenTo(SEALED, { actor: someone('service-admin', 'another'), hasOpened: false })).toBe(false);
  expect(isOpenTo({ ...SEALED, serviceId: null }, { actor: someone('service-admin', SERVICE), hasOpened: false })).toBe(false);
});

test.each(['clinician', 'supervisor'] as const)('to a %s a sealed one is open once they opened it with a reason', (role) => {
  expect(isOpenTo(SEALED, { actor: someone(role), hasOpened: false })).toBe(false);
  expect(isOpenTo(SEALED, { actor: someone(role), hasOpened: true })).toBe(true);
});

test.each(['call-handler', 'auditor', 'commissioner', 'system-admin'] as const)('to a %s a sealed one stays shut, whatever they opened in another role', (role) => {
  expect(isOpenTo(SEALED, { actor: someone(role), hasOpened: true })).toBe(false);
});

test('one that another organisation registered has neither booker nor service here: only a reason opens it', () => {
  const registered = { isSealed: true, bookedById: null, serviceId: null };
  expect(isOpenTo(registered, { actor: someone('clinician'), hasOpened: false })).toBe(false);
  expect(isOpenTo(registered, { actor: someone('clinician'), hasOpened: true })).toBe(true);
});
