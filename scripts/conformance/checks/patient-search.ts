import { mustAnswer, mustRefuse } from '../expectations';
import { searchPath, type Query } from '../facts';
import { at, contained, has, listAt, resources, textAt } from '../look';
import type { Check, Kit } from '../model';
import { misspelt, NHS_NUMBER } from '../sample';
import { readClock } from '../clock';
import { must } from '../verdict';

const NAMES = [
  'Patient',
  'Appointment.participant.actor:Patient.identifier',
  'Appointment.participant.actor',
  'identifier',
  'patient',
  'patient.identifier',
  'patient:Patient.identifier',
  'actor',
  'actor:Patient.identifier',
  'participant.actor.identifier',
  'Appointment.participant.actor.identifier',
];
const SPINE = 'https://demographics.spineservices.nhs.uk/';
const LEFT_OUT = ['contained', 'description', 'slot', 'supportingInformation'];

/** The search by patient: section 9. */
export const PATIENT_SEARCH: readonly Check[] = [
  { id: 'B-701', needs: ['bookings'], run: async (kit) => mustFindBy(kit, (value) => NAMES.map((name) => [name, `${NHS_NUMBER}|${value}`])) },
  { id: 'B-702', needs: ['bookings'], run: values },
  {
    id: 'B-703',
    run: async (kit) => {
      mustRefuse(await find(kit, [['patient', `${NHS_NUMBER}|999`]]), { status: 400, code: 'value' }, 'a search for three digits');
      for (const value of [kit.facts.newPatient(), misspelt(kit.facts.newPatient())]) {
        const { json } = mustAnswer(await find(kit, [['patient', `${NHS_NUMBER}|${value}`]]), 200, 'a search for nobody');
        must(at(json, 'total') === 0 && !has(json, 'entry'), 'a search for nobody does not have total 0 and no entry');
      }
    },
  },
  {
    id: 'B-704',
    run: async (kit) => {
      for (const query of [[], [['status', 'booked']]] satisfies Query[]) mustRefuse(await find(kit, query), { status: 400, code: 'required' });
    },
  },
  {
    id: 'B-705',
    needs: ['bookings'],
    run: async (kit) => {
      const { id } = await kit.facts.booking();
      must(idsOf(await find(kit, [['_id', id]])).includes(id), '_id does not find the Appointment');
    },
  },
  {
    id: 'B-706',
    needs: ['bookings'],
    run: async (kit) => {
      const { json } = mustAnswer(await ofBooking(kit), 200);
      must(!listAt(json, 'link').some((link) => textAt(link, 'relation') === 'next'), 'the search by patient is paged');
      const starts = resources(json, 'Appointment').map((found) => Date.parse(textAt(found, 'start')));
      must(starts.every((start, index) => start >= (starts[index - 1] ?? 0)), 'the Appointments are not ordered by start');
    },
  },
  {
    id: 'B-707',
    needs: ['bookings'],
    run: async (kit) => {
      const found = resources(mustAnswer(await ofBooking(kit), 200).json, 'Appointment');
      must(found.every((each) => Date.parse(textAt(each, 'end')) >= readClock().getTime()), 'an Appointment that is over was returned');
    },
  },
  {
    id: 'B-708',
    needs: ['bookings'],
    run: async (kit) => {
      const { id, slot } = await kit.facts.booking();
      for (const name of ['date', 'start']) {
        must(idsOf(await ofBooking(kit, [[name, `ge${slot.start}`]])).includes(id), `${name}=ge of its start does not find the Appointment`);
        must(!idsOf(await ofBooking(kit, [[name, `gt${slot.start}`]])).includes(id), `${name}=gt of its start finds the Appointment`);
      }
      must(!idsOf(await ofBooking(kit, [['status', 'cancelled']])).includes(id), 'status=cancelled finds one that is booked');
    },
  },
  {
    id: 'B-709',
    needs: ['bookings'],
    run: eachFound((found) => {
      for (const element of LEFT_OUT) must(!has(found, element), `a result has ${element}`);
      for (const element of ['id', 'meta.versionId', 'status', 'start', 'end', 'created']) must(textAt(found, element) !== '', `a result has no ${element}`);
      must(listAt(found, 'participant').length === 1, 'a result has others than the patient for participants');
    }),
  },
  {
    id: 'B-710',
    needs: ['bookings'],
    run: eachFound((found) => {
      must(textAt(found, 'participant[0].actor.reference').startsWith(SPINE), 'the participant has no national reference');
      must(textAt(found, 'participant[0].actor.identifier.system') === NHS_NUMBER, 'the participant is not identified by NHS number');
      must(textAt(found, 'participant[0].status') === 'accepted', 'the participant is not accepted');
    }),
  },
  {
    id: 'B-711',
    needs: ['bookings'],
    run: async (kit) => {
      for (const entry of listAt(mustAnswer(await ofBooking(kit), 200).json, 'entry')) {
        const expected = `${kit.base}/Appointment/${textAt(entry, 'resource.id')}/_history/${textAt(entry, 'resource.meta.versionId')}`;
        must(textAt(entry, 'fullUrl') === expected, 'a fullUrl is not the address of the current version');
      }
    },
  },
  {
    id: 'B-712',
    run: async (kit) => {
      mustRefuse(await kit.provider.ask({ path: searchPath([['patient', kit.facts.newPatient()]], 'Appointment'), token: null }), { status: 403 }, 'a search by patient without token');
      mustRefuse(await find(kit, [['patient', 'nonsense']]), { status: 400 }, 'a search for what is no NHS number');
    },
  },
];

async function values(kit: Kit): Promise<void> {
  await mustFindBy(kit, (value) => [`${NHS_NUMBER}|${value}`, `|${value}`, value, `${SPINE}${value}`, `${SPINE}Patient/${value}`, value.replace(/^(...)(...)/, '$1 $2 ')].map((spelt) => ['patient', spelt]));
  const { id, nhsNumber } = await kit.facts.booking();
  must(idsOf(await kit.provider.ask({ path: `/Appointment?patient=${NHS_NUMBER}|${nhsNumber}` })).includes(id), 'system and value without encoding do not find the Appointment');
  const local = await kit.facts.localBooking();
  const [identifier] = listAt(contained(local.made.json, 'Patient')[0], 'identifier');
  const byLocal = await find(kit, [['patient', `${textAt(identifier, 'system')}|${textAt(identifier, 'value')}`]]);
  must(idsOf(byLocal).includes(local.id), 'the identifier of the provider does not find the Appointment');
}

async function mustFindBy(kit: Kit, queries: (nhsNumber: string) => Query): Promise<void> {
  const { id, nhsNumber } = await kit.facts.booking();
  for (const [name, value] of queries(nhsNumber)) must(idsOf(await find(kit, [[name, value]])).includes(id), `${name}=${value} does not find the Appointment`);
}

function find({ provider }: Kit, query: Query) {
  return provider.ask({ path: searchPath(query, 'Appointment') });
}

async function ofBooking(kit: Kit, more: Query = []) {
  return find(kit, [['patient', `${NHS_NUMBER}|${(await kit.facts.booking()).nhsNumber}`], ...more]);
}

function idsOf({ json }: { json: unknown }): readonly string[] {
  return resources(json, 'Appointment').map((found) => textAt(found, 'id'));
}

function eachFound(look: (found: unknown) => void): (kit: Kit) => Promise<void> {
  return async (kit) => {
    const found = resources(mustAnswer(await ofBooking(kit), 200).json, 'Appointment');
    must(found.length > 0, 'the search does not find the Appointment');
    found.forEach(look);
  };
}
