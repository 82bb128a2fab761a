'use client';

import { useEffect, useRef, useState, type RefObject } from 'react';
import { AgreementLookPanel, lookSummary, type AgreementLook } from '@/components/crossborder/agreement-look';
import { SubmitButton } from '@/components/ui/submit-button';

const STANDING = '/api/borders/agreements/standing';
const PAUSE_MS = 500;

/** How the agreement of the form around it stands to others, read again half a second after the last change. Without JavaScript by a button of its own. */
export function AgreementLiveLook({ first }: { first: AgreementLook }) {
  const place = useRef<HTMLElement>(null);
  const { look, isLost } = useLook(place, first);
  return (
    <section ref={place} aria-labelledby="look-heading" className="panel">
      <h2 id="look-heading" className="mb-2 text-lead">
        How it stands to others
      </h2>
      <p role="status" className="sr-only">
        {lookSummary(look)}
      </p>
      {isLost ? <p className="text-quiet">This could not be read again just now. What you typed is still here; it is checked once more when you save.</p> : null}
      <AgreementLookPanel look={look} />
      <noscript>
        <div className="mt-3">
          <SubmitButton variant="secondary" name="intent" value="check">
            Check against other agreements
          </SubmitButton>
        </div>
      </noscript>
    </section>
  );
}

function useLook(place: RefObject<HTMLElement | null>, first: AgreementLook) {
  const [state, setState] = useState({ look: first, isLost: false });

  useEffect(() => {
    const form = place.current?.closest('form');
    if (!form) return;
    let timer = 0;
    let reading = new AbortController();
    async function read(typed: FormData, signal: AbortSignal) {
      const look = await readLook(typed, signal);
      // What was typed since then is asked for by itself.
      if (!signal.aborted) setState((before) => (look ? { look, isLost: false } : { ...before, isLost: true }));
    }
    function wait() {
      window.clearTimeout(timer);
      reading.abort();
      reading = new AbortController();
      const { signal } = reading;
      timer = window.setTimeout(() => form && void read(new FormData(form), signal), PAUSE_MS);
    }
    form.addEventListener('input', wait);
    return () => {
      form.removeEventListener('input', wait);
      window.clearTimeout(timer);
      reading.abort();
    };
  }, [place]);

  return state;
}

/** Null when no answer came: signed out, or the network is away. */
async function readLook(typed: FormData, signal: AbortSignal): Promise<AgreementLook | null> {
  try {
    const response = await fetch(STANDING, { method: 'POST', body: typed, signal });
    const look: unknown = response.ok ? await response.json() : null;
    return isLook(look) ? look : null;
  } catch {
    return null;
  }
}

// Our own answer, of the same version: no zod in the browser, where it would be 15 kB.
function isLook(answer: unknown): answer is AgreementLook {
  return typeof answer === 'object' && answer !== null && 'conflicts' in answer && 'gaps' in answer;
}
