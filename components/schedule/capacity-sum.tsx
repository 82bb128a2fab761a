'use client';

import { useEffect, useRef, useState } from 'react';
import { sumWords } from '@/components/schedule/sum-words';
import { Link } from '@/components/ui/link';
import { SubmitButton } from '@/components/ui/submit-button';
import { formValues } from '@/lib/platform/form';

/** The end of a form for a pattern: how many slots it makes, always in sight, and the way on. */
export function CapacityBar({ values, back }: { values: Record<string, string>; back: string }) {
  return (
    <div className="full-bleed border-t border-line bg-panel min-[48rem]:sticky min-[48rem]:bottom-0">
      <div className="page-width flex flex-wrap items-center gap-x-5 gap-y-2 py-3">
        <CapacitySum values={values} />
        <SubmitButton pendingWords="Working it out…">See what it does</SubmitButton>
        <Link href={back}>Go back</Link>
        <p className="mb-0 text-detail text-quiet">Nothing changes until you have looked at it and applied it.</p>
      </div>
    </div>
  );
}

// Counted anew while somebody types. Without JavaScript its own button counts them.
function CapacitySum({ values }: { values: Record<string, string> }) {
  const place = useRef<HTMLDivElement>(null);
  const [words, setWords] = useState(() => sumWords(values));

  useEffect(() => {
    const form = place.current?.closest('form');
    if (!form) return;
    const count = () => setWords(sumWords(formValues(new FormData(form))));
    form.addEventListener('input', count);
    return () => form.removeEventListener('input', count);
  }, []);

  return (
    <div ref={place} className="flex flex-wrap items-center gap-x-5 gap-y-2">
      <p role="status" className="tabular mb-0 text-lead font-bold">
        {words}
      </p>
      <noscript>
        <SubmitButton variant="secondary" name="intent" value="count">
          Count the slots
        </SubmitButton>
      </noscript>
    </div>
  );
}
