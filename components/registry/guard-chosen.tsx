import { otherWords } from '@/components/registry/guard-words';
import type { SummaryRow } from '@/components/ui/summary-list';
import type { MadeChoice } from '@/lib/booking/guard-choices.queries';

/** What became of the patient's other appointments when one was booked, as rows of a summary; the one that it replaced is told elsewhere. */
export function chosenRows(choices: readonly MadeChoice[], now: Date): SummaryRow[] {
  const kept = choices.filter(({ choice }) => choice === 'keep').map(({ reason, entry }) => `${otherWords(entry, now)}${reason ? `: ${reason}` : ''}`);
  const cancelled = choices.filter(({ choice }) => choice === 'cancel').map(({ entry }) => otherWords(entry, now));
  return [
    { key: 'Kept beside it', lines: kept },
    { key: 'Cancelled as well', lines: cancelled },
  ].flatMap(({ key, lines }) => (lines.length > 0 ? [{ key, value: <Lines lines={lines} /> }] : []));
}

function Lines({ lines }: { lines: readonly string[] }) {
  return lines.map((words, index) => (
    <span key={index} className="block wrap-anywhere tabular first-letter:uppercase">
      {words}
    </span>
  ));
}
