import { cellWords } from '@/components/crossborder/flow-words';
import { shadeBounds, shadeOf, type FlowMatrix, type FlowMeasure, type RegionBand } from '@/lib/crossborder/flow.rules';
import type { Commissioner } from '@/lib/crossborder/schema';

/** The lightest first. The figure stands in each cell: the shade only helps the eye. */
const SHADES = ['bg-blue/5', 'bg-blue/15', 'bg-blue/30', 'bg-blue/45', 'bg-blue text-panel'] as const;

/** With more columns than these their names stand upright, so that all of them are seen at once. */
const MOST_WIDE = 8;
/** A band of fewer columns than these is too narrow for the name of a region to lie in. */
const LEAST_LYING = 2;

const NATIONS = 'Outside England';

type FlowMatrixProps = { matrix: FlowMatrix; measure: FlowMeasure; title: string; describedBy: string };

/** Whose patients (rows) were booked where (columns), by region. */
export function FlowMatrixView({ matrix, measure, title, describedBy }: FlowMatrixProps) {
  const { rows, columns } = matrix;
  const all = columns.flatMap(({ members }) => members);
  const isDense = all.length > MOST_WIDE;
  return (
    <>
      <div className="relative max-h-screen overflow-auto border border-line bg-panel" role="group" aria-label="Picture of flows" tabIndex={0}>
        <table className="tabular mb-0 w-auto border-separate border-spacing-0 text-left text-small" aria-describedby={describedBy}>
          <caption className="nhsuk-u-visually-hidden">{title}</caption>
          <Heads columns={columns} isDense={isDense} />
          {rows.map(({ region, members }) => (
            <tbody key={region?.code ?? NATIONS}>
              <tr>
                <th scope="rowgroup" colSpan={all.length + 1} className="border-y border-line bg-page px-3 py-0.5">
                  <span className="sticky left-3">{region?.name ?? NATIONS}</span>
                </th>
              </tr>
              {members.map((from) => (
                <tr key={from.code}>
                  <th scope="row" className="sticky left-0 z-10 max-w-40 min-w-36 border-r border-b border-line bg-panel px-3 py-0.5 font-normal sm:max-w-none sm:min-w-52">
                    {from.name}
                  </th>
                  {all.map((to) => (
                    <Cell key={to.code} pair={{ from, to }} matrix={matrix} measure={measure} />
                  ))}
                </tr>
              ))}
            </tbody>
          ))}
        </table>
      </div>
      <Key most={matrix.most} measure={measure} />
    </>
  );
}

function Heads({ columns, isDense }: { columns: readonly RegionBand[]; isDense: boolean }) {
  return (
    <thead>
      <tr>
        <td rowSpan={2} className="sticky left-0 z-10 border-r border-b border-line bg-panel px-3 py-2 align-bottom">
          <span className="block text-right">Services in →</span>
          <span className="block">Patients of ↓</span>
        </td>
        {columns.map(({ region, members }) => (
          <th key={region?.code ?? NATIONS} scope="colgroup" colSpan={members.length} className="border-r border-b border-line bg-page px-1 py-1 text-center align-bottom">
            <span className={isDense && members.length < LEAST_LYING ? UPRIGHT : undefined}>{region?.name ?? NATIONS}</span>
          </th>
        ))}
      </tr>
      <tr>
        {columns.flatMap(({ members }) => members).map(({ code, name }) => (
          <th key={code} scope="col" className={`border-r border-b border-line px-1 py-1 align-bottom font-normal ${isDense ? '' : 'min-w-28 text-center'}`}>
            <span className={isDense ? UPRIGHT : undefined}>{name}</span>
          </th>
        ))}
      </tr>
    </thead>
  );
}

function Cell({ pair: { from, to }, matrix, measure }: { pair: { from: Commissioner; to: Commissioner }; matrix: FlowMatrix; measure: FlowMeasure }) {
  if (from.code === to.code) return <td className={`${CELL} stripes`} />;
  const found = matrix.valueOf(from, to);
  if (found === null) return <td className={CELL} />;
  const shade = shadeOf(found, matrix.most);
  return <td className={`${CELL} ${shade === null ? '' : SHADES[shade]}`}>{cellWords(found, measure)}</td>;
}

function Key({ most, measure }: { most: number; measure: FlowMeasure }) {
  return (
    <ul className="mt-2 mb-5 flex list-none flex-wrap gap-x-4 gap-y-1 p-0 text-small">
      <li className="mb-0">{measure === 'bookings' ? 'Bookings:' : 'Cost:'}</li>
      {shadeBounds(most).map(({ shade, from }) => (
        <li key={shade} className="tabular mb-0 flex items-center gap-2">
          <span aria-hidden="true" className={`inline-block size-4 border border-line ${SHADES[shade]}`} />
          {cellWords(from, measure)} and more
        </li>
      ))}
      <li className="mb-0 flex items-center gap-2">
        <span aria-hidden="true" className="stripes inline-block size-4 border border-line" />
        no border
      </li>
      <li className="mb-0">Empty: no booking</li>
    </ul>
  );
}

const CELL = 'border-r border-b border-line px-1 py-0.5 text-center';
const UPRIGHT = 'inline-block max-h-44 rotate-180 text-left [writing-mode:vertical-rl]';
