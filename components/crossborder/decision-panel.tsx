import { OUTCOME_TONES } from '@/components/crossborder/outcome-tones';
import { dayAndTime } from '@/components/layout/refusals/words';
import { Details } from '@/components/ui/details';
import { SummaryList, type SummaryRow } from '@/components/ui/summary-list';
import { Tag } from '@/components/ui/tag';
import type { BorderDecision, Found, KeptDecision, LookedAt } from '@/lib/crossborder/schema';
import { approverWords, howWords, outcomeWords, partyWords, priceWords, whyNotWords } from '@/lib/crossborder/words.rules';

type DecisionPanelProps = { decision: BorderDecision | KeptDecision; now: Date };

/** What a border says of one booking, or said of one that is kept: who pays, who is accountable, and by which rule. */
export function DecisionPanel({ decision, now }: DecisionPanelProps) {
  return (
    <div className="panel mb-5 py-2">
      <SummaryList rows={rowsOf(decision, now)} />
      <div className="mt-3">
        <Details summary="Rules looked at">
          <ol className="m-0 list-none p-0 text-detail">
            {decision.looked.map((rule) => (
              <li key={`${rule.ruleId} ${rule.version}`} className="mb-1 wrap-anywhere">
                {lookedWords(rule)}
              </li>
            ))}
          </ol>
        </Details>
      </div>
    </div>
  );
}

function rowsOf(decision: DecisionPanelProps['decision'], now: Date): SummaryRow[] {
  const { responsible, host, contractArea, failedContact, followUp } = decision;
  return [
    ...ruleRows(decision),
    { key: 'Responsible', value: foundWords(responsible) },
    { key: 'Host', value: foundWords(host) },
    { key: '111 contract area', value: foundWords(contractArea) },
    ...(decision.isCrossing ? [{ key: 'Who pays', value: <span className="tabular">{payWords(decision)}</span> }] : []),
    { key: 'Accountable', value: `If nobody reaches the patient: ${partyWords(failedContact)}. For follow-up: ${partyWords(followUp)}.` },
    ...approvalRows(decision, now),
  ];
}

function ruleRows(decision: DecisionPanelProps['decision']): SummaryRow[] {
  const words = <span className="wrap-anywhere">{decision.rule.words}.</span>;
  if (!decision.isCrossing) return [{ key: 'Border', value: words }];
  return [
    { key: 'Border', value: <Outcome decision={decision} /> },
    { key: 'By the rule', value: words },
  ];
}

// That the safety override made it an approval is in the words of the rule.
function Outcome({ decision }: Pick<DecisionPanelProps, 'decision'>) {
  if ('approval' in decision && decision.approval) return <Tag tone="green">Approved</Tag>;
  return <Tag tone={OUTCOME_TONES[decision.outcome]}>{outcomeWords(decision.outcome)}</Tag>;
}

function approvalRows(decision: DecisionPanelProps['decision'], now: Date): SummaryRow[] {
  if (!('approval' in decision)) return decision.outcome === 'approval' ? [{ key: 'May approve', value: decision.approvers.map(approverWords).join(', ') }] : [];
  const { approval, isCarriedOn } = decision;
  return [
    ...(approval ? [{ key: 'Approval', value: <span className="wrap-anywhere tabular">{approvedWords(approval, now)}</span> }] : []),
    ...(isCarriedOn ? [{ key: 'Carried on', value: 'Decided for the slot before: the service gave the patient this one instead.' }] : []),
  ];
}

function approvedWords({ by, as, at, text }: NonNullable<KeptDecision['approval']>, now: Date): string {
  return `Given ${dayAndTime(at, now)} by ${by}, as ${approverWords(as)}${text ? `: “${text}”` : ''}`;
}

function foundWords({ commissioner, how }: Found): string {
  return commissioner ? `${commissioner.name} (${howWords(how)})` : 'Not known';
}

function payWords({ payer, host, pricePence, noshowPence }: DecisionPanelProps['decision']): string {
  const [from, to] = [payer?.name ?? 'The responsible commissioner', host.commissioner?.name ?? 'the host'];
  if (pricePence === null) return `${from}, within contract with ${to}.`;
  return `${from} pays ${to} ${priceWords(pricePence)} when the patient comes, ${priceWords(noshowPence)} when not, nothing when cancelled.`;
}

function lookedWords({ title, version, why, ruleId }: LookedAt): string {
  const named = ruleId.startsWith('XB-') ? title : `${title}, version ${version}`;
  return `${named}: ${why ? whyNotWords(why) : 'decided'}`;
}
