import { expect, test } from 'vitest';
import { clientValues } from '@/components/clients/client-values';
import { clientForm, type ClientForm } from '@/lib/auth/client-form.schema';

const CLIENT: ClientForm = {
  ...{ name: 'Norfolk 111 triage', organisationCode: 'Y99901', actsFor: ['Y99902', 'Y99903'], scopes: ['organization/slot.read', 'patient/appointment.write'] },
  ...{ bookServices: ['*'], cancelServices: ['2000081434', '2000081435'], issuer: 'https://triage.example.com', requestsPerMinute: 900 },
  ...{ isBehindProxy: true, needsProxyHeaders: false, needsDocument: true, refusesLongTokens: false },
};

test.each([
  ['with everything', CLIENT],
  ['with next to nothing', { ...CLIENT, actsFor: [], bookServices: [], cancelServices: [], issuer: null, isBehindProxy: false, needsDocument: false }],
])('a client %s stands in the form so that saving it changes nothing', (_what, client) => {
  expect(clientForm.parse(clientValues(client))).toEqual(client);
});
