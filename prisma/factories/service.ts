import { db, type Prisma } from '@/lib/platform/db';
import { newId } from '@/lib/platform/id';
import { unique } from './unique';

type ServiceOptions = Partial<Omit<Prisma.ServiceUncheckedCreateInput, 'dispositions' | 'ages' | 'symptoms' | 'areas' | 'practices'>> & {
  dispositions?: readonly string[];
  ages?: readonly { daysFrom: number; daysTo: number }[];
  symptoms?: readonly { groupId: number; discriminatorId: number }[];
  areas?: readonly string[];
  practices?: readonly string[];
};

const EVERY_AGE = [{ daysFrom: 0, daysTo: 47_481 }];

/** A bookable urgent treatment centre in Leeds, open all hours, for every age, that takes the primary care dispositions. */
export async function aService({ dispositions = ['Dx05', 'Dx06', 'Dx07', 'Dx08'], ages = EVERY_AGE, symptoms = [], areas = [], practices = [], ...given }: ServiceOptions = {}) {
  const number = unique();
  const odsCode = given.odsCode ?? `T${number}`;
  await db.organisation.upsert({ where: { odsCode }, create: { odsCode, name: `Test provider ${number}`, kind: 'provider' }, update: {} });
  return db.service.create({
    data: {
      id: newId(),
      dosId: `999${String(number).padStart(12, '0')}`,
      name: `Test Urgent Treatment Centre ${number}`,
      typeId: 135,
      address: '1 Example Street, Leeds',
      postcode: 'LS1 3EX',
      latitude: 53.8,
      longitude: -1.55,
      isBookable: true,
      isOpenAllHours: true,
      genders: ['M', 'F', 'I'],
      referralRoles: ['call-handler', 'clinician'],
      ...given,
      odsCode,
      dispositions: { create: dispositions.map((code) => ({ code })) },
      ages: { create: [...ages] },
      symptoms: { create: [...symptoms] },
      areas: { create: areas.map((icbCode) => ({ icbCode })) },
      practices: { create: practices.map((practice) => ({ practice })) },
    },
  });
}
