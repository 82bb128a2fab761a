'use client';

import { useEffect } from 'react';

/**
 * A fault: nobody at the screen can mend it. When the database is away, the page that waits for it takes over.
 * Plain links, because every page carries this one and a fresh start is what helps after a fault.
 */
export default function ErrorPage({ error }: { error: Error & { digest?: string } }) {
  useEffect(() => void waitIfUnavailable(), []);

  return (
    <main id="main" className="page-width" tabIndex={-1}>
      <title>Something went wrong – Onward</title>
      <div className="panel max-w-form">
        <h1>Something went wrong in Onward</h1>
        <p>This is a fault of Onward and not of what you typed. Nothing was done by halves: what was booked before stays booked.</p>
        <p>Try again. If it happens again, tell your system admin{error.digest ? `, with the number ${error.digest}` : ''}.</p>
        <p className="mb-0 flex flex-wrap gap-x-5">
          <a href="">Try again</a>
          <a href="/">Go to the start page</a>
        </p>
      </div>
    </main>
  );
}

async function waitIfUnavailable(): Promise<void> {
  const answer = await fetch('/api/health', { cache: 'no-store' }).catch(() => null);
  if (answer?.status !== 503) return;
  const from = `${window.location.pathname}${window.location.search}`;
  window.location.replace(`/unavailable?from=${encodeURIComponent(from)}`);
}
