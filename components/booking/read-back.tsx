type ReadBackProps = {
  lines: readonly { label: string; words: string }[];
  /** The labels of the lines that are ticked. */
  ticked: readonly string[];
};

/** The read-back script in large type, each line ticked off as it is read out; inside the form that records it. */
export function ReadBack({ lines, ticked }: ReadBackProps) {
  return (
    <fieldset className="nhsuk-fieldset mb-4 border border-line bg-panel p-5">
      <legend className="contents">
        <h2 className="nhsuk-heading-s mb-3">Read this to the caller</h2>
      </legend>
      <ul className="m-0 list-none p-0">
        {lines.map(({ label, words }) => (
          <li key={label} className="nhsuk-checkboxes nhsuk-checkboxes--small mb-2">
            <div className="nhsuk-checkboxes__item">
              <input className="nhsuk-checkboxes__input" id={`read-${label}`} type="checkbox" name="lines" value={label} defaultChecked={ticked.includes(label)} autoComplete="off" />
              <label className="nhsuk-label nhsuk-checkboxes__label text-lead" htmlFor={`read-${label}`}>
                {words}
              </label>
            </div>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
