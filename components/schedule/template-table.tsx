import { breaksWords, daysWords, hoursWords, keptBackWords, slotLengthWords, validWords } from '@/components/schedule/pattern-words';
import { Link } from '@/components/ui/link';
import type { TemplateNow } from '@/lib/schedule/schema';
import { capacitySum } from '@/lib/schedule/sum.rules';

type TemplateTableProps = { serviceId: string; caption: string; templates: readonly TemplateNow[]; now: Date };

const HEADS = ['Days', 'Hours', 'Breaks', 'Slots', 'Slots a week', 'Kept back', 'Dates'] as const;

/** Weekly patterns of one schedule, with what can be done to each. */
export function TemplateTable({ serviceId, caption, templates, now }: TemplateTableProps) {
  return (
    <div className="relative mb-5 overflow-x-auto border border-line bg-panel">
      <table className="tabular mb-0 w-full border-collapse text-left text-detail">
        <caption className="px-3 py-2 text-left text-lead font-bold">{caption}</caption>
        <thead>
          <tr className="border-y border-line">
            {HEADS.map((head) => (
              <th key={head} scope="col" className="px-3 py-2 font-semibold">
                {head}
              </th>
            ))}
            <th scope="col" className="px-3 py-2">
              <span className="nhsuk-u-visually-hidden">What to do</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {templates.map((template) => (
            <TemplateRow key={template.id} serviceId={serviceId} template={template} now={now} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function TemplateRow({ serviceId, template, now }: { serviceId: string; template: TemplateNow; now: Date }) {
  const path = `/schedules/${serviceId}/templates`;
  const about = <span className="nhsuk-u-visually-hidden"> {`${daysWords(template.weekdays)} ${hoursWords(template)}`}</span>;
  const cells = [hoursWords(template), breaksWords(template), slotLengthWords(template), capacitySum(template).slots * template.weekdays.length, keptBackWords(template), validWords(template, now)];
  return (
    <tr className="border-b border-line align-top last:border-b-0">
      <th scope="row" className="px-3 py-2 font-semibold first-letter:uppercase">
        {daysWords(template.weekdays)}
        {template.worksHolidays ? <span className="block font-normal text-quiet">and bank holidays</span> : null}
      </th>
      {cells.map((cell, index) => (
        <td key={HEADS[index + 1]} className="px-3 py-2">
          {cell}
        </td>
      ))}
      <td className="px-3 py-2">
        <div className="flex flex-wrap justify-end gap-x-4">
          <Link href={`${path}/${template.id}`}>Change{about}</Link>
          <Link href={`${path}/new?copy=${template.id}`}>Copy{about}</Link>
          <Link href={`${path}/${template.id}/end`}>End it{about}</Link>
        </div>
      </td>
    </tr>
  );
}
