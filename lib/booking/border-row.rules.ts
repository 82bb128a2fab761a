import type { BorderToKeep } from '@/lib/booking/border.rules';
import { decideBorder } from '@/lib/crossborder/rules';
import { howFound, type BorderDecision, type BorderFacts, type BorderRules, type Commissioner, type Found } from '@/lib/crossborder/schema';
import type { LocalDate } from '@/lib/platform/time-words';

/** A row of `border_decision`, but for what the booking itself says. `looked` is JSON. */
export type KeptRow = Pick<BorderDecision, 'isCrossing' | 'isOverride' | 'pricePence' | 'noshowPence'> & {
  ruleKind: string;
  ruleId: string;
  ruleVersion: number;
  ruleWords: string;
  outcome: string;
  responsibleCode: string | null;
  responsibleHow: string;
  hostCode: string | null;
  hostHow: string;
  contractCode: string | null;
  contractHow: string;
  payerCode: string | null;
  failedContact: string;
  followUp: string;
  quotaDay: LocalDate | null;
  approvalId: string | null;
  carriedFromId: string | null;
  looked: string;
};

/** The decision of an appointment, as it was read. */
type Carried = Omit<KeptRow, 'quotaDay' | 'carriedFromId' | 'looked'> & { looked: unknown };

/** The slot that the service gives the patient, and the board of the place where that is. */
type Given = { startsAt: Date; service: BorderFacts['service'] & { icbCode: string | null } };

/** Where no border is crossed, or none that is known: nothing needs to be read. */
export const NO_RULES: BorderRules = { agreements: [], used: new Map(), defaults: new Map(), holidays: new Set() };

const UNKNOWN: Found = { commissioner: null, how: 'unknown' };

/** What is kept of a decision that was made for the appointment itself. */
export function rowOf({ decision, approvalId }: BorderToKeep): KeptRow {
  const { responsible, host, contractArea, rule, payer, isCrossing, outcome, isOverride, pricePence, noshowPence, failedContact, followUp, quota, looked } = decision;
  return {
    ...{ isCrossing, outcome, isOverride, pricePence, noshowPence, failedContact, followUp, approvalId, carriedFromId: null },
    ...{ ruleKind: rule.kind, ruleId: rule.id, ruleVersion: rule.version, ruleWords: rule.words },
    ...{ responsibleCode: responsible.commissioner?.code ?? null, responsibleHow: responsible.how },
    ...{ hostCode: host.commissioner?.code ?? null, hostHow: host.how },
    ...{ contractCode: contractArea.commissioner?.code ?? null, contractHow: contractArea.how },
    ...{ payerCode: payer?.code ?? null, quotaDay: quota?.day ?? null, looked: JSON.stringify(looked) },
  };
}

/**
 * The decision that goes on when a service gives the patient of an appointment another slot: the patient did not choose it, so nothing is decided
 * anew, and no quota counts it. At a service of another commissioner that one is the host; when it is the patient's own, no border is crossed
 * any more (XB-01). `old` is null for an appointment from before decisions were kept (XB-02). Source: docs/rules.md#across-borders.
 */
export function carriedBorder(old: Carried | null, { appointmentId, slot }: { appointmentId: string; slot: Given }, known: ReadonlyMap<string, Commissioner>): KeptRow {
  const carried = { quotaDay: null, carriedFromId: appointmentId } as const;
  const host = hostOf(slot, known);
  if (!old || isBackHome(old, host)) return { ...rowOf({ decision: uncrossed(old, { slot, host }, known), approvalId: null }), ...carried };
  const newHost = old.isCrossing && host.commissioner ? { hostCode: host.commissioner.code, hostHow: host.how } : {};
  return { ...old, ...newHost, looked: JSON.stringify(old.looked), ...carried };
}

/** Which rule decided, what it said, and who pays what, in codes and pence: for the audit and the record of the call. */
export function borderFacts({ outcome, ruleId, ruleVersion, isOverride, payerCode, pricePence, approvalId }: KeptRow) {
  return { outcome, ruleId, ruleVersion, isOverride, payer: payerCode, pricePence, approvalId };
}

/** The record of a call tells of a border only where one is crossed. */
export function crossedFacts(row: KeptRow): { border?: ReturnType<typeof borderFacts> } {
  return row.isCrossing ? { border: borderFacts(row) } : {};
}

function hostOf({ service: { icbCode } }: Given, known: ReadonlyMap<string, Commissioner>): Found {
  const commissioner = icbCode === null ? undefined : known.get(icbCode);
  return commissioner ? { commissioner, how: 'service' } : UNKNOWN;
}

function isBackHome({ isCrossing, responsibleCode }: Carried, { commissioner }: Found): boolean {
  return isCrossing && commissioner?.code === responsibleCode;
}

function uncrossed(old: Carried | null, { slot: { service, startsAt }, host }: { slot: Given; host: Found }, known: ReadonlyMap<string, Commissioner>): BorderDecision {
  const responsible = old ? { ...host, how: howFound.parse(old.responsibleHow) } : UNKNOWN;
  const commissioner = old?.contractCode ? known.get(old.contractCode) : undefined;
  const contractArea = old && commissioner ? { commissioner, how: howFound.parse(old.contractHow) } : UNKNOWN;
  return decideBorder({ service, startsAt, disposition: null, responsible, host, contractArea }, NO_RULES);
}
