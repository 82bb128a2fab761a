/** Milliseconds of each run, sorted. */
export type Times = readonly number[];

/** Runs every job, `clients` at a time, and returns how long each took. */
export async function timed<Job>(jobs: readonly Job[], clients: number, run: (job: Job, client: number) => Promise<unknown>): Promise<Times> {
  const times: number[] = [];
  let next = 0;
  async function worker(client: number): Promise<void> {
    for (let job = jobs[next++]; job !== undefined; job = jobs[next++]) {
      const begun = performance.now();
      await run(job, client);
      times.push(performance.now() - begun);
    }
  }
  await Promise.all(Array.from({ length: clients }, (_, client) => worker(client)));
  return times.sort((a, b) => a - b);
}

export function percentile(times: Times, share: number): number {
  return times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
}

/** The jobs of `timed`, with how many were done a second. */
export async function paced<Job>(jobs: readonly Job[], clients: number, run: (job: Job, client: number) => Promise<unknown>): Promise<Pace> {
  const begun = performance.now();
  const times = await timed(jobs, clients, run);
  return { times, perSecond: (jobs.length * 1_000) / (performance.now() - begun) };
}

export type Pace = { times: Times; perSecond: number };

/** One measurement of a rate beside a bare client's; `floor`: the least share of its rate; `limitMs`: that nine of ten stay within. */
export type RateLine = { what: string; clients: number; ours: Pace; bare: Pace; floor: number; limitMs?: number };

/** The table of rates: requests a second of ours and of the bare client with the same SQL, their share, and what nine of ten took. */
export function rateTable(lines: readonly RateLine[]): string {
  const rows = lines.map(({ what, clients, ours, bare, floor, limitMs }) => {
    const share = ours.perSecond / bare.perSecond;
    const p90 = percentile(ours.times, 0.9);
    const judged = share >= floor && (limitMs === undefined || p90 <= limitMs);
    const rates = [ours, bare].map(({ perSecond }) => `${Math.round(perSecond)}/s`);
    return [what, String(clients), String(ours.times.length), ...rates, share.toFixed(2), floor.toFixed(2), ms(p90), limitMs === undefined ? '–' : `${limitMs} ms`, judged ? 'yes' : 'NO'];
  });
  return columns([['', 'clients', 'runs', 'rate', 'bare rate', 'share', 'floor', 'p90', 'limit p90', 'within'], ...rows]);
}

/** One measurement; without a twin of bare SQL or a limit where there is none. */
export type Line = { what: string; clients: number; ours: Times; bare?: Times; limitMs?: number };

/** The table of a run: p50 and p95 of ours, p95 of the bare client with the same SQL, their ratio, and the limit. */
export function table(lines: readonly Line[]): string {
  const rows = lines.map(({ what, clients, ours, bare, limitMs }) => {
    const p95 = percentile(ours, 0.95);
    const twin = bare ? [ms(percentile(bare, 0.95)), (p95 / percentile(bare, 0.95)).toFixed(2)] : ['–', '–'];
    const judged = limitMs === undefined ? ['–', '–'] : [`${Math.round(limitMs)} ms`, p95 <= limitMs ? 'yes' : 'NO'];
    return [what, String(clients), String(ours.length), ms(percentile(ours, 0.5)), ms(p95), ...twin, ...judged];
  });
  const head = ['', 'clients', 'runs', 'p50', 'p95', 'bare p95', 'ratio', 'limit p95', 'within'];
  return columns([head, ...rows]);
}

function columns(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const line = (row: readonly string[]) => row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  ');
  return rows.map(line).join('\n');
}

function ms(value: number): string {
  return `${value.toFixed(1)} ms`;
}
