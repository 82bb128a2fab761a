import { z } from 'zod';
import type { LocalDate } from '@/lib/platform/time-words';

/** What a rule says of a booking. Notify: it goes ahead and the host is told; approval: somebody named by the rule answers first. */
export const OUTCOMES = ['allow', 'notify', 'approval', 'refuse'] as const;
export const outcome = z.enum(OUTCOMES);
export type Outcome = z.infer<typeof outcome>;

/** Who may approve: a commissioner on duty of the host or of the responsible side, or a supervisor or clinician of the organisation that asks. */
export const APPROVERS = ['host', 'responsible', 'supervisor', 'clinician'] as const;
export const approver = z.enum(APPROVERS);
export type Approver = z.infer<typeof approver>;

/** Who is accountable: the service that sees the patient, the organisation that booked, or one of the two commissioners. */
export const PARTIES = ['host-service', 'booker', 'host', 'responsible'] as const;
export const party = z.enum(PARTIES);
export type Party = z.infer<typeof party>;

/** How a commissioner was found. `host`: nothing is known of the patient, so where they are seen pays. */
export const HOW_FOUND = ['gp-practice', 'home-postcode', 'current-location', 'service', 'booking-organisation', 'host', 'unknown'] as const;
export const howFound = z.enum(HOW_FOUND);
export type HowFound = z.infer<typeof howFound>;

/** The commissioners of Wales and Scotland are their nations, by ONS code: their postcodes have no ICB. */
export const NATION_CODES = { W: 'W92000004', S: 'S92000003' } as const;
export type Nation = 'E' | keyof typeof NATION_CODES;

/** An ICB, or the nation outside England, which is in no region. `name`: `West Yorkshire`, `Wales`. */
export type Commissioner = { code: string; name: string; regionCode: string | null };

/** One commissioner of a booking, and how it was found; null when it could not be. */
export type Found = { commissioner: Commissioner | null; how: HowFound };

/** The three commissioners of a booking: who pays for the patient, where the service is, and in whose 111 contract area the caller is. */
export type Commissioners = { responsible: Found; host: Found; contractArea: Found };

/** What is known that commissioners are found from. Codes of ICBs; countries as of postcodes; null: not known. */
export type Origins = {
  practiceIcb: string | null;
  home: { icbCode: string | null; country: string } | null;
  current: { icbCode: string | null; country: string } | null;
  serviceIcb: string | null;
  /** The ICB of the organisation that books, for another system's booking, which tells no current location. */
  organisationIcb: string | null;
};

/** What a border is decided on. `disposition` is null in a booking of another system, which tells none; `startsAt` is the slot's. */
export type BorderFacts = Commissioners & {
  service: { id: string; name: string; typeId: number };
  disposition: { code: string; family: string; timeframeMinutes: number | null } | null;
  startsAt: Date;
};

/** One side of an agreement. */
export type Area = { kind: 'commissioner' | 'region'; code: string } | { kind: 'any' };

/** What a rule says besides where it holds. Pence, null: within contract. Approvers only where the outcome is approval. */
export type Terms = {
  outcome: Outcome;
  pricePence: number | null;
  noshowPence: number | null;
  failedContact: Party;
  followUp: Party;
  approvers: readonly Approver[];
};

/** Where and when an agreement holds. Empty lists and nulls: no condition. Minutes since midnight in London, half-open; from after to: over midnight. */
export type Conditions = {
  from: Area;
  to: Area;
  /** Narrows `to`: the services of one type, or one service. */
  serviceTypeId: number | null;
  serviceId: string | null;
  dispositions: readonly string[];
  families: readonly string[];
  /** 1 Monday to 7 Sunday, 8 a bank holiday of England, which is then no weekday. */
  weekdays: readonly number[];
  fromMinute: number | null;
  toMinute: number | null;
  /** London dates of the slot's start, both included; null: open. */
  validFrom: LocalDate;
  validTo: LocalDate | null;
  dailyQuota: number | null;
};

/** An agreed version, as it is decided by. */
export type LiveAgreement = Conditions & Terms & { id: string; version: number; title: string; agreedAt: Date };

/** What holds for patients of a nation where no agreement does. */
export type BorderDefault = Omit<Terms, 'outcome'> & {
  nation: Nation;
  version: number;
  /** A timeframe of so many minutes or fewer is urgent; so is a booking that tells no disposition. */
  urgentMinutes: number;
  urgentOutcome: Outcome;
  /** At emergency departments, whatever the timeframe. */
  emergencyOutcome: Outcome;
  otherOutcome: Outcome;
};

/** Why an agreement that was looked at did not decide. `less-specific`, `older`: another that matched came first. */
export const WHY_NOT = ['from', 'to', 'service-type', 'service', 'disposition', 'day', 'hours', 'dates', 'quota', 'less-specific', 'older'] as const;
export const whyNot = z.enum(WHY_NOT);
export type WhyNot = z.infer<typeof whyNot>;

/** One rule that was looked at, the one that decided first: its `why` is null. */
export const lookedAt = z.object({ ruleId: z.string(), version: z.number(), title: z.string(), why: whyNot.nullable() });
export type LookedAt = z.infer<typeof lookedAt>;

/**
 * The rule that decided. `same`: no border is crossed (XB-01). `unknown`: a commissioner is not known, so none can be said to be crossed (XB-02).
 * `agreement`: id and version of the agreement (XB-03). `default`: the nation's (XB-04). `words` say what holds, in one line, without prices.
 */
export type BorderRule = { kind: 'same' | 'unknown' | 'agreement' | 'default'; id: string; version: number; words: string };

/** May it be booked, who pays what to whom, and who is accountable. `quota`: what the booking takes of a day's quota. */
export type BorderDecision = Commissioners &
  Terms & {
    isCrossing: boolean;
    rule: BorderRule;
    /** Null when no border is crossed. */
    payer: Commissioner | null;
    /** Refused by its rule, but nothing else is free in time: so somebody is asked (XB-05). */
    isOverride: boolean;
    quota: { agreementId: string; day: LocalDate; quota: number } | null;
    looked: readonly LookedAt[];
  };

/** How many bookings of a day an agreement has, by `<agreement id> <day>`. */
export type QuotaUse = ReadonlyMap<string, number>;

/** All that decides: agreed versions that could match, what their quotas have been used for, and the default of each nation. */
export type BorderRules = { agreements: readonly LiveAgreement[]; used: QuotaUse; defaults: ReadonlyMap<Nation, BorderDefault>; holidays: ReadonlySet<LocalDate> };

/** What was decided about an appointment, as it is kept and shown; names of commissioners as they are now. */
export type KeptDecision = Omit<BorderDecision, 'quota'> & {
  at: Date;
  approval: { state: 'approved'; by: string; as: Approver; at: Date; text: string | null } | null;
  /** The service gave the patient another slot: what was decided for the first goes on. */
  isCarriedOn: boolean;
};
