import { stepWords } from '@/components/schedule/contact-words';
import type { TaskStep } from '@/lib/notify/contact.schema';
import { clockTime, dayWords, londonDate } from '@/lib/platform/time-words';

/** What was done for one person, newest first. */
export function ContactSteps({ steps, now }: { steps: readonly TaskStep[]; now: Date }) {
  return (
    <section aria-labelledby="steps-heading" className="panel">
      <h2 id="steps-heading" className="nhsuk-heading-s mb-2">
        What was done
      </h2>
      <ol className="m-0 list-none p-0 text-detail">
        {steps.map((step, index) => (
          <li key={index} className="mb-0 grid gap-x-4 border-b border-line py-2 last:border-b-0 sm:grid-cols-[9rem_minmax(0,1fr)]">
            <time dateTime={step.at.toISOString()} className="text-quiet tabular">
              {dayWords(londonDate(step.at), now)} {clockTime(step.at)}
            </time>
            <span className="wrap-anywhere">
              <strong>{stepWords(step)}</strong>
              {step.by ? ` by ${step.by}` : ' by itself'}
              {step.kind === 'attempt' && step.note ? `: ${step.note}` : ''}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
