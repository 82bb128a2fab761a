import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatsOf } from '@/lib/fhir/shared/format';
import { STU3_ELEMENTS } from '@/lib/fhir/stu3/elements';
import { toEntryChange } from '@/lib/fhir/stu3/registry-change-in';
import { toRegistration } from '@/lib/fhir/stu3/registry-in';
import { toEntry } from '@/lib/fhir/stu3/registry-out';
import { parseEntry } from '@/lib/fhir/stu3/registry-schema';
import type { ApiEntry } from '@/lib/registry/api-entry.schema';
import { faultsOf } from '@/scripts/test-support/fhir/stu3-schema';

const ROOT = 'https://onward.example.nhs.uk/registry/STU3';
const NOW = new Date('2026-11-24T10:00:00Z');
const formats = formatsOf(STU3_ELEMENTS);

const words = fc.array(fc.constantFrom('Leeds', 'Zoë', '李', '&', '<b>', '"', "'", '🦷', 'x'), { minLength: 1, maxLength: 5 }).map((pieces) => pieces.join(' '));
const instants = fc.date({ min: new Date('2026-01-01T00:00:00Z'), max: new Date('2030-01-01T00:00:00Z'), noInvalidDate: true });
const patients = fc.oneof(
  fc.constant({ by: 'nhs-number' as const, nhsNumber: '9991226036' }),
  fc.record({ by: fc.constant('local' as const), system: fc.constant('https://other.example.nhs.uk/Id/patient'), value: words, display: words }),
);
const services = fc.oneof(fc.constant(null), fc.record({ dosId: fc.constantFrom(null, '2000089120'), name: words }), fc.constant({ dosId: '2000089120', name: null }));

/** Whatever an entry that another system registered may be, as that system is told it. */
const entries: fc.Arbitrary<ApiEntry> = fc
  .record({ startsAt: instants, minutes: fc.integer({ min: 1, max: 600 }), createdAt: instants, patient: patients, service: services, place: fc.oneof(fc.constant(null), words), isSealed: fc.boolean() })
  .map(({ minutes, ...given }) => ({
    ...{ id: 'c9d2f7b4-1e58-4a36-b1f0-2d7e5a8c9013', version: 1, changedAt: NOW, status: 'booked', holderCode: 'Y99902', isVeiled: false, ...given },
    ...{ endsAt: new Date(given.startsAt.getTime() + minutes * 60_000), pointer: { at: 'elsewhere', url: 'https://other.example.nhs.uk/STU3/Appointment/88120' } },
  }));

test('B-920, B-923: what is told of an entry is valid, differs in nothing when it is sent back, and could be registered, in JSON and in XML', { timeout: 30_000 }, () => {
  fc.assert(
    fc.property(entries, fc.constantFrom('json' as const, 'xml' as const), (entry, format) => {
      const told = toEntry(ROOT, entry);
      expect(faultsOf(told)).toEqual([]);
      const back = formats.read(formats.write(told, format), format);
      const parsed = back.ok ? parseEntry(back.value) : back;
      if (!back.ok || !parsed.ok) throw new Error('what was told cannot be read');

      const { change, fault } = toEntryChange(parsed.value, { body: back.value, entryId: entry.id, version: 1, now: NOW, root: ROOT, registrarCode: 'Y99901' });
      expect([fault, change.differences(entry), change.wanted]).toEqual([null, [], { status: 'booked', startsAt: entry.startsAt, endsAt: entry.endsAt }]);
      expect(toRegistration({ ...told, id: undefined }, { now: NOW, root: ROOT })).toMatchObject({ ok: true, value: { createdAt: entry.createdAt, patient: entry.patient, service: entry.service, place: entry.place, holderCode: 'Y99902' } });
    }),
    { seed: 20_270_305, numRuns: 100 },
  );
});

test('a veiled entry tells its times, its status, its patient and that it is sealed', () => {
  const [entry] = fc.sample(entries, { seed: 20_270_305, numRuns: 1 });
  if (!entry) throw new Error('nothing was made');
  const told = toEntry(ROOT, { ...entry, isSealed: true, isVeiled: true, place: 'LS1 3EX', service: { dosId: '2000089120', name: 'Leeds' } });
  expect(Object.keys(told)).toEqual(['resourceType', 'id', 'meta', 'status', 'start', 'end', 'created', 'participant']);
  expect([told.participant.length, told.meta?.security]).toEqual([1, [{ system: 'http://hl7.org/fhir/v3/Confidentiality', code: 'R' }]]);
});
