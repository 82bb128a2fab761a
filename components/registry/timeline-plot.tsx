import type { ReactNode } from 'react';
import { plotOf, type Lane, type Plot } from '@/components/registry/timeline-lanes';
import type { Tick } from '@/components/registry/timeline-scale';
import { Shape, ShapeSign } from '@/components/registry/timeline-shape';
import { lookCounts, lookOf, markWords, plotWords } from '@/components/registry/timeline-words';
import type { PatientEntry } from '@/lib/registry/schema';

// In the units of the drawing, which is never stretched: places along the axis are per cent, all else keeps its size.
const ROW = 14;
const PADDING = 4;
const LINE = 18;

/**
 * Appointments over time, a lane for each organisation that holds some. One picture to those who hear it: the table is its equal, and 200 marks to step
 * through would help nobody.
 */
export function TimelinePlot({ entries, now }: { entries: readonly PatientEntry[]; now: Date }) {
  const plot = plotOf(entries, now);
  return (
    <div className="panel mb-5">
      <div role="img" aria-label={plotWords(entries)}>
        <Row words="">
          <Today plot={plot} />
        </Row>
        {plot.lanes.map((lane) => (
          <Row key={lane.words} words={lane.hidden > 0 ? `${lane.words}, and ${lane.hidden} more at these times` : lane.words}>
            <LaneMarks lane={lane} plot={plot} now={now} />
          </Row>
        ))}
        <Row words="">
          <AxisWords ticks={plot.axis.ticks} />
        </Row>
      </div>
      <Key entries={entries} now={now} />
      {plot.far > 0 ? <p className="mt-1 mb-0 text-small">{plot.far} more than three years away: only in the table.</p> : null}
    </div>
  );
}

/** What a lane is, beside it, or above it where there is no room. */
function Row({ words, children }: { words: string; children: ReactNode }) {
  return (
    <div className="min-[56rem]:grid min-[56rem]:grid-cols-[13rem_minmax(0,1fr)] min-[56rem]:gap-x-4">
      <div className="self-center text-small wrap-anywhere">{words}</div>
      {children}
    </div>
  );
}

function LaneMarks({ lane, plot, now }: { lane: Lane; plot: Plot; now: Date }) {
  // As high as its words, when they need more lines.
  return (
    <div className="relative border-t border-line" style={{ minHeight: lane.rows * ROW + 2 * PADDING }}>
      <svg width="100%" height="100%" className="absolute inset-0">
        {plot.axis.ticks.map(({ share }) => (
          <line key={share} x1={percent(share)} x2={percent(share)} y1="0" y2="100%" className="stroke-line" />
        ))}
        <line x1={percent(plot.now)} x2={percent(plot.now)} y1="0" y2="100%" className="stroke-ink" strokeWidth="2" />
        {lane.marks.map(({ entry, share, row }) => (
          <svg key={entry.id} x={percent(share)} y={PADDING + ROW / 2 + row * ROW} overflow="visible">
            <title>{markWords(entry, now)}</title>
            <Shape look={lookOf(entry, now)} />
          </svg>
        ))}
      </svg>
    </div>
  );
}

function Today({ plot }: { plot: Plot }) {
  return (
    <svg width="100%" height={LINE} overflow="visible" className="block">
      <text x={percent(plot.now)} y={LINE - PADDING} textAnchor="middle" className="fill-ink text-small font-bold">
        today
      </text>
    </svg>
  );
}

function AxisWords({ ticks }: { ticks: readonly Tick[] }) {
  const hasYears = ticks.some(({ year }) => year !== null);
  return (
    <svg width="100%" height={LINE * (hasYears ? 2 : 1)} overflow="visible" className="block border-t border-line">
      {ticks.map(({ share, words, year }) => (
        <text key={share} y={LINE - PADDING} textAnchor="middle" className="fill-quiet text-small tabular">
          <tspan x={percent(share)}>{words}</tspan>
          {year ? (
            <tspan x={percent(share)} dy={LINE - PADDING / 2}>
              {year}
            </tspan>
          ) : null}
        </text>
      ))}
    </svg>
  );
}

function Key({ entries, now }: { entries: readonly PatientEntry[]; now: Date }) {
  return (
    <ul aria-label="What the marks mean" className="mt-2 mb-0 flex list-none flex-wrap gap-x-5 gap-y-1 p-0 text-small">
      {lookCounts(entries, now).map(({ look, words, count }) => (
        <li key={look} className="mb-0 flex items-center gap-1">
          <ShapeSign look={look} />
          {words}: {count}
        </li>
      ))}
    </ul>
  );
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)}%`;
}
