'use client';

import { useActionState } from 'react';
import { FormTop } from '@/components/layout/form-top';
import { KeptForm, type Kept } from '@/components/layout/kept-form';
import { FileInput } from '@/components/ui/file-input';
import { Notice } from '@/components/ui/notice';
import { Radios } from '@/components/ui/radios';
import { SubmitButton } from '@/components/ui/submit-button';
import type { CsvFault } from '@/lib/platform/errors';
import { importFile } from './actions';
import type { ImportState, Look } from './import-state';

const KINDS = [
  { value: 'patterns', words: 'Weekly patterns', hint: 'You look at the slots and bookings that they change before anything is applied.' },
  { value: 'services', words: 'Settings of services', hint: 'Names, bookings on or off, hold time, what is said and rung.' },
];

/** More faults than anybody reads: beyond them a browser struggles. */
const MOST_SHOWN = 5_000;

export function ImportForm({ kept }: { kept: Kept }) {
  const [state, send] = useActionState<ImportState, FormData>(importFile, { values: kept.draft ?? {} });
  const { values, fields = {}, refused, look, nothingIn } = state;
  if (look) {
    return (
      <form action={send}>
        <KeptForm kept={kept} isDraftShown={false} />
        <ServiceLook look={look} />
      </form>
    );
  }
  return (
    <form action={send} noValidate className="mb-5">
      <FormTop kept={kept} state={state} />
      {refused?.refusal.code === 'csv-invalid' ? <Faults faults={refused.refusal.faults} /> : null}
      {nothingIn === undefined ? null : (
        <Notice tone="info" title="Nothing would change" focus focusAgainFor={state}>
          {nothingIn === 1 ? 'The row of the file is already so.' : `All ${nothingIn} rows of the file are already so.`}
        </Notice>
      )}
      <div className="mb-4 border border-line bg-panel px-5 pt-4">
        <Radios key={values['what']} name="what" legend="What is in the file?" defaultValue={values['what'] ?? 'patterns'} options={KINDS} />
        <FileInput name="file" label="CSV file" hint="At most 1 MB, UTF-8, with the columns of the files below." accept=".csv,text/csv" error={fields['file']} />
      </div>
      <SubmitButton pendingWords="Checking…">Check the file</SubmitButton>
      <p className="mt-2 text-quiet">Nothing is applied yet, and never a part of a file.</p>
    </form>
  );
}

function Faults({ faults }: { faults: readonly CsvFault[] }) {
  return (
    <div className="mb-4 border border-line bg-panel px-5 py-4">
      <h2>What to mend</h2>
      <ul className="mb-0 pl-5">
        {faults.slice(0, MOST_SHOWN).map(({ row, column, message }, index) => (
          <li key={index} className="mb-1">
            <span className="tabular font-bold">{column ? `Row ${row}, ${column}:` : `Row ${row}:`}</span> {message}
          </li>
        ))}
      </ul>
      {faults.length > MOST_SHOWN ? <p className="mt-3 mb-0">{faults.length - MOST_SHOWN} more are not shown. Mend these first.</p> : null}
    </div>
  );
}

function ServiceLook({ look }: { look: Look }) {
  const { services, same, applied } = look;
  const count = services.length === 1 ? '1 service' : `${services.length} services`;
  return (
    <>
      <input type="hidden" name="what" value="services" />
      <input type="hidden" name="changes" value={applied} />
      <Notice tone="info" title={`The file would change ${count}`} focus>
        {same === 0 ? 'Nothing is applied yet.' : `Nothing is applied yet. ${same === 1 ? '1 row is' : `${same} rows are`} already so.`}
      </Notice>
      <div className="mb-4 overflow-x-auto border border-line bg-panel" role="region" aria-label="What would change" tabIndex={0}>
        <table className="mb-0 w-full text-detail">
          <caption className="nhsuk-u-visually-hidden">What would change, by service</caption>
          <thead>
            <tr className="border-b border-line text-left">
              {['Service', 'Column', 'Before', 'After'].map((heading) => (
                <th key={heading} scope="col" className="px-4 py-2">
                  {heading}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {services.map(({ name, cells }, service) =>
              cells.map(({ column, before, after }, index) => (
                <tr key={`${service} ${column}`} className="border-b border-line align-top last:border-b-0">
                  {index === 0 ? (
                    <th scope="rowgroup" rowSpan={cells.length} className="px-4 py-2 text-left">
                      {name}
                    </th>
                  ) : null}
                  <td className="px-4 py-2">{column}</td>
                  <td className="px-4 py-2 whitespace-pre-line text-quiet">{before || 'nothing'}</td>
                  <td className="px-4 py-2 font-bold whitespace-pre-line">{after || 'nothing'}</td>
                </tr>
              )),
            )}
          </tbody>
        </table>
      </div>
      <div className="flex flex-wrap items-center gap-5">
        <SubmitButton pendingWords="Applying…">Apply these changes</SubmitButton>
        {/* Not a Link: the page must load anew for the look to go. */}
        <a href="/schedules/import">Choose another file</a>
      </div>
    </>
  );
}
