import { escapeHtml } from './escape-html';
import { type Basis, type ReportContent, severityLabels } from './report-content';
import { reportStyle } from './report-style';
import { severityPicture } from './severity-picture';

/** A report as one HTML file without scripts or outside resources; quotes stand under `#quote-12`. */
export function reportAsHtml(content: ReportContent): string {
  const name = escapeHtml(content.contractName);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Contract review: ${name}</title>
<style>${reportStyle}</style>
</head>
<body>
<main>
<h1><small>Contract review</small>${name}</h1>
<section class="verdict ${content.recommendation}"><strong>${content.recommended}</strong><p>${escapeHtml(content.summary)}</p>${readFirst(content)}</section>
<dl>${content.facts.map(([label, value]) => `<dt>${label}</dt><dd>${escapeHtml(value)}</dd>`).join('')}</dl>
${severityPicture(content)}
<nav><a href="#risks">Risks</a> <a href="#gaps">Gaps</a> <a href="#terms">Key terms</a> <a href="#clauses">Clause by clause</a> <a href="#check">Check by hand</a> <a href="#quotes">Quotes</a></nav>
<h2 id="risks">Risks</h2>
${risks(content)}
<h2 id="gaps">Gaps</h2>
${gaps(content)}
<h2 id="terms">Key terms</h2>
${table(
  ['Term', 'Value', 'Quote'],
  content.terms.map((term) => [
    term.label,
    escapeHtml(term.value),
    term.quotes.length + term.notFound === 0 ? '' : links(term),
  ]),
)}
<h2 id="clauses">Clause by clause</h2>
${clauses(content)}
<h2 id="check">Check by hand</h2>
<p>${weakness(content)}</p>
<h2 id="quotes">Appendix: quotes</h2>
${quotes(content)}
</main>
</body>
</html>
`;
}

function readFirst({ readFirst: ids }: ReportContent): string {
  if (ids.length === 0) return '';
  return `<p><b>Read first:</b> ${ids.map((id) => `<a href="#risk-${id}">${id}</a>`).join(', ')}</p>`;
}

const labels = new Map<string, string>(severityLabels);

function risks(content: ReportContent): string {
  if (content.risks.length === 0) return '<p>No risk was found.</p>';
  const sorted = severityLabels.flatMap(([severity]) => content.risks.filter((risk) => risk.severity === severity));
  return sorted
    .map((risk) => {
      const badge = `<span class="badge">${labels.get(risk.severity) ?? ''}</span>`;
      const advice = risk.advice.trim() === '' ? '' : `<p><b>Advice.</b> ${escapeHtml(risk.advice)}</p>`;
      return `<article class="risk t-${risk.severity}" id="risk-${risk.id}"><h3>${risk.id} · ${escapeHtml(risk.category)} ${badge}</h3>
<p>${escapeHtml(risk.statement)}</p>${advice}<p class="soft">Stands on ${links(risk)}</p></article>`;
    })
    .join('\n');
}

function gaps(content: ReportContent): string {
  if (content.gaps.length === 0) return '<p>Nothing that the playbook asks for is missing.</p>';
  const rows = content.gaps.map(({ category, severity, statement, advice }) => [
    escapeHtml(category),
    `<span class="badge t-${severity}">${labels.get(severity) ?? ''}</span>`,
    escapeHtml(statement),
    escapeHtml(advice),
  ]);
  return table(['Clause', 'Severity', 'Gap', 'Advice'], rows);
}

function clauses(content: ReportContent): string {
  const rows = content.clauses.map((clause) => [
    `${escapeHtml(clause.category)}${clause.weak ? '<span class="weak">check by hand</span>' : ''}`,
    `<span class="badge t-${clause.tone}">${clause.standing}</span>`,
    escapeHtml(clause.position),
    clause.quotes.length + clause.notFound === 0 ? '<span class="soft">Not found</span>' : links(clause),
  ]);
  return table(['Clause', 'Standing', 'The playbook’s words', 'Quotes'], rows);
}

function weakness({ weakCategories }: ReportContent): string {
  return weakCategories.length === 0
    ? 'No category is known to be extracted poorly.'
    : `Clauses of these categories are known to be missed or mistaken more often than others; read the contract for them: ${weakCategories.map(escapeHtml).join(', ')}.`;
}

/** A quote's text is followed at once by its closing tag, so that what a script reads between them is exact. */
function quotes({ passages }: ReportContent): string {
  return passages
    .map(({ number, start, end, text, heading, citedBy }) => {
      const cited = citedBy.map((name) =>
        /^R\d+$/.test(name) ? `<a href="#risk-${name}">${name}</a>` : escapeHtml(name),
      );
      return `<article class="quote" id="quote-${number}"><h3>Quote ${number}</h3>
<p>${escapeHtml(heading)} · characters ${start} to ${end} · cited by ${cited.join(', ')}</p>
<blockquote data-start="${start}" data-end="${end}">${escapeHtml(text)}</blockquote></article>`;
    })
    .join('\n');
}

function links({ quotes: numbers, notFound }: Basis): string {
  const found = numbers.map((number) => `<a href="#quote-${number}">Quote ${number}</a>`);
  const lost = notFound > 0 ? [`cited words that do not stand in the contract: ${notFound}`] : [];
  return [...found, ...lost].join(', ') || 'no clause';
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const heads = head.map((cell) => `<th scope="col">${cell}</th>`).join('');
  const body = rows.map(([first = '', ...cells]) => {
    return `<tr><th scope="row">${first}</th>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
  });
  return `<div class="wide"><table><thead><tr>${heads}</tr></thead><tbody>\n${body.join('\n')}\n</tbody></table></div>`;
}
