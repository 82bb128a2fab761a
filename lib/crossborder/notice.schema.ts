import type { Commissioner } from '@/lib/crossborder/schema';

/** A booking that went ahead with notice to the host. No patient. `isEnded`: cancelled, moved or entered in error since. */
export type BorderNotice = {
  appointmentId: string;
  bookedAt: Date;
  bookedBy: string;
  serviceName: string;
  startsAt: Date;
  isEnded: boolean;
  from: Commissioner;
  to: Commissioner;
  ruleWords: string;
  pricePence: number | null;
};
