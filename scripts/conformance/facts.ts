import { minutesAfter, readClock } from './clock';
import { openBookings, type Bookings } from './bookings';
import { at, listAt, resources, textAt } from './look';
import { once } from './once';
import type { Exchange, Provider } from './provider';
import { UUID_SYSTEM, type FreeSlot } from './sample';
import type { Redaction } from './redaction';
import { unknown } from './verdict';
import { readXml } from './xml';

/** Parameters of a search, in their order. */
export type Query = readonly (readonly [name: string, value: string])[];

/** What several checks look at, made at first need and only once; and the bookings of the kit. */
export type Facts = Bookings & {
  search: (query: Query, headers?: Record<string, string | undefined>) => Promise<Exchange>;
  /** The free slots of the service, soonest first. Unknown when they cannot be searched for. */
  slots: () => Promise<readonly FreeSlot[]>;
  /** A free slot that the kit never books: searched for, and named in bookings that must be refused. */
  spare: () => Promise<FreeSlot>;
  /** The search for the spare slot: the service, free, starting when it starts. */
  spareQuery: () => Promise<Query>;
  /** The slots of the spare's day with everything that can be included. */
  full: () => Promise<Exchange>;
  /** Whether a text has a token or an NHS number of the kit. */
  isPrivate: (text: string) => boolean;
  /** Whether the provider has XML too, which is a SHOULD. */
  speaksXml: () => Promise<boolean>;
  /** A few exchanges of several kinds, for what holds of every answer. */
  everything: () => Promise<readonly Exchange[]>;
};

type Given = { provider: Provider; services: readonly [string, ...string[]]; nhsNumber: string | null; canBook: boolean; days: number; redaction: Redaction };

export const INCLUDES: Query = [
  ['_include', 'Slot:schedule'],
  ['_include:iterate', 'Schedule:actor:HealthcareService'],
  ['_include:iterate', 'Schedule:actor:Practitioner'],
  ['_include:iterate', 'Schedule:actor:PractitionerRole'],
  ['_include:iterate', 'HealthcareService:Organization'],
  ['_include:iterate', 'HealthcareService:Location'],
];
export const NOBODY = '00000000-0000-4000-8000-000000000000';

// A slot that begins sooner could be gone, or closed to booking, before the last check.
const SOONEST_MINUTES = 30;
const DAY_MINUTES = 1_440;

/** `search` as an address below the root. */
export function searchPath(query: Query, type: 'Slot' | 'Appointment' = 'Slot'): string {
  return `/${type}?${new URLSearchParams(query.map(([name, value]) => [name, value])).toString()}`;
}

/** Makes nothing yet: each fact is asked for when a check first needs it. */
export function openFacts({ provider, services: [service], nhsNumber, canBook, days, redaction }: Given): Facts {
  const search: Facts['search'] = (query, headers) => provider.ask({ path: searchPath(query), headers });
  const slots = once(async () => freeSlots(await search([['service', service], ['status', 'free'], ...window(0, days * DAY_MINUTES)])));
  const spare = once(async () => (await slots())[0] ?? unknown('the service has no free slot'));
  const spareQuery = once(async (): Promise<Query> => {
    const { start } = await spare();
    return [['service', service], ['status', 'free'], ['start', `ge${start}`], ['start', `le${start}`]];
  });
  const bookings = openBookings({ provider, canBook, nhsNumber, redaction, candidates: async () => (await slots()).slice(1) });
  return {
    ...bookings,
    isPrivate: redaction.isPrivate,
    search,
    slots,
    spare,
    spareQuery,
    full: once(async () => {
      const { start } = await spare();
      const until = minutesAfter(new Date(start), DAY_MINUTES);
      return search([['service', service], ['status', 'free'], ['start', `ge${start}`], ['start', `le${until}`], ...INCLUDES]);
    }),
    speaksXml: once(async () => readXml((await provider.ask({ path: '/metadata', headers: { accept: 'application/fhir+xml' } })).text) !== undefined),
    everything: once(async () => {
      await search([['service', service], ['status', 'free'], ...window(0, days * DAY_MINUTES)]);
      await provider.ask({ path: '/metadata' });
      await provider.ask({ path: `/Appointment/${NOBODY}` });
      await provider.ask({ path: '/Slot?start=never' });
      return provider.exchanges;
    }),
  };
}

/** A window of starts, in minutes from now. */
export function window(fromMinutes: number, toMinutes: number): Query {
  const now = readClock();
  return [
    ['start', `ge${minutesAfter(now, fromMinutes)}`],
    ['start', `le${minutesAfter(now, toMinutes)}`],
  ];
}

/** The free slots of an answer, soonest first. Unknown when it is no successful search. */
export function freeSlots({ status, json }: Exchange): readonly FreeSlot[] {
  if (status !== 200) unknown(`the search for free slots was answered ${status}`);
  const soonest = minutesAfter(readClock(), SOONEST_MINUTES);
  return resources(json, 'Slot')
    .filter((slot) => textAt(slot, 'status') === 'free')
    .map(freeSlot)
    .filter(({ start }) => Date.parse(start) > Date.parse(soonest))
    .sort((one, other) => Date.parse(one.start) - Date.parse(other.start));
}

/** The ids of the slots of a search. */
export function slotIds({ json }: Exchange): readonly string[] {
  return resources(json, 'Slot').map((slot) => textAt(slot, 'id'));
}

function freeSlot(slot: unknown): FreeSlot {
  const uuid = listAt(slot, 'identifier').find((identifier) => textAt(identifier, 'system') === UUID_SYSTEM) ?? at(slot, 'identifier[0]');
  return {
    id: textAt(slot, 'id'),
    identifier: textAt(uuid, 'value'),
    schedule: textAt(slot, 'schedule.reference'),
    start: textAt(slot, 'start'),
    end: textAt(slot, 'end'),
  };
}
