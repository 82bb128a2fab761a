import { faulty, mustAnswer, mustRefuse } from '../expectations';
import { slotIds, type Query } from '../facts';
import { changed, resources, textAt } from '../look';
import type { Check, Kit } from '../model';
import { must } from '../verdict';

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** Times: section 2.4. */
export const TIMES: readonly Check[] = [
  { id: 'B-070', run: async (kit) => must((await timesSent(kit)).every((time) => INSTANT.test(time)), 'a start, end or lastUpdated is no instant with seconds and offset') },
  { id: 'B-071', run: async (kit) => must((await timesSent(kit)).every((time) => time.endsWith('+00:00')), 'a time is not written in UTC as +00:00') },
  {
    id: 'B-072',
    run: async (kit) => {
      const start = new Date((await kit.facts.spare()).start);
      const inHour = new Date(start.getTime() + 3_600_000).toISOString().replace('Z', '+01:00');
      const before = new Date(start.getTime() - 19_800_000).toISOString().replace('Z', '-05:30');
      for (const time of [start.toISOString(), inHour, before]) await mustFindSpare(kit, time);
    },
  },
  {
    id: 'B-073',
    run: async (kit) => {
      const start = new Date((await kit.facts.spare()).start).toISOString();
      const whole = start.slice(0, 19);
      for (const time of [`${whole}Z`, `${whole}.0Z`, `${whole}.000000000Z`, whole]) await mustFindSpare(kit, time);
      mustRefuse(await faulty(kit, (body) => changed(body, 'start', whole)), { status: 422 }, 'a start without offset in a body');
    },
  },
];

async function timesSent({ facts }: Kit): Promise<readonly string[]> {
  const { json } = mustAnswer(await facts.full(), 200);
  const slots = resources(json, 'Slot').flatMap((slot) => [textAt(slot, 'start'), textAt(slot, 'end')]);
  return [...slots, textAt(json, 'meta.lastUpdated')];
}

async function mustFindSpare({ facts, services: [service] }: Kit, time: string): Promise<void> {
  const query: Query = [['service', service], ['status', 'free'], ['start', `ge${time}`], ['start', `le${time}`]];
  must(slotIds(mustAnswer(await facts.search(query), 200)).includes((await facts.spare()).id), `the slot that starts then is not found by start=${time}`);
}
