/** The looks of the report: no fonts and pictures from elsewhere, narrow screens and paper too. */
export const STYLE = `
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0; background: #f0f4f5; color: #212b32; font: 1rem/1.5 Frutiger, Arial, sans-serif; }
header { background: #005eb8; color: #fff; padding: 1.5rem 0; }
header p { margin: 0.25rem 0 0; overflow-wrap: anywhere; }
header, main { padding-left: max(1rem, calc(50% - 30rem)); padding-right: max(1rem, calc(50% - 30rem)); }
main { padding-bottom: 4rem; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0; }
h2 { font-size: 1.375rem; line-height: 1.25; margin: 2.5rem 0 0.75rem; }
h3 { font-size: 1.0625rem; margin: 0 0 0.25rem; }
a { color: #005eb8; }
a:focus, summary:focus { outline: 3px solid #212b32; outline-offset: 2px; background: #ffeb3b; color: #212b32; }
.verdict { background: #fff; border-left: 0.5rem solid #007f3b; padding: 1rem; margin: 1.5rem 0 0; font-size: 1.125rem; }
.verdict.fails { border-color: #d5281b; }
nav ul { list-style: none; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; }
table { width: 100%; border-collapse: collapse; background: #fff; }
caption { text-align: left; font-weight: 600; padding: 0 0 0.5rem; }
th, td { text-align: left; vertical-align: top; padding: 0.5rem 0.75rem; border-bottom: 1px solid #d8dde0; }
tbody th { white-space: nowrap; }
.counts td, .counts thead th { text-align: right; }
.counts thead th:first-child { text-align: left; }
.counts { max-width: 30rem; }
.why { display: block; color: #4c6272; overflow-wrap: anywhere; }
.state { display: inline-block; padding: 0 0.5rem; border: 1px solid; font-weight: 600; white-space: nowrap; }
.pass, .offered { color: #004b23; background: #e5f2eb; }
.fail { color: #8a1538; background: #fbe9e7; }
.skip, .not-offered, .not-testable { color: #425563; background: #f0f4f5; }
article { background: #fff; padding: 1rem; margin: 0 0 1rem; border-left: 0.25rem solid #d5281b; }
article p { margin: 0.25rem 0; overflow-wrap: anywhere; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; background: #f0f4f5; padding: 0.75rem; margin: 0.75rem 0 0; font-size: 0.875rem; }
@media (max-width: 40rem) {
  .list thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .list tr, .list th, .list td { display: block; border: 0; padding: 0 0.75rem; }
  .list tr { padding: 0.75rem 0; border-bottom: 1px solid #d8dde0; }
}
@media print {
  body, header { background: #fff; color: #000; }
  nav { display: none; }
  article, tr { break-inside: avoid; }
  .state { background: none; color: #000; }
}
`;
