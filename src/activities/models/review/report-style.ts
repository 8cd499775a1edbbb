/** The style of an HTML report: readable, light and dark, and printable. */
export const reportStyle = `
:root {
  color-scheme: light dark;
  --page: #fbfbf9; --card: #ffffff; --ink: #1d2126; --soft: #5b6470; --line: #dcdfe3; --link: #1d4f91;
  --dealBreaker: #8f1d2c; --high: #b3490f; --medium: #8a6a00; --low: #47617d; --gap: #6a4c93; --good: #22694a;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #15181c; --card: #1d2126; --ink: #e8eaed; --soft: #a2abb6; --line: #353b43; --link: #8ab8f5;
    --dealBreaker: #e0707f; --high: #ea9358; --medium: #d9b84a; --low: #93b1d1; --gap: #b79be0; --good: #6cc49c;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.55 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 2.5rem 1.5rem 4rem; }
h1 { font-size: 1.7rem; line-height: 1.25; margin: 0 0 1.25rem; overflow-wrap: anywhere; }
h1 small { display: block; font-size: 0.85rem; font-weight: 600; letter-spacing: 0.06em; text-transform: uppercase; color: var(--soft); }
nav { margin: 1.5rem 0 0; font-size: 0.92rem; } nav a { margin-right: 1.1rem; white-space: nowrap; }
h2 { font-size: 1.25rem; margin: 2.75rem 0 0.9rem; padding-bottom: 0.35rem; border-bottom: 1px solid var(--line); }
h3 { font-size: 1rem; margin: 0; }
p, td, dd, blockquote { unicode-bidi: isolate; overflow-wrap: anywhere; }
p { margin: 0.45rem 0; }
td a, .soft a { white-space: nowrap; }
a { color: var(--link); text-decoration-thickness: 1px; text-underline-offset: 2px; }
.verdict { background: var(--card); border: 1px solid var(--line); border-left: 6px solid var(--tone); border-radius: 8px; padding: 1.1rem 1.4rem; }
.verdict strong { display: block; font-size: 1.35rem; color: var(--tone); }
.doNotSign { --tone: var(--dealBreaker); } .negotiate { --tone: var(--high); } .sign { --tone: var(--good); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.25rem 1.25rem; margin: 1.25rem 0; }
dt { color: var(--soft); } dd { margin: 0; }
.severity { display: block; width: 100%; max-width: 38rem; height: auto; margin: 1.5rem 0 0; }
.severity .on-fill { fill: var(--card); font-size: 14px; font-weight: 700; } .severity .label { fill: var(--soft); font-size: 13px; }
.fill-dealBreaker { fill: var(--dealBreaker); } .fill-high { fill: var(--high); } .fill-medium { fill: var(--medium); }
.fill-low { fill: var(--low); } .fill-gap { fill: var(--gap); }
.risk, .quote { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 0.9rem 1.2rem; margin: 0.8rem 0; break-inside: avoid; }
.risk { border-left: 5px solid var(--tone); }
.t-dealBreaker { --tone: var(--dealBreaker); } .t-high, .t-deviates { --tone: var(--high); } .t-medium, .t-missing { --tone: var(--medium); }
.t-low, .t-meetsFallback { --tone: var(--low); } .t-meetsPosition { --tone: var(--good); } .t-notInPlaybook { --tone: var(--soft); }
.badge { display: inline-block; font-size: 0.78rem; font-weight: 650; color: var(--tone); border: 1px solid var(--tone); border-radius: 99px; padding: 0 0.6rem; white-space: nowrap; }
.risk h3 .badge { margin-left: 0.5rem; vertical-align: 1px; }
.soft, .quote p { color: var(--soft); font-size: 0.9rem; }
.wide { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: 0.92rem; background: var(--card); border: 1px solid var(--line); }
th, td { text-align: left; vertical-align: top; padding: 0.5rem 0.75rem; border-bottom: 1px solid var(--line); }
th { font-size: 0.8rem; color: var(--soft); font-weight: 600; } th[scope='row'] { font-size: inherit; color: inherit; }
tr { break-inside: avoid; }
.weak { display: block; font-size: 0.78rem; font-weight: 500; color: var(--medium); }
blockquote { margin: 0.6rem 0 0; padding: 0.2rem 0 0.2rem 1rem; border-left: 3px solid var(--line); font-family: Georgia, 'Times New Roman', serif; white-space: pre-line; }
.quote:target, .risk:target { outline: 3px solid var(--link); outline-offset: 2px; }
@media (max-width: 40rem) { main { padding: 1.5rem 1rem; } dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: 0.5rem; } }
@media print {
  :root { color-scheme: light; --page: #fff; --card: #fff; --ink: #000; --soft: #444; --line: #bbb; --link: #000;
    --dealBreaker: #8f1d2c; --high: #b3490f; --medium: #8a6a00; --low: #47617d; --gap: #6a4c93; --good: #22694a; }
  @page { margin: 18mm; }
  body { font-size: 10.5pt; } main { max-width: none; padding: 0; } h2 { break-after: avoid; }
  nav { display: none; } .severity { print-color-adjust: exact; }
}
`;
