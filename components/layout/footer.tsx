/** Plain links, not the router's: the page that waits for the database must be left for good. */
export function Footer({ isDemonstration }: { isDemonstration: boolean }) {
  return (
    <footer className="screen-only border-t border-line py-3 text-detail text-quiet">
      <div className="page-width flex flex-wrap justify-between gap-x-6 gap-y-1">
        {isDemonstration ? (
          <p className="mb-0">
            <strong>Demonstration.</strong> Names and places are real; opening hours, capacity and slots are invented. Nothing can really be booked.
          </p>
        ) : null}
        <p className="mb-0 flex flex-wrap gap-x-5">
          <a href="/about">About Onward</a>
          <a href="/about#data">Where the data comes from</a>
          <a href="/developers">For developers</a>
        </p>
      </div>
    </footer>
  );
}
