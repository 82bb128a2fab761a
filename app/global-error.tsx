'use client';

/** A fault of the outermost layout, in as few words as error.tsx would need: every page carries both. */
export default function GlobalError() {
  return (
    <html lang="en-GB">
      <body>
        <h1>Something went wrong in Onward</h1>
        <p>What was booked before stays booked. Load the page again; if it happens again, tell your system admin.</p>
      </body>
    </html>
  );
}
