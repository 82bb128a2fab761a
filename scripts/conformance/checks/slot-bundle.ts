import { minutesAfter } from '../clock';
import { mustAnswer, mustRefuse } from '../expectations';
import { INCLUDES, slotIds, type Query } from '../facts';
import { at, has, listAt, resources, textAt } from '../look';
import type { Check, Kit } from '../model';
import { must, unknown } from '../verdict';

const SCHEDULE: Query = [['_include', 'Slot:schedule']];
const SERVICE: Query = [...SCHEDULE, ['_include:iterate', 'Schedule:actor:HealthcareService']];

/** What is included and what a search answers: sections 5.2 and 5.3. */
export const SLOT_BUNDLE: readonly Check[] = [
  included('B-320', 'Schedule', [], ['Slot:schedule']),
  included('B-321', 'HealthcareService', SCHEDULE, ['Schedule:actor:HealthcareService', 'Schedule:actor']),
  included('B-322', 'Practitioner', SCHEDULE, ['Schedule:actor:Practitioner']),
  included('B-323', 'PractitionerRole', SCHEDULE, ['Schedule:actor:PractitionerRole']),
  included('B-324', 'Organization', SERVICE, ['HealthcareService:Organization', 'HealthcareService:organization', 'HealthcareService:providedBy', 'HealthcareService.providedBy']),
  included('B-325', 'Location', SERVICE, ['HealthcareService:Location', 'HealthcareService:location', 'HealthcareService.location', 'Schedule:actor:Location']),
  {
    id: 'B-330',
    run: async (kit) => {
      must(typesOf(await spareSearch(kit, [])).every((type) => type === 'Slot'), 'a search without _include has others than Slots');
      must(typesOf(await spareSearch(kit, SCHEDULE)).every((type) => ['Slot', 'Schedule'].includes(type)), 'a search with Slot:schedule has others than Slots and Schedules');
    },
  },
  {
    id: 'B-331',
    run: async (kit) => {
      const answer = await spareSearch(kit, [['_include', 'Slot:colour'], ['_include', 'Nonsense'], ['_include', 'Schedule:actor:Device']]);
      must(typesOf(answer).includes('Slot'), 'the Slots do not come with an include that is unknown');
    },
  },
  {
    id: 'B-332',
    run: async ({ facts }) => {
      const { json, text } = mustAnswer(await facts.full(), 200);
      const names = resources(json).map((resource) => `${textAt(resource, 'resourceType')}/${textAt(resource, 'id')}`);
      must(new Set(names).size === names.length, 'a resource stands twice in the Bundle');
      const stray = names.filter((name) => !name.startsWith('Slot/') && !name.startsWith('OperationOutcome/') && !new RegExp(`"reference"\\s*:\\s*"[^"]*${escaped(name)}"`).test(text));
      must(stray.length === 0, `${stray[0] ?? ''} is included, but nothing refers to it`);
    },
  },
  {
    id: 'B-333',
    run: async (kit) => {
      const orphans = await spareSearch(kit, INCLUDES.slice(1));
      must(typesOf(orphans).every((type) => type === 'Slot'), 'without Slot:schedule others were included');
    },
  },
  {
    id: 'B-334',
    run: async (kit) => must(typesOf(await spareSearch(kit, [['_revinclude', 'Appointment:slot']])).every((type) => type === 'Slot'), '_revinclude added resources'),
  },
  {
    id: 'B-340',
    run: async ({ facts, services: [service] }) => {
      const some = (await facts.slots()).slice(0, 5);
      const [first, last] = [some[0], some.at(-1)];
      must(first !== undefined && last !== undefined, 'no free slot of the service was found, which --service is said to have');
      const found = slotIds(mustAnswer(await facts.search([['service', service], ['status', 'free'], ['start', `ge${first.start}`], ['start', `le${last.start}`]]), 200));
      must(some.every(({ id }) => found.includes(id)), 'a narrower window leaves out slots that start in it');
    },
  },
  {
    id: 'B-342',
    run: async ({ facts, services: [service] }) => {
      const { start } = await facts.spare();
      const between = minutesAfter(new Date(start), 1 / 120);
      const { json } = mustAnswer(await facts.search([['service', service], ['status', 'free'], ['start', `ge${between}`], ['start', `le${between}`]]), 200);
      must(at(json, 'total') === 0 && !has(json, 'entry'), 'a search that finds nothing does not have total 0 and no entry');
    },
  },
  {
    id: 'B-345',
    run: async ({ facts }) => {
      const { json } = mustAnswer(await facts.full(), 200);
      const types = resources(json).map((resource) => textAt(resource, 'resourceType'));
      must(types.lastIndexOf('Slot') < types.filter((type) => type === 'Slot').length, 'included resources stand before Slots');
      const keys = resources(json, 'Slot').map((slot) => [Date.parse(textAt(slot, 'start')), Date.parse(textAt(slot, 'end')), textAt(slot, 'id')] as const);
      const sorted = [...keys].sort((one, other) => one[0] - other[0] || one[1] - other[1] || (one[2] < other[2] ? -1 : 1));
      must(keys.every((key, index) => key === sorted[index]), 'the Slots are not ordered by start, end and id');
    },
  },
  {
    id: 'B-346',
    run: async ({ facts, services: [service] }) => {
      mustRefuse(await facts.search([['service', service], ['start', 'never']]), { status: 400, code: 'value', names: 'http.start' }, 'start=never');
      mustRefuse(await facts.search([['service', service], ['status', 'nonsense']]), { status: 400, names: 'http.status' }, 'status=nonsense');
    },
  },
  {
    id: 'B-350',
    run: async ({ facts, base, services: [service] }) => {
      const { json } = mustAnswer(await facts.full(), 200);
      must(textAt(json, 'type') === 'searchset' && textAt(json, 'id') !== '' && textAt(json, 'meta.lastUpdated') !== '', 'the Bundle is no searchset with id and meta.lastUpdated');
      const self = listAt(json, 'link').find((link) => textAt(link, 'relation') === 'self');
      const url = textAt(self, 'url');
      must(url.startsWith(`${base}/Slot?`) && url.includes(service), 'the self link is not the root, /Slot and the parameters that were understood');
    },
  },
  {
    id: 'B-351',
    run: async ({ facts }) => {
      const { json } = mustAnswer(await facts.full(), 200);
      must(at(json, 'total') === resources(json, 'Slot').length, `total is ${String(at(json, 'total'))}, and ${resources(json, 'Slot').length} Slots came`);
    },
  },
  {
    id: 'B-352',
    run: async ({ facts }) => {
      for (const entry of listAt(mustAnswer(await facts.full(), 200).json, 'entry')) {
        const mode = textAt(entry, 'search.mode');
        const expected = textAt(entry, 'resource.resourceType') === 'Slot' ? 'match' : 'include';
        must(/^https?:\/\//.test(textAt(entry, 'fullUrl')) && has(entry, 'resource'), 'an entry has no absolute fullUrl or no resource');
        must(mode === '' || mode === expected || mode === 'outcome', `a ${textAt(entry, 'resource.resourceType')} has search.mode ${mode}`);
      }
    },
  },
];

function included(id: string, type: string, parents: Query, values: readonly string[]): Check {
  return {
    id,
    run: async (kit) => {
      if (!typesOf(await spareSearch(kit, INCLUDES)).includes(type)) unknown(`the slot has no ${type} to include`);
      for (const name of ['_include', '_include:iterate', '_include:recurse']) {
        for (const value of values) {
          must(typesOf(await spareSearch(kit, [...parents, [name, value]])).includes(type), `${name}=${value} does not add ${type}`);
        }
      }
    },
  };
}

async function spareSearch({ facts }: Kit, includes: Query) {
  return mustAnswer(await facts.search([...(await facts.spareQuery()), ...includes]), 200);
}

function typesOf({ json }: { json: unknown }): readonly string[] {
  return resources(json).map((resource) => textAt(resource, 'resourceType'));
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
