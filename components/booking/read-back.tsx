/** The read-back script in large type, each line ticked off as it is read out. */
export function ReadBack({ lines }: { lines: readonly { label: string; words: string }[] }) {
  return (
    <section aria-labelledby="read-back-heading" className="mb-5 border border-line bg-panel p-5">
      <h2 id="read-back-heading" className="nhsuk-heading-s mb-3">
        Read this to the caller
      </h2>
      <ul className="m-0 list-none p-0">
        {lines.map(({ label, words }) => (
          <li key={label} className="nhsuk-checkboxes nhsuk-checkboxes--small mb-2">
            <div className="nhsuk-checkboxes__item">
              <input className="nhsuk-checkboxes__input" id={`read-${label}`} type="checkbox" autoComplete="off" />
              <label className="nhsuk-label nhsuk-checkboxes__label text-lead" htmlFor={`read-${label}`}>
                {words}
              </label>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
