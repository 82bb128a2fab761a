import { db } from '@/lib/platform/db';
import { unique } from './unique';

/** Ranks of types of service in an ICB, in the order given, the first of them 1. */
export async function someRanks(icbCode: string, typeIds: readonly number[]): Promise<void> {
  await db.serviceTypeRank.createMany({ data: typeIds.map((typeId, index) => ({ area: icbCode, typeId, rank: index + 1 })) });
}

/** A symptom group of its own with discriminators valid in it, all of them numbers that nobody else has. */
export async function aSymptomGroup(discriminators: number): Promise<{ groupId: number; discriminatorIds: number[] }> {
  const group = await db.symptomGroup.create({ data: { id: symptomId(), name: 'Test symptom group' } });
  const made = await db.symptomDiscriminator.createManyAndReturn({
    data: Array.from({ length: discriminators }, () => ({ id: symptomId(), name: 'Test symptom discriminator' })),
  });
  await db.symptomPair.createMany({ data: made.map(({ id }) => ({ groupId: group.id, discriminatorId: id })) });
  return { groupId: group.id, discriminatorIds: made.map(({ id }) => id) };
}

// The column holds four bytes: `unique` in full does not fit.
function symptomId(): number {
  return 1_000_000 + (unique() % 1_000_000_000);
}
