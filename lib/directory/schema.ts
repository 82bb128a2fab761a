import type { MinuteOfDay } from '@/lib/platform/time';
import type { LocalDate } from '@/lib/platform/time-words';

/** A position with the commissioner of the place. Degrees WGS84; distances are worked out from here. */
export type Place = {
  /** Normalised: `LS1 4AP`, or an outcode alone, `LS1`. */
  postcode: string;
  latitude: number;
  longitude: number;
  /** Null outside England and where the source names no board. */
  icbCode: string | null;
  country: Country;
  /** How well the position is known: anything but `postcode` makes every distance approximate. */
  precision: 'postcode' | 'sector' | 'outcode';
};

export type Country = 'E' | 'W' | 'S';

/** NHS Pathways outcome; minutes are null where the label counts working days or gives no time. */
export type Disposition = {
  code: string;
  title: string;
  family: string;
  contactMode: string;
  timeframeMinutes: number | null;
  timeframeLabel: string | null;
  outsideTimeframeRule: string | null;
  numericId: number;
};

/** M male, F female, I indeterminate or not known (D-009). */
export type Gender = 'M' | 'F' | 'I';

/** Who searches: services are profiled for roles (D-014). */
export type ReferralRole = 'call-handler' | 'clinician';

/** A validated search, free of patient identity (D-004). */
export type SearchRequest = {
  place: Place;
  ageDays: number;
  /** Only where the age was estimated as a group: its last day. A service matches whose range overlaps the group's (D-002). */
  ageDaysTo?: number;
  gender: Gender;
  /** Null: not filtered. */
  disposition: Disposition | null;
  /** Null: no symptom checks. */
  symptomGroup: number | null;
  discriminators: readonly number[];
  /** ODS code of the registered GP practice. */
  practiceCode: string | null;
  role: ReferralRole;
  /** The search time `t` of the session window. */
  at: Date;
  /** End of the disposition's timeframe; null when it has none: then every free slot within a week counts as in time. */
  dueAt: Date | null;
  /** Kilometres; only used where no stored distance applies. */
  distanceKm?: number;
  /** True: `distanceKm` wins over every stored distance (D-005). */
  isDistanceForced?: boolean;
};

export type DistanceSource = 'Override' | 'Postcode' | 'Sector' | 'District' | 'Web Service' | 'National';

/** Local hours of one day, minutes since midnight, from 0 to 1439. */
export type Hours = { fromMinute: MinuteOfDay; toMinute: MinuteOfDay };

/** All that decides when a service is open (D-020). Days: 1 Monday to 7 Sunday, 8 public holiday. */
export type OpeningPattern = {
  isOpenAllHours: boolean;
  days: ReadonlyMap<number, readonly Hours[]>;
  exceptions: ReadonlyMap<LocalDate, readonly Hours[]>;
};

/** Whether a service is open, until when, or when it next opens within 7 days (D-027). */
export type OpenState =
  | { kind: 'open-all-hours' }
  | { kind: 'open'; until: Date }
  | { kind: 'closed'; opensAt: Date }
  | { kind: 'unknown' };

/** High is shown as available, Low as limited (D-028, D-030). */
export type Capacity = 'High' | 'Low' | 'None';

/** One service in a search answer, in the order received (D-050). */
export type ServiceRow = {
  id: string;
  dosId: string;
  name: string;
  typeId: number;
  typeName: string;
  address: string;
  postcode: string;
  icbCode: string | null;
  /** Straight line, one decimal (D-033). */
  distanceMiles: number;
  mark: 'Home' | 'Home OOH' | 'Catch-all' | null;
  open: OpenState;
  capacity: Capacity;
  capacityNote: string | null;
  isBookable: boolean;
  isBookingOnly: boolean;
  publicPhone: string | null;
  /** Only for clinicians, never read out (D-047). */
  staffPhone: string | null;
  handlerInstructions: string | null;
  patientInformation: string | null;
  accessNeeds: string | null;
  /** Free from the search time until due, and not held by a call. */
  freeInTime: number;
  earliestInTime: Date | null;
  /** The first free slot after the due time, when none is in time. */
  earliestAfter: Date | null;
};

/** The checks of the first pipeline, whose failures are not counted (D-006 to D-010). */
export const SILENT_CHECKS = ['status', 'distance', 'symptoms', 'gender', 'practices'] as const;
export type SilentCheck = (typeof SILENT_CHECKS)[number];

/** The checks of the second pipeline: a candidate that fails exactly one is a gap (D-011 to D-019). */
export const GAP_CHECKS = ['capacity', 'discriminators', 'disposition', 'role', 'age', 'opening', 'only-if-open', 'area'] as const;
export type GapCheck = (typeof GAP_CHECKS)[number];

/** How many are free of one service, and the earliest. */
export type FreeCount = Pick<ServiceRow, 'id' | 'isBookable' | 'publicPhone' | 'freeInTime' | 'earliestInTime' | 'earliestAfter'>;

/** A free count as it is shown. */
export type CountWords = { count: string; note: string };

/** A service that was found by its name or a code. */
export type FoundService = Pick<ServiceRow, 'id' | 'dosId' | 'name' | 'typeName' | 'address' | 'postcode' | 'distanceMiles' | 'isBookable'> & { odsCode: string };

/** All that is kept of one service (D-048). */
export type ServiceDetail = {
  id: string;
  dosId: string;
  odsCode: string;
  name: string;
  typeId: number;
  typeName: string;
  status: string;
  address: string;
  postcode: string;
  latitude: number;
  longitude: number;
  icbCode: string | null;
  publicPhone: string | null;
  /** Only for clinicians, never read out (D-047). */
  staffPhone: string | null;
  website: string | null;
  handlerInstructions: string | null;
  patientInformation: string | null;
  isBookable: boolean;
  isBookingOnly: boolean;
  isDemonstration: boolean;
  ages: readonly { daysFrom: number; daysTo: number }[];
  opening: OpeningPattern;
};

/** A symptom group with the discriminators that are valid in it. */
export type SymptomGroup = { id: number; name: string; discriminators: readonly { id: number; name: string }[] };

export type SearchAnswer = {
  services: readonly ServiceRow[];
  isCatchAll: boolean;
  /** 102 when nothing was found, catch-all included (D-043). */
  code: null | 102;
  distanceKm: number;
  distanceSource: DistanceSource;
  /** Candidates that passed every check, before the limits per type. */
  matched: number;
  /** How many candidates failed exactly this one check. Where it is another check, opening is judged by what the hours can promise, not to the minute. */
  gaps: Partial<Record<GapCheck, number>>;
};
