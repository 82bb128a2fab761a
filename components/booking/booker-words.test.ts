import { expect, test } from 'vitest';
import { actorWords, bookerWords } from '@/components/booking/booker-words';
import type { Provenance } from '@/lib/auth/actor';

const FROM_NORFOLK: Provenance = {
  client: { id: 'a-client', name: 'Norfolk 111 triage' },
  organisation: { code: 'ONW02', name: 'Norfolk 111' },
  interaction: 'create:appointment',
  device: { model: 'Example Triage', version: '8.1.0', identifiers: [] },
  user: { id: 'u-204', name: 'Ms Orla Samplewright', sdsUserId: null, roleProfileId: null },
  proxy: { traceId: null, from: null, to: null, interactionId: null },
};

test('a person who booked is named with their organisation', () => {
  expect(bookerWords({ kind: 'staff', name: 'Asha Begum', organisation: 'Leeds 111' })).toBe('Asha Begum, Leeds 111');
});

test('U-160: a system that booked is named with its organisation, and its user where it told of one', () => {
  const booker = { kind: 'system', name: 'Norfolk 111 triage', organisation: 'Norfolk 111', user: 'Ms Orla Samplewright' } as const;
  expect(bookerWords(booker)).toBe('Norfolk 111 triage for Norfolk 111, Ms Orla Samplewright');
  expect(bookerWords({ ...booker, user: null })).toBe('Norfolk 111 triage for Norfolk 111');
});

test('U-161: a version says who made it, with the organisation where that was another system', () => {
  expect(actorWords({ actorName: 'Asha Begum', provenance: null })).toBe('Asha Begum');
  expect(actorWords({ actorName: 'Norfolk 111 triage', provenance: FROM_NORFOLK })).toBe('Norfolk 111 triage for Norfolk 111, Ms Orla Samplewright');
});
