import { z } from 'zod';
import { MAX_PLACES, type Extra } from '@/lib/schedule/schema';
import { typedMinute, typedNumber } from '@/lib/schedule/typed.rules';

/** For how long a service can pause, in minutes. */
export const PAUSE_MINUTES = [15, 30, 45, 60, 120] as const;
export const USUAL_PAUSE = 30;

const REASON_LENGTH = 200;

const serviceId = z.string().default('');

/** Bookings on or off, of the version of the service that was looked at. */
export type BookingsRequest = { serviceId: string; isBookable: boolean; version: number };

export const bookingsRequest: z.ZodType<BookingsRequest> = z
  .object({ serviceId, lever: z.enum(['stop', 'start']), version: z.coerce.number().int() })
  .transform(({ lever, ...rest }) => ({ ...rest, isBookable: lever === 'start' }));

export const pauseRequest = z.object({
  serviceId,
  minutes: z
    .string('Choose how long')
    .transform(Number)
    .refine((minutes) => PAUSE_MINUTES.some((known) => known === minutes), 'Choose how long'),
  reason: z.string().default('').pipe(z.string().trim().min(1, 'Say why: call handlers are shown it').max(REASON_LENGTH, `Enter at most ${REASON_LENGTH} characters`)),
});

const time = (fault: string) =>
  z.string().default('').transform((typed, ctx) => {
    const minute = typedMinute(typed);
    if (minute !== null) return minute;
    ctx.addIssue({ code: 'custom', message: fault });
    return z.NEVER;
  });

/** Places to add in one session of today, between two times of the London clock. */
export type PlacesRequest = { serviceId: string; sessionId: string; extra: Extra };

export const placesRequest: z.ZodType<PlacesRequest> = z
  .object({
    serviceId,
    sessionId: z.uuid('Choose a session'),
    places: z.string().default('').transform((typed, ctx) => {
      const places = typedNumber(typed);
      if (places !== null && places >= 1 && places <= MAX_PLACES) return places;
      ctx.addIssue({ code: 'custom', message: `Enter 1 to ${MAX_PLACES} places` });
      return z.NEVER;
    }),
    from: time('Enter a time, such as 14:00'),
    to: time('Enter a time, such as 17:00'),
  })
  .refine(({ from, to }) => from < to, { path: ['to'], message: 'Enter a time after the first' })
  .transform(({ from, to, places, ...rest }) => ({ ...rest, extra: { fromMinute: from, toMinute: to, places } }));
