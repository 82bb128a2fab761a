import type { Conditions, Terms } from '@/lib/crossborder/schema';

/** Draft → proposed → agreed (or declined, to be changed again); agreed → superseded by a later version. Withdrawn: never to hold. */
export const AGREEMENT_STATES = ['draft', 'proposed', 'agreed', 'declined', 'superseded', 'withdrawn'] as const;
export type AgreementState = (typeof AGREEMENT_STATES)[number];

/** What somebody may write down: all that an agreement says. */
export type AgreementContent = Conditions & Terms & { title: string };

/** Which side somebody acts for. */
export type Side = 'from' | 'to';

/** One version as its page shows it. `edition` goes up with every change: what was looked at. */
export type AgreementVersion = AgreementContent & {
  id: string;
  version: number;
  state: AgreementState;
  edition: number;
  /** Names as they are now. */
  fromName: string;
  toName: string;
  serviceTypeName: string | null;
  serviceName: string | null;
  /** What the form names the one service by. */
  serviceDosId: string | null;
  createdBy: string;
  changedAt: Date;
  proposed: { at: Date; by: string; byId: string; side: Side } | null;
  settled: { at: Date; by: string; text: string | null } | null;
  /** What the person who looks may do now, in the order of buttons. */
  may: readonly AgreementStep[];
};

/** `clone` and `new-version` make a draft; the others change the version that is looked at. */
export const AGREEMENT_STEPS = ['edit', 'propose', 'take-back', 'agree', 'decline', 'withdraw', 'end', 'new-version', 'clone', 'what-if'] as const;
export type AgreementStep = (typeof AGREEMENT_STEPS)[number];

/** A line of the list. */
export type AgreementLine = Pick<AgreementVersion, 'id' | 'version' | 'title' | 'state' | 'fromName' | 'toName' | 'serviceTypeName' | 'serviceName' | 'outcome' | 'pricePence' | 'validFrom' | 'validTo' | 'dailyQuota'> & {
  /** Waits for the person who looks to agree or decline. */
  isForMe: boolean;
};

/**
 * How a draft stands to others. `overlaps`: the same key on the same days, which is refused. `shadowed-by`: wherever this one holds, that one is
 * more specific or newer and decides. `partly-shadowed-by`: for some of it. `shadows`, `partly-shadows`: the other way round.
 */
export type Conflict = { kind: 'overlaps' | 'shadowed-by' | 'partly-shadowed-by' | 'shadows' | 'partly-shadows'; agreement: { id: string; version: number; title: string } };

/** Where nothing is agreed between the two sides of a draft, also with it: the default holds. London dates, both included. */
export type Gap = { kind: 'days' | 'hours' | 'dates' | 'dispositions' | 'services'; words: string };

export type Standing = { conflicts: readonly Conflict[]; gaps: readonly Gap[] };
