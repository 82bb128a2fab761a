import { expect, test } from 'vitest';
import { pointerIn, pointerUrl } from '@/lib/fhir/stu3/registry-pointer';

const ID = 'c9d2f7b4-1e58-4a36-b1f0-2d7e5a8c9013';

test.each(['https://onward.example.nhs.uk', 'http://localhost:3000'])('B-922: what is held at %s is found by the address that its entry tells', (address) => {
  const root = `${address}/registry/STU3`;
  const url = pointerUrl(root, { at: 'onward', appointmentId: ID });
  expect(url).toBe(`${address}/STU3/Appointment/${ID}`);
  for (const asked of [url, `${url}/_history/2`, `${address}/STU3/Appointment/${ID.toUpperCase()}`]) expect(pointerIn(root, asked)).toEqual({ at: 'onward', appointmentId: ID });
});

test.each([
  ['https://other.example.nhs.uk/STU3/Appointment/1', 'https://other.example.nhs.uk/STU3/Appointment/1'],
  ['HTTPS://Other.example.nhs.uk:443/STU3/Appointment/1/_history/7', 'https://other.example.nhs.uk/STU3/Appointment/1'],
  ['https://onward.example.nhs.uk.example.com/STU3/Appointment/1', 'https://onward.example.nhs.uk.example.com/STU3/Appointment/1'],
  ['https://onward.example.nhs.uk/STU3/Slot/1', 'https://onward.example.nhs.uk/STU3/Slot/1'],
])('B-922: %s leads elsewhere', (asked, url) => {
  expect(pointerIn('https://onward.example.nhs.uk/registry/STU3', asked)).toEqual({ at: 'elsewhere', url });
});

test.each(['http://other.example.nhs.uk/1', 'Appointment/1', '', 'https://', 'https://[', 'urn:uuid:1'])('B-912: %s is no pointer', (asked) => {
  expect(pointerIn('https://onward.example.nhs.uk/registry/STU3', asked)).toBeNull();
});
