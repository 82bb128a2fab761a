import { wordsOf } from './exchange-words';
import type { Outcome } from './model';
import { STYLE } from './report-style';
import { countOf, isConformant, LEVELS, STATES } from './tally';

type Run = { base: string; at: Date; outcomes: readonly Outcome[]; leftBooked: readonly string[] };

const SECTIONS = [
  ['0', 'Transport'],
  ['1', 'Security'],
  ['2', 'Resources'],
  ['3', 'Search for slots'],
  ['4', 'Book'],
  ['5', 'Read'],
  ['6', 'Cancel and amend'],
  ['7', 'Search by patient'],
  ['8', 'Capability statement, errors and audit'],
] as const;
const MAX_EXCHANGES = 6;

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** The whole report as one page of HTML that needs nothing from elsewhere; `clean` takes private words out of it. */
export function reportOf({ base, at, outcomes, leftBooked }: Run, clean: (text: string) => string): string {
  const failures = outcomes.filter(({ state }) => state === 'fail');
  return clean(`<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Conformance to the NHS Booking API</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<h1>Conformance to the NHS Booking API</h1>
<p>${escaped(base)}</p>
<p>FHIR STU3, specification 2.0.4. Tested ${escaped(at.toUTCString())}.</p>
</header>
<main>
${verdict(outcomes)}
${leftBooked.length > 0 ? `<p class="verdict fails">These appointments of the test could not be cancelled: ${escaped(leftBooked.join(', '))}.</p>` : ''}
<h2 id="summary">Summary</h2>
${counts(outcomes)}
${contents(failures.length)}
${failures.length > 0 ? `<h2 id="failures">What fails</h2>\n${failures.map(failure).join('\n')}` : ''}
${SECTIONS.map(([digit, title]) => section(title, outcomes.filter(({ id }) => id.startsWith(`B-${digit}`)))).join('\n')}
</main>
</body>
</html>
`);
}

/** The same for programs. */
export function jsonOf({ base, at, outcomes, leftBooked }: Run, clean: (text: string) => string): string {
  const requirements = outcomes.map(({ id, level, title, state, words }) => ({ id, level, title, state, ...(words ? { words } : {}) }));
  return clean(`${JSON.stringify({ base, at: at.toISOString(), conformant: isConformant(outcomes), leftBooked, requirements }, null, 2)}\n`);
}

function verdict(outcomes: readonly Outcome[]): string {
  const [failed, skipped] = [countOf(outcomes, 'MUST', 'fail'), countOf(outcomes, 'MUST', 'skip')];
  const words = failed === 0 ? 'No MUST fails.' : failed === 1 ? 'One MUST fails.' : `${failed} MUSTs fail.`;
  return `<p class="verdict${failed === 0 ? '' : ' fails'}"><strong>${words}</strong>${skipped > 0 ? ` ${skipped} could not be tested in this run.` : ''}</p>`;
}

function counts(outcomes: readonly Outcome[]): string {
  const row = (state: (typeof STATES)[number]) => `<tr><th scope="row">${sentence(state)}</th>${LEVELS.map((level) => `<td>${countOf(outcomes, level, state)}</td>`).join('')}</tr>`;
  return `<table class="counts"><caption>Requirements by outcome and level</caption>
<thead><tr><th scope="col">Outcome</th>${LEVELS.map((level) => `<th scope="col">${level}</th>`).join('')}</tr></thead>
<tbody>${STATES.map(row).join('')}</tbody></table>`;
}

function contents(failures: number): string {
  const links = SECTIONS.map(([, title]) => `<li><a href="#${idOf(title)}">${title}</a></li>`);
  return `<nav aria-label="Parts of this report"><h2>Parts</h2><ul>${failures > 0 ? '<li><a href="#failures">What fails</a></li>' : ''}${links.join('')}</ul></nav>`;
}

function failure({ id, level, title, words, exchanges }: Outcome): string {
  const shown = exchanges.slice(-MAX_EXCHANGES);
  const details = shown.map((exchange) => `<pre>${escaped(wordsOf(exchange).join('\n'))}</pre>`).join('');
  const omitted = exchanges.length > shown.length ? `<p>The last ${shown.length} of ${exchanges.length} exchanges:</p>` : '';
  return `<article id="${id}"><h3>${id}, ${level}: ${escaped(title)}</h3><p>${escaped(sentence(words))}</p>
${shown.length > 0 ? `<details><summary>Requests and answers of ${id}</summary>${omitted}${details}</details>` : ''}</article>`;
}

function section(title: string, outcomes: readonly Outcome[]): string {
  if (outcomes.length === 0) return `<h2 id="${idOf(title)}">${title}</h2><p>Nothing of this part was asked for.</p>`;
  return `<h2 id="${idOf(title)}">${title}</h2>
<table class="list"><thead><tr><th scope="col">Requirement</th><th scope="col">Level</th><th scope="col">What it asks for</th><th scope="col">Outcome</th></tr></thead>
<tbody>${outcomes.map(row).join('\n')}</tbody></table>`;
}

function row({ id, level, title, state, words }: Outcome): string {
  const name = state === 'fail' ? `<a href="#${id}">${id}</a>` : id;
  const why = words && state !== 'pass' ? `<span class="why">${escaped(sentence(words))}</span>` : '';
  return `<tr><th scope="row">${name}</th><td>${level}</td><td>${escaped(title)}${why}</td><td><span class="state ${state.replace(' ', '-')}">${sentence(state)}</span></td></tr>`;
}

function idOf(title: string): string {
  return title.toLowerCase().replace(/[^a-z]+/g, '-');
}

function sentence(words: string): string {
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => ESCAPES[sign] ?? sign);
}
