import type { AppointmentStatus } from '@/lib/booking/schema';
import type { Step } from './steps';

/** The steps that change the latest appointment of a call. Amended, it stays booked. */
export const CHANGES: Partial<Record<Step['kind'], { wanted: AppointmentStatus | null; isBeforeOnly: boolean }>> = {
  cancel: { wanted: 'cancelled', isBeforeOnly: true },
  amend: { wanted: null, isBeforeOnly: true },
  'in-error': { wanted: 'entered-in-error', isBeforeOnly: false },
  arrive: { wanted: 'arrived', isBeforeOnly: false },
  fulfil: { wanted: 'fulfilled', isBeforeOnly: false },
  noshow: { wanted: 'noshow', isBeforeOnly: false },
};

/** What each attendance is taken back to. */
export const UNDONE: Partial<Record<AppointmentStatus, AppointmentStatus>> = { arrived: 'booked', fulfilled: 'arrived', noshow: 'booked' };
export const ATTENDING: ReadonlySet<Step['kind']> = new Set(['arrive', 'fulfil', 'noshow']);
