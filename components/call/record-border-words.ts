import type { CallRecord } from '@/lib/booking/record.queries';
import type { CallEvent } from '@/lib/booking/record.schema';
import { approver, outcome, type KeptDecision } from '@/lib/crossborder/schema';
import { approverWords, outcomeWords, paysWords } from '@/lib/crossborder/words.rules';

type Event<Kind extends CallEvent['kind']> = Extract<CallEvent, { kind: Kind }>;
type ShownBorder = Event<'services-shown'>['services'][number]['border'];

// Each gives parts of a line, and none when an appointment of the call is sealed to whoever looks.

/** What was said of the border of a service that was shown. */
export function noteWords(border: ShownBorder, { borders }: CallRecord): string[] {
  if (!border || !borders) return [];
  const says = outcome.safeParse(border.outcome).data;
  const rule = border.ruleId.startsWith('default-') ? 'the default' : `an agreement, version ${border.ruleVersion}`;
  const because = border.isOverride ? ', because nothing else was free in time' : '';
  return [`across a border: ${says ? outcomeWords(says).toLowerCase() : border.outcome} (${rule}${because})`];
}

/** With which words approval was asked for. */
export function askedWords({ approvalId }: Event<'approval-asked'>, { borders }: CallRecord): string[] {
  const texts = borders?.approvals.get(approvalId);
  return texts ? [`“${texts.asked}”`] : [];
}

/** As what somebody answered, and with which words. */
export function answeredWords({ approvalId, as }: Event<'approval-answered'>, { borders }: CallRecord): string[] {
  if (!borders) return [];
  const known = approver.safeParse(as).data;
  const text = borders.approvals.get(approvalId)?.answer;
  return [`as ${known ? approverWords(known) : as}`, ...(text ? [`“${text}”`] : [])];
}

/** What was decided about the border of an appointment that was booked, and by which rule. */
export function keptWords(appointmentId: string, { borders }: CallRecord): string[] {
  const decision = borders?.decisions.get(appointmentId);
  if (!decision) return [];
  if (!decision.isCrossing) return [decision.rule.words];
  return [`${decision.rule.words}: ${outcomeWords(decision.outcome).toLowerCase()}`, paysWords(decision), ...approvedWords(decision)];
}

function approvedWords({ approval }: KeptDecision): string[] {
  return approval ? [`approved by ${approval.by}, as ${approverWords(approval.as)}`] : [];
}
