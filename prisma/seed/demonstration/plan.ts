import type { Hours } from '@/lib/directory/schema';
import type { Channel } from '@/lib/booking/schema';

/** What a place of the demonstration is, which decides all that is invented for it. */
export type Kind = 'gp-practice' | 'pharmacy' | 'utc' | 'co-located-utc' | 'urgent-care' | 'out-of-hours' | 'emergency';

/** A real place from the shipped files. Degrees WGS84. */
export type Place = {
  kind: Kind;
  odsCode: string;
  name: string;
  address: string;
  postcode: string;
  latitude: number;
  longitude: number;
  icbCode: string;
};

/** Hours of one day: 1 Monday to 7 Sunday, 8 public holiday. */
export type DayHours = Hours & { day: number };

/** Hours of one date, counted in days from the day of loading. */
export type DateHours = Hours & { daysAhead: number; reason: string };

export type CapacityPlan = { colour: 'amber' | 'red'; note: string; quarterHours: number };

export type TemplatePlan = {
  weekdays: readonly number[];
  opensMinute: number;
  closesMinute: number;
  slotMinutes: number;
  places: number;
  worksHolidays: boolean;
};

export type SchedulePlan = {
  channel: Channel | null;
  practitionerRole: string | null;
  practitionerName: string | null;
  practitionerGender: string | null;
  templates: readonly TemplatePlan[];
};

/** All of one service, before it has an id. */
export type ServicePlan = Omit<Place, 'kind'> & {
  kind: Kind;
  dosId: string;
  typeId: number;
  publicPhone: string;
  staffPhone: string;
  website: string | null;
  handlerInstructions: string | null;
  patientInformation: string | null;
  isBookable: boolean;
  isBookingOnly: boolean;
  holdMinutes: number;
  isOpenAllHours: boolean;
  isOnlyIfOpen: boolean;
  onlyIfOpenMinutes: number;
  isRestricted: boolean;
  genders: readonly string[];
  referralRoles: readonly string[];
  ages: { daysFrom: number; daysTo: number };
  dispositions: readonly string[];
  symptoms: readonly { groupId: number; discriminatorId: number }[];
  areas: readonly string[];
  practices: readonly string[];
  openings: readonly DayHours[];
  exceptions: readonly DateHours[];
  capacity: CapacityPlan | null;
  schedules: readonly SchedulePlan[];
};
