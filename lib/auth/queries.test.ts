import { expect, test } from 'vitest';
import { colleaguesOf } from '@/lib/auth/queries';
import { db } from '@/lib/platform/db';
import { aHandler } from '@/prisma/factories/staff';

test('colleagues are the active people of the own organisation with one of the roles, by name, and never oneself', async () => {
  const { actor } = await aHandler({ role: 'clinician' });
  const here = { organisationCode: actor.organisation.code };
  const [ruth, asha, gone] = await Promise.all([
    aHandler({ ...here, role: 'clinician', name: 'Ruth Test' }),
    aHandler({ ...here, role: 'clinician', name: 'Asha Test' }),
    aHandler({ ...here, role: 'clinician' }),
    aHandler({ ...here, role: 'supervisor' }),
    aHandler({ role: 'clinician' }),
  ]);
  await db.staff.update({ where: { id: gone.actor.id }, data: { isActive: false } });
  await db.staffRole.create({ data: { staffId: ruth.actor.id, role: 'supervisor', scope: actor.organisation.code } });

  expect(await colleaguesOf(actor, ['clinician'])).toEqual([
    { id: asha.actor.id, name: 'Asha Test' },
    { id: ruth.actor.id, name: 'Ruth Test' },
  ]);
  expect(await colleaguesOf(actor, ['supervisor', 'clinician'])).toHaveLength(3);
  expect(await colleaguesOf(actor, [])).toEqual([]);
});
