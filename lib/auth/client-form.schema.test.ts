import { expect, test } from 'vitest';
import { clientForm } from '@/lib/auth/client-form.schema';
import { fieldErrors } from '@/lib/platform/form';

const TYPED = { name: ' Example Triage ', organisationCode: 'y99901', scopes: 'patient/appointment.write,organization/slot.read', bookServices: '*', cancelServices: '1234 5678' };

test('a form with the least that must be said', () => {
  expect(clientForm.parse(TYPED)).toEqual({
    ...{ name: 'Example Triage', organisationCode: 'Y99901', actsFor: [], scopes: ['organization/slot.read', 'patient/appointment.write'], bookServices: ['*'], cancelServices: ['1234', '5678'] },
    ...{ issuer: null, isBehindProxy: false, needsProxyHeaders: false, needsDocument: false, refusesLongTokens: false, requestsPerMinute: 600 },
  });
});

test('lists are separated by commas, spaces or lines, doubles count once, and * swallows the rest', () => {
  const form = clientForm.parse({ ...TYPED, actsFor: 'y99902, Y99903\nY99902', bookServices: '1234, *', issuer: 'https://triage.example.com/', isBehindProxy: 'on', requestsPerMinute: ' 60000 ' });
  expect(form).toMatchObject({ actsFor: ['Y99902', 'Y99903'], bookServices: ['*'], issuer: 'https://triage.example.com', isBehindProxy: true, requestsPerMinute: 60_000 });
});

test.each([
  ['name', ''],
  ['organisationCode', 'Leeds!'],
  ['actsFor', 'Y99901, what?'],
  ['scopes', 'patient/*.read'],
  ['bookServices', 'all'],
  ['cancelServices', '12a'],
  ['issuer', 'triage.example.com'],
  ['requestsPerMinute', '0'],
  ['requestsPerMinute', '1000001'],
  ['requestsPerMinute', 'many'],
])('a fault in %s is told at that field', (field, value) => {
  const form = clientForm.safeParse({ ...TYPED, [field]: value });
  expect(Object.keys(form.error ? fieldErrors(form.error) : {}).map((path) => path.split('.')[0])).toEqual([field]);
});
