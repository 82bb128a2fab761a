import { etagVersion, mustAnswer, mustBook, mustRefuse, sameJson } from '../expectations';
import { NOBODY } from '../facts';
import { changed, contained, listAt, resources, textAt } from '../look';
import type { Check } from '../model';
import { must } from '../verdict';

const ORDER = ['DocumentReference', 'Patient', 'Slot'];

/** Reading: section 7, and the order of what is contained (B-299). */
export const READING: readonly Check[] = [
  {
    id: 'B-501',
    needs: ['bookings'],
    run: async ({ provider, facts }) => {
      const { id, made } = await facts.booking();
      const read = mustAnswer(await provider.ask({ path: `/Appointment/${id}` }), 200, 'a read');
      must(textAt(read.json, 'id') === id && etagVersion(read) === etagVersion(made), 'the read gives another id or version');
    },
  },
  {
    id: 'B-502',
    needs: ['bookings'],
    run: async ({ provider, facts }) => {
      const { booking, read } = await facts.cancelled();
      const first = mustAnswer(await provider.ask({ path: `/Appointment/${booking.id}/_history/1` }), 200);
      must(sameJson(first.json, read.json), 'version 1 is not what was read before the change');
      must(etagVersion(first) === '1', 'version 1 has another ETag');
      must(first.headers.get('last-modified') === read.headers.get('last-modified'), 'version 1 has another Last-Modified than before the change');
    },
  },
  {
    id: 'B-503',
    run: async ({ provider }) => {
      for (const path of [`/Appointment/${NOBODY}`, '/Appointment/no-such-id', `/Appointment/${'x'.repeat(70)}`, `/Appointment/${NOBODY}/_history/1`]) {
        mustRefuse(await provider.ask({ path }), { status: 404, code: 'not-found' });
      }
    },
  },
  {
    id: 'B-503',
    needs: ['bookings'],
    run: async ({ provider, facts }) => {
      const { booking } = await facts.cancelled();
      mustAnswer(await provider.ask({ path: `/Appointment/${booking.id}` }), 200, 'a read of a cancelled Appointment');
      for (const version of ['99', 'first']) mustRefuse(await provider.ask({ path: `/Appointment/${booking.id}/_history/${version}` }), { status: 404, code: 'not-found' });
    },
  },
  {
    id: 'B-505',
    needs: ['bookings'],
    run: async ({ provider, facts }) => {
      const { json } = await provider.ask({ path: `/Appointment/${(await facts.booking()).id}` });
      for (const type of ORDER) must(contained(json, type).length === 1, `there is not one contained ${type}`);
      const [patient] = contained(json, 'Patient');
      for (const path of ['name[0].family', 'gender', 'birthDate', 'address[0].postalCode']) must(textAt(patient, path) !== '', `the Patient has no ${path}`);
    },
  },
  {
    id: 'B-506',
    needs: ['bookings'],
    run: async ({ provider, facts }) => {
      const { id } = await facts.booking();
      mustRefuse(await provider.ask({ path: `/Appointment/${id}`, token: null }), { status: 403 }, 'a read without token');
      mustAnswer(await provider.ask({ path: `/Appointment/${id}?favourite-colour=green` }), 200, 'a read with an unknown parameter');
    },
  },
  {
    id: 'B-507',
    run: async ({ provider, facts }) => {
      const names = new Set(resources((await facts.full()).json).map((resource) => textAt(resource, 'resourceType')));
      for (const type of names) {
        const [one] = resources((await facts.full()).json, type);
        const { json } = mustAnswer(await provider.ask({ path: `/${type}/${textAt(one, 'id')}` }), 200, `a read of a ${type}`);
        must(textAt(json, 'id') === textAt(one, 'id'), `a read of a ${type} gives another`);
      }
    },
  },
  {
    id: 'B-299',
    needs: ['bookings'],
    run: async (kit) => {
      const { made } = await kit.facts.booking();
      const types = listAt(made.json, 'contained').map((resource) => textAt(resource, 'resourceType'));
      must(types.join() === ORDER.join(), `contained resources come in the order ${types.join(', ')}`);
      await mustBook(kit, (body) => changed(body, 'contained', listAt(body, 'contained').toReversed()), 'a booking with contained resources in another order');
    },
  },
];
