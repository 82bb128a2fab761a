import { loadClients } from '@/prisma/seed/clients';
import { loadAppointments, loadBorders, loadDemonstration, loadElsewhere } from '@/prisma/seed/demonstration';
import type { Progress } from '@/prisma/seed/progress';
import { loadReference } from '@/prisma/seed/reference';
import { loadStaff } from '@/prisma/seed/staff';

/**
 * Loads all that an installation starts with: reference data, demonstration, accounts, API clients, some appointments, here, elsewhere and across borders. What is there stays; slots are topped up from `now`.
 * DATABASE_URL must be set to `url` before this module is imported.
 */
export async function load(url: string, { now, progress }: { now: Date; progress: Progress }): Promise<void> {
  await loadReference(url, progress);
  await loadDemonstration(url, { now, progress });
  await loadStaff(url);
  await loadClients(url);
  await loadAppointments(url, { now });
  await loadElsewhere(url, { now });
  await loadBorders(url, { now });
}
