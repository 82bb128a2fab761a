import type { Page } from '@playwright/test';
import type { LiveAgreement } from '@/lib/crossborder/schema';
import { addMinutes, readClock } from '@/lib/platform/time';
import { londonDate } from '@/lib/platform/time-words';
import { anAgreement, GREATER_MANCHESTER } from '@/prisma/factories/agreement';
import { aService } from '@/prisma/factories/service';
import { freeSlotsInARow } from '@/prisma/factories/slot';
import { unique } from '@/prisma/factories/unique';
import { anEnglishPostcode, wholeMinute, within } from './world';

/** Far from Leeds, and without an agreement with anybody: the default holds there. */
export const KENT = 'QKS';

const SLOTS = 4;

type AcrossOptions = { disposition: string; place?: Awaited<ReturnType<typeof anEnglishPostcode>>; icbCode?: string };

/**
 * A service that this board hosts, with free slots in half an hour, at a place of the test's own. The disposition must be one that no service of
 * the demonstration takes and no other journey uses: then nothing else is found, however far the search goes.
 */
export async function aServiceAcross({ disposition, place, icbCode = GREATER_MANCHESTER }: AcrossOptions) {
  const there = place ?? (await anEnglishPostcode());
  const service = await aService({ ...there, icbCode, dispositions: [disposition] });
  await freeSlotsInARow(SLOTS, { serviceId: service.id, startsAt: within(addMinutes(wholeMinute(), 30), SLOTS * 10) });
  return { place: there, service };
}

/** What West Yorkshire and Greater Manchester agreed about one service: no other journey and no demonstration meets it. */
export async function agreedFor(serviceId: string, terms: Partial<LiveAgreement>) {
  const agreedAt = readClock();
  return anAgreement({ serviceId, title: `Across the Pennines ${unique()}`, validFrom: londonDate(agreedAt), agreedAt, ...terms });
}

/** The row of a service in the list of a call. */
export function rowOf(page: Page, serviceName: string) {
  return page.getByRole('main').getByRole('listitem').filter({ has: page.getByRole('link', { name: serviceName }) });
}
