import { etagVersion, issuesOf, mustAnswer, mustRefuse } from '../expectations';
import { NOBODY, searchPath, slotIds } from '../facts';
import { resources, textAt } from '../look';
import type { Check } from '../model';
import { must, unknown } from '../verdict';

const ID = /^[A-Za-z0-9.-]{1,64}$/;

/** Address, methods and proxy: section 2.1. */
export const TRANSPORT: readonly Check[] = [
  {
    id: 'B-001',
    run: async ({ base, provider }) => {
      if (!base.startsWith('https://')) unknown('the root that was given is not https');
      const { headers } = await provider.ask({ path: '/metadata' });
      must(/max-age=\d+/i.test(headers.get('strict-transport-security') ?? ''), 'there is no Strict-Transport-Security');
    },
  },
  {
    id: 'B-002',
    run: async ({ provider, facts }) => {
      const found = resources((await facts.full()).json);
      must(found.every((resource) => ID.test(textAt(resource, 'id'))), 'an id has more than 64 characters, or others than letters, digits, - and .');
      must((await provider.ask({ path: searchPath(await facts.spareQuery()).replace('/Slot', '/slot') })).status !== 200, '/slot was answered like /Slot');
    },
  },
  { id: 'B-003', run: async ({ base }) => must(/\/STU3(\/|$)/.test(base), 'the root has no part /STU3') },
  { id: 'B-004', run: async ({ base }) => must(base.endsWith('/STU3'), 'the root has more after /STU3') },
  {
    id: 'B-005',
    run: async ({ provider }) => {
      for (const [method, path] of [['DELETE', `/Appointment/${NOBODY}`], ['PATCH', `/Appointment/${NOBODY}`], ['PUT', '/Slot'], ['DELETE', '/metadata']] as const) {
        const answer = await provider.ask({ method, path, body: method === 'DELETE' ? undefined : {} });
        mustRefuse(answer, { status: 405 });
        must((answer.headers.get('allow') ?? '').includes('GET'), `${method} ${path} has no Allow header that names GET`);
      }
    },
  },
  {
    id: 'B-006',
    run: async ({ provider }) => {
      for (const path of ['/Nonsense', '/Nonsense/1', '/Appointment/1/nonsense']) mustRefuse(await provider.ask({ path }), { status: 404 });
    },
  },
  {
    id: 'B-007',
    run: async ({ provider, facts }) => {
      const body = new URLSearchParams((await facts.spareQuery()).map(([name, value]) => [name, value]));
      const answer = await provider.ask({ method: 'POST', path: '/Slot/_search', body, headers: { 'content-type': 'application/x-www-form-urlencoded' } });
      must(slotIds(mustAnswer(answer, 200)).includes((await facts.spare()).id), 'the search by POST did not find what GET finds');
    },
  },
  {
    id: 'B-008',
    run: async ({ facts }) => {
      for (const { method, path, headers } of await facts.everything()) must((headers.get('cache-control') ?? '').includes('no-store'), `${method} ${path} has no Cache-Control: no-store`);
    },
  },
  {
    id: 'B-011',
    run: async ({ provider }) => {
      const without = Object.fromEntries(['ssp-traceid', 'ssp-from', 'ssp-to', 'ssp-interactionid'].map((name) => [name, undefined]));
      mustRefuse(await provider.ask({ path: `/Appointment/${NOBODY}`, headers: without }), { status: 404 }, 'a request without headers of the proxy');
    },
  },
];

/** Versions of one appointment: section 2.4. */
export const VERSIONS: readonly Check[] = [
  {
    id: 'B-060',
    needs: ['bookings'],
    run: async ({ provider, facts }) => {
      const { id, made } = await facts.booking();
      const { answer } = await facts.cancelled();
      for (const exchange of [made, await provider.ask({ path: `/Appointment/${id}` }), answer]) {
        const version = textAt(exchange.json, 'meta.versionId');
        must(version !== '' && etagVersion(exchange) === version, `${exchange.method} has ETag ${exchange.headers.get('etag') ?? 'none'} and meta.versionId ${version || 'none'}`);
      }
    },
  },
  {
    id: 'B-061',
    needs: ['bookings'],
    run: async ({ base, provider, facts }) => {
      const { id } = await facts.booking();
      const { headers, json } = await provider.ask({ path: `/Appointment/${id}` });
      const changedAt = Math.floor(Date.parse(textAt(json, 'meta.lastUpdated')) / 1_000);
      must(Date.parse(headers.get('last-modified') ?? '') / 1_000 === changedAt, 'Last-Modified is not the second of meta.lastUpdated');
      const versioned = `/Appointment/${id}/_history/${textAt(json, 'meta.versionId')}`;
      must(headers.get('content-location') === `${base}${versioned}`, `Content-Location is not the root and ${versioned}`);
    },
  },
  {
    id: 'B-062',
    needs: ['bookings'],
    run: async ({ provider, facts }) => {
      const { booking, answer } = await facts.cancelled();
      must(textAt(booking.made.json, 'meta.versionId') === '1', 'the first version is not 1');
      must(textAt(answer.json, 'meta.versionId') === '2', 'the version after one change is not 2');
      for (const version of ['1', '2']) {
        const { json } = mustAnswer(await provider.ask({ path: `/Appointment/${booking.id}/_history/${version}` }), 200);
        must(textAt(json, 'meta.versionId') === version, `_history/${version} gives another version`);
      }
    },
  },
  {
    id: 'B-066',
    needs: ['bookings'],
    run: async ({ provider, facts }) => {
      const { id, made } = await facts.booking();
      const answer = await provider.ask({ path: `/Appointment/${id}`, headers: { 'if-none-match': made.headers.get('etag') ?? undefined } });
      must(answer.status === 304 && issuesOf(answer).length === 0, `the read was answered ${answer.status}`);
    },
  },
];
