/** First in the page: jumps over the header to `main`, which has the id `main`. */
export function SkipLink() {
  return (
    <a href="#main" className="nhsuk-skip-link">
      Skip to main content
    </a>
  );
}
