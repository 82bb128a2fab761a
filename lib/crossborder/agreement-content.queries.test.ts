import { expect, test } from 'vitest';
import { agreementChoices, resolveAgreement } from '@/lib/crossborder/agreement-content.queries';
import type { TypedAgreement } from '@/lib/crossborder/agreement-form.schema';
import { agreementContent, of } from '@/prisma/factories/agreement';
import { aService } from '@/prisma/factories/service';

test('codes become areas: a board, a nation, a region, anybody', async () => {
  for (const [code, area] of [['QWO', of('QWO')], ['w92000004', of('W92000004')], ['Y63', { kind: 'region', code: 'Y63' }], ['any', { kind: 'any' }]] as const) {
    expect(await resolveAgreement(typed({ from: code }))).toMatchObject({ ok: true, value: { from: area, to: of('QOP') } });
  }
});

test('the one service is found by its DoS id, on its side of the border', async () => {
  const service = await aService({ icbCode: 'QOP' });
  expect(await resolveAgreement(typed({ dosId: service.dosId }))).toMatchObject({ ok: true, value: { serviceId: service.id } });
  expect(await resolveAgreement(typed({ to: 'Y62', dosId: service.dosId }))).toMatchObject({ ok: true });
  expect(await resolveAgreement(typed({ to: 'QE1', dosId: service.dosId }))).toEqual({ ok: false, error: { code: 'agreement-service-elsewhere', serviceName: service.name, area: 'Lancashire and South Cumbria' } });
  expect(await resolveAgreement(typed({ dosId: '404' }))).toEqual({ ok: false, error: { code: 'agreement-service-unknown', typed: '404' } });
});

test('an unknown code is refused, and an abolished board with what came in its place, the larger part first', async () => {
  expect(await resolveAgreement(typed({ to: 'Leeds' }))).toEqual({ ok: false, error: { code: 'commissioner-unknown', typed: 'Leeds' } });
  const frimley = await resolveAgreement(typed({ to: 'QNQ' }));
  expect(frimley).toMatchObject({ ok: false, error: { code: 'commissioner-abolished', name: 'Frimley' } });
  expect(frimley.ok || frimley.error.code !== 'commissioner-abolished' ? [] : frimley.error.successors.map(({ value }) => value)).toEqual(['S0E4D', 'QRL', 'S9B9J']);
});

test('the form offers current boards by region and the two nations, and no abolished board', async () => {
  const { regions, nations, serviceTypes, families, dispositions } = await agreementChoices();
  const codes = regions.flatMap(({ commissioners }) => commissioners.map(({ code }) => code));
  expect(regions).toHaveLength(7);
  expect(codes).toHaveLength(36);
  expect(codes).not.toContain('QNQ');
  expect(nations.map(({ name }) => name)).toEqual(['Wales', 'Scotland']);
  expect(serviceTypes.some(({ id }) => id === 46)).toBe(true);
  expect(families).toContain('primary_care');
  expect(dispositions[0]).toMatchObject({ code: 'Dx02' });
});

function typed(given: Partial<TypedAgreement>): TypedAgreement {
  return { ...agreementContent(), from: 'QWO', to: 'QOP', dosId: null, ...given };
}
