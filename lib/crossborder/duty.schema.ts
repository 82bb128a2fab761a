import { z } from 'zod';
import { isDutyEnd } from '@/lib/crossborder/duty.rules';

/** What the form sends that puts somebody on duty: an instant, as its list offered it at `now` or a little earlier. */
export function dutyRequest(now: Date) {
  const until = z.iso.datetime('Choose when your duty ends').pipe(z.coerce.date());
  return z.object({ until: until.refine((end) => isDutyEnd(end, now), 'Choose an end that is still to come') });
}
