import { minutesAfter, readClock } from '../clock';
import { mustAnswer, mustRefuse } from '../expectations';
import { searchPath, slotIds, window, type Query } from '../facts';
import { listAt, resources, textAt } from '../look';
import type { Check, Kit } from '../model';
import type { Exchange } from '../provider';
import { must } from '../verdict';

const DAY_MINUTES = 1_440;
const NO_SERVICE = '0000000000';
const SPELLINGS = ['service', 'schedule.actor:healthcareservice', 'schedule.actor:HealthcareService', '_schedule.actor:healthcareservice'];

/** Parameters of the search for slots: section 5.1. */
export const SLOT_SEARCH: readonly Check[] = [
  { id: 'B-301', run: services },
  { id: 'B-302', run: statuses },
  {
    id: 'B-303',
    run: async (kit) => {
      const { start } = await kit.facts.spare();
      for (const value of [start, `eq${start}`, `ge${start}`, `le${start}`]) await mustFind(kit, [['start', value], ...upTo(start)], `start=${value}`);
      for (const value of [`gt${start}`, `lt${start}`]) await mustMiss(kit, [['start', value], ...upTo(start)], `start=${value}`);
      await mustFind(kit, [['start', `ge${start}`], ['start', `le${start}`]], 'a window with both bounds at the start of the slot');
      await mustMiss(kit, [['start', `ge${start}`], ['start', `lt${start}`]], 'a window that ends just before the slot');
    },
  },
  {
    id: 'B-304',
    run: async (kit) => {
      const { start } = await kit.facts.spare();
      const day = new Date(start).toISOString().slice(0, 10);
      await mustFind(kit, [['start', `ge${day}`], ['start', `le${start}`]], `start=ge${day}`);
      const [service] = kit.services;
      const spaced = new Date(start).toISOString().replace(/\.\d+Z$/, ' 00:00');
      const path = `${searchPath([['service', service], ['status', 'free']])}&start=ge${spaced.replace(' ', '+')}&start=le${spaced.replace(' ', '%20')}`;
      mustContain(await kit.provider.ask({ path }), await spareId(kit), 'a start whose + became a space');
      for (const value of ['never', 'ge2027-13-45', 'ne2027-01-01', 'ge']) mustRefuse(await kit.facts.search([['service', service], ['start', value]]), { status: 400, code: 'value' });
    },
  },
  {
    id: 'B-305',
    run: async ({ facts, services: [service] }) => {
      for (const query of [[], [['service', service]], [['status', 'free']], [['service', service], ['start', window(0, 1)[0]?.[1] ?? '']]] satisfies Query[]) {
        mustAnswer(await facts.search(query), 200);
      }
    },
  },
  {
    id: 'B-306',
    run: async (kit) => {
      const [service] = kit.services;
      mustRefuse(await kit.facts.search([['service', service], ...window(-2 * DAY_MINUTES, -DAY_MINUTES)]), { status: 400 }, 'a window in the past');
      mustRefuse(await kit.facts.search([['service', service], ...window(0, -DAY_MINUTES).slice(1)]), { status: 400 }, 'an upper bound in the past');
      const { start } = await kit.facts.spare();
      await mustFind(kit, [...window(-DAY_MINUTES, 0).slice(0, 1), ['start', `le${start}`]], 'only the lower bound in the past');
    },
  },
  {
    id: 'B-307',
    run: async ({ facts, services: [service] }) => {
      const asked = readClock();
      const { json } = mustAnswer(await facts.search([['service', service], ['status', 'free'], ...window(-DAY_MINUTES / 2, DAY_MINUTES)]), 200);
      must(resources(json, 'Slot').every((slot) => Date.parse(textAt(slot, 'start')) > asked.getTime()), 'a free slot was returned that has begun');
    },
  },
  {
    id: 'B-308',
    run: async (kit) => {
      const { start, end } = await kit.facts.spare();
      const both: Query = [['start', `ge${start}`], ['start', `le${start}`]];
      await mustFind(kit, [...both, ['end', `le${end}`]], 'end=le of its end');
      await mustMiss(kit, [...both, ['end', `lt${end}`]], 'end=lt of its end');
    },
  },
  { id: 'B-309', run: counted },
  {
    id: 'B-310',
    run: async (kit) => {
      mustRefuse(await kit.facts.search([['service', NO_SERVICE], ...window(0, DAY_MINUTES)]), { status: 404, code: 'not-found', says: new RegExp(NO_SERVICE) }, 'a service that is not known');
      const { start } = await kit.facts.spare();
      const answer = await kit.facts.search([['service', `${NO_SERVICE},${kit.services[0]}`], ['start', `ge${start}`], ['start', `le${start}`]]);
      mustContain(answer, await spareId(kit), 'one service that is known beside one that is not');
    },
  },
  {
    id: 'B-311',
    run: async ({ facts, services: [service] }) => {
      mustRefuse(await facts.search([['service', service], ...window(2 * DAY_MINUTES, DAY_MINUTES)]), { status: 400, code: 'value' }, 'a window whose bounds are exchanged');
    },
  },
];

async function services(kit: Kit): Promise<void> {
  const id = await spareId(kit);
  const [service, another] = kit.services;
  const { start } = await kit.facts.spare();
  const rest: Query = [['status', 'free'], ['start', `ge${start}`], ['start', `le${start}`]];
  for (const name of SPELLINGS) {
    mustContain(await kit.facts.search([[name, service], ...rest]), id, `${name}=`);
    mustContain(await kit.provider.ask({ path: `/Slot?${name}=${service}&${searchPath(rest).replace('/Slot?', '')}` }), id, `${name}= without encoding`);
  }
  for (const value of [`HealthcareService/${service}`, `https://fhir.nhs.uk/Id/dos-service-id|${service}`, `|${service}`]) {
    mustContain(await kit.facts.search([['service', value], ...rest]), id, `service=${value}`);
  }
  if (another) mustContain(await kit.facts.search([['service', `${another},${service}`], ...rest]), id, 'two services with a comma');
}

async function statuses(kit: Kit): Promise<void> {
  const { start } = await kit.facts.spare();
  const [service] = kit.services;
  const ask = (...values: readonly string[]) => kit.facts.search([['service', service], ...values.map((value) => ['status', value] as const), ['start', `ge${start}`], ['start', `le${start}`]]);
  const id = await spareId(kit);
  for (const values of [['free'], ['free,busy'], ['busy', 'free'], []]) mustContain(await ask(...values), id, `status=${values.join('&status=') || '(absent)'}`);
  must(!slotIds(mustAnswer(await ask('busy'), 200)).includes(id), 'status=busy returned a free slot');
  for (const value of ['busy-unavailable', 'busy-tentative', 'entered-in-error']) {
    must(slotIds(mustAnswer(await ask(value), 200)).length === 0, `status=${value} returned slots`);
  }
  mustRefuse(await ask('nonsense'), { status: 400 });
}

async function counted({ facts, services: [service] }: Kit): Promise<void> {
  const query: Query = [['service', service], ['status', 'free'], ...window(0, 7 * DAY_MINUTES)];
  const { id } = await facts.spare();
  const byId = mustAnswer(await facts.search([...query, ['_id', id]]), 200);
  must(slotIds(byId).every((found) => found === id), '_id does not filter');
  const none = mustAnswer(await facts.search([...query, ['_count', '0']]), 200);
  must(slotIds(none).length === 0, '_count=0 returned slots');
  const first = mustAnswer(await facts.search([...query, ['_count', '1']]), 200);
  must(slotIds(first).length <= 1, '_count=1 returned more than one slot');
  const hasMore = (await facts.slots()).length > 1;
  must(!hasMore || listAt(first.json, 'link').some((link) => textAt(link, 'relation') === 'next'), '_count=1 has no next link');
}

function upTo(start: string): Query {
  return [['start', `le${minutesAfter(new Date(start), 1)}`]];
}

async function spareId({ facts }: Kit): Promise<string> {
  return (await facts.spare()).id;
}

function mustContain(answer: Exchange, id: string, when: string): void {
  must(answer.status === 200, `${when} was answered ${answer.status}, not 200`);
  must(slotIds(answer).includes(id), `${when} does not find the slot`);
}

async function mustFind(kit: Kit, query: Query, when: string): Promise<void> {
  mustContain(await kit.facts.search([['service', kit.services[0]], ['status', 'free'], ...query]), await spareId(kit), when);
}

async function mustMiss(kit: Kit, query: Query, when: string): Promise<void> {
  const answer = await kit.facts.search([['service', kit.services[0]], ['status', 'free'], ...query]);
  must(answer.status === 200, `${when} was answered ${answer.status}, not 200`);
  must(!slotIds(answer).includes(await spareId(kit)), `${when} finds the slot`);
}
