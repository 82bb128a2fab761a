import { expect, test } from 'vitest';
import type { Outcome } from './model';
import type { Exchange } from './provider';
import { jsonOf, reportOf } from './report';
import { isConformant, lineOf, summaryLines } from './tally';

const AT = new Date('2026-11-22T21:40:00.000Z');
const BASE = 'https://provider.example.nhs.uk/STU3';
const EXCHANGE: Exchange = {
  method: 'POST',
  path: '/Appointment',
  sent: { authorization: 'Bearer secret', 'content-type': 'application/fhir+json' },
  status: 500,
  headers: new Headers({ 'content-type': 'application/fhir+json', 'set-cookie': 'secret=1' }),
  text: '{"resourceType":"Appointment","description":"<script>alert(1)</script>"}',
  json: { resourceType: 'Appointment', description: '<script>alert(1)</script>' },
};

test('the exit is good only when no MUST fails: a SHOULD that fails, and what cannot be tested, do not count', () => {
  expect(isConformant([outcome('pass'), outcome('skip'), { ...outcome('fail'), level: 'SHOULD' }])).toBe(true);
  expect(isConformant([outcome('pass'), outcome('fail')])).toBe(false);
});

test('the terminal has one line for each requirement with its words, and counts by level', () => {
  expect(lineOf(outcome('fail'))).toMatch(/^FAIL {9}B-412 {2}MUST {4}The slot is free\n +was answered 500$/);
  expect(lineOf({ ...outcome('pass'), words: '' })).not.toContain('\n');
  expect(summaryLines([outcome('pass'), outcome('fail'), { ...outcome('offered'), level: 'MAY' }])).toEqual(['MUST    1 pass, 1 fail', 'SHOULD  none', 'MAY     1 offered']);
});

test('the report shows a failure with its exchange, without token, cookie or content of an Appointment', () => {
  const html = report([outcome('fail')]);
  expect(html).toContain('One MUST fails.');
  expect(html).toContain('POST /Appointment');
  expect(html).toContain('(Appointment, left out)');
  expect(html).not.toMatch(/secret|alert/);
});

test('what a provider says cannot become part of the page', () => {
  const html = report([{ ...outcome('fail'), words: '<img src=x onerror=alert(1)>' }]);
  expect(html).toContain('&lt;img src=x');
  expect(html).not.toContain('<img');
});

test('the report needs nothing from elsewhere, and says its language and title', () => {
  const html = report([outcome('pass')]);
  expect(html).toContain('<html lang="en-GB">');
  expect(html).toContain('<title>Conformance to the NHS Booking API</title>');
  expect(html).not.toMatch(/<script|<link|src=|url\(/);
});

test('private words are taken out of the report and of the JSON', () => {
  const clean = (text: string) => text.replaceAll('9991226036', '[left out]');
  const outcomes = [{ ...outcome('fail'), words: 'found 9991226036' }];
  expect(reportOf({ base: BASE, at: AT, outcomes, leftBooked: [] }, clean)).not.toContain('9991226036');
  expect(jsonOf({ base: BASE, at: AT, outcomes, leftBooked: [] }, clean)).not.toContain('9991226036');
});

test('the JSON has each requirement with level, state and words, and whether no MUST fails', () => {
  const json: unknown = JSON.parse(jsonOf({ base: BASE, at: AT, outcomes: [outcome('fail')], leftBooked: ['a1'] }, (text) => text));
  expect(json).toEqual({
    base: BASE,
    at: '2026-11-22T21:40:00.000Z',
    conformant: false,
    leftBooked: ['a1'],
    requirements: [{ id: 'B-412', level: 'MUST', title: 'The slot is free', state: 'fail', words: 'was answered 500' }],
  });
});

function outcome(state: Outcome['state']): Outcome {
  return { id: 'B-412', level: 'MUST', title: 'The slot is free', state, words: 'was answered 500', exchanges: [EXCHANGE] };
}

function report(outcomes: readonly Outcome[]): string {
  return reportOf({ base: BASE, at: AT, outcomes, leftBooked: [] }, (text) => text);
}
