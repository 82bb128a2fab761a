'use client';

import type { MouseEvent } from 'react';
import { FocusOnShow } from '@/components/ui/focus-on-show';

/** Every fault of a form with a link to its field; nothing when there is none. Takes the focus when it appears. */
export function ErrorSummary({ errors, title = 'There is a problem' }: { errors: Record<string, string>; title?: string }) {
  const faults = Object.entries(errors);
  if (faults.length === 0) return null;

  return (
    <FocusOnShow of={errors} className="nhsuk-error-summary" labelledBy="error-summary-title">
      <div role="alert">
        <h2 className="nhsuk-error-summary__heading" id="error-summary-title">
          {title}
        </h2>
        <ul className="nhsuk-list nhsuk-error-summary__list">
          {faults.map(([field, fault]) => (
            <li key={field}>
              <a href={`#${field}`} onClick={(event) => focusField(event, field)}>
                {fault}
              </a>
            </li>
          ))}
        </ul>
      </div>
    </FocusOnShow>
  );
}

// A link alone would scroll the field to the very top, away from its label, and not enter a group of fields.
function focusField(event: MouseEvent, field: string) {
  const target = document.getElementById(field);
  const control = target?.matches('input, select, textarea') ? target : target?.querySelector<HTMLElement>('input, select, textarea');
  if (!control) return;
  event.preventDefault();
  const label = control.closest('fieldset')?.querySelector('legend') ?? document.querySelector(`label[for="${control.id}"]`);
  label?.scrollIntoView({ block: 'center' });
  control.focus({ preventScroll: true });
}
