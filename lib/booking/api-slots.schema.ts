import type { ApiOrganisation, ApiService } from '@/lib/directory/api-directory.schema';
import type { ApiSchedule } from '@/lib/schedule/api-schedule.schema';

/** The most slots of a search that names no service (B-305), and of one page. */
export const MAX_API_SLOTS = 1_000;

/** What another system searches slots by; services by DoS service id or by Onward's own. Instants, half-open; a bound that is null is not set. */
export type ApiSlotSearch = {
  /** Null: every service that is open to the client. */
  services: readonly string[] | null;
  statuses: { free: boolean; busy: boolean };
  start: { from: Date | null; before: Date | null };
  end: { from: Date | null; before: Date | null };
  /** Slots by their UUIDs; null: any. */
  ids: readonly string[] | null;
  /** At most so many, after the slot `after` in the order of the answer; null: all, and from the first on. */
  count: number | null;
  after: string | null;
  /** What the answer has besides slots and their schedules. */
  includes: { services: boolean; organisations: boolean };
};

/** Free: the client could book it now. Everything else is busy (B-214). Instants in milliseconds, half-open. */
export type ApiSlot = { id: string; scheduleId: string; isFree: boolean; startsAtMs: number; endsAtMs: number };

/** By start, end and id (B-345); schedules, services and organisations of these slots, each once. */
export type ApiSlots = {
  /** All that match, also those of other pages (B-351). */
  total: number;
  slots: readonly ApiSlot[];
  /** The slot after which the next page begins; null: there is none. */
  nextAfter: string | null;
  schedules: readonly ApiSchedule[];
  services: readonly ApiService[];
  organisations: readonly ApiOrganisation[];
  /** Why there is nothing, where it is not simply that nothing is free (B-343). */
  withheld: readonly Withheld[];
};

/** Why slots are withheld from a client. */
export type Withheld = 'service-closed' | 'organisation-refused' | 'client-not-allowed' | 'closed-for-a-time' | 'slots-not-offered';
