import { db, type Prisma } from '@/lib/platform/db';
import { serviceRow } from './rows';
import { unique } from './unique';

type ServiceOptions = Partial<Parameters<typeof serviceRow>[0]> & Partial<Pick<Prisma.ServiceUncheckedCreateInput, 'status' | 'refusesFrom' | 'openings' | 'openingExceptions' | 'capacityStates'>> & {
  dispositions?: readonly string[];
  ages?: readonly { daysFrom: number; daysTo: number }[];
  symptoms?: readonly { groupId: number; discriminatorId: number }[];
  areas?: readonly string[];
  practices?: readonly string[];
};

const EVERY_AGE = [{ daysFrom: 0, daysTo: 47_481 }];

/** The service of `serviceRow`, of a provider of its own, for every age, that takes the primary care dispositions. */
export async function aService({ dispositions = ['Dx05', 'Dx06', 'Dx07', 'Dx08'], ages = EVERY_AGE, symptoms = [], areas = [], practices = [], status, refusesFrom, openings, openingExceptions, capacityStates, ...given }: ServiceOptions = {}) {
  const number = unique();
  const odsCode = given.odsCode ?? `T${number}`;
  await db.organisation.upsert({ where: { odsCode }, create: { odsCode, name: `Test provider ${number}`, kind: 'provider' }, update: {} });
  return db.service.create({
    data: {
      ...serviceRow({ dosId: `999${String(number).padStart(12, '0')}`, name: `Test Urgent Treatment Centre ${number}`, ...given, odsCode }),
      status,
      refusesFrom,
      openings,
      openingExceptions,
      capacityStates,
      dispositions: { create: dispositions.map((code) => ({ code })) },
      ages: { create: [...ages] },
      symptoms: { create: [...symptoms] },
      areas: { create: areas.map((icbCode) => ({ icbCode })) },
      practices: { create: practices.map((practice) => ({ practice })) },
    },
  });
}
