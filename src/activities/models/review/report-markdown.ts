import { escapeMarkdown, quoteMarkdown } from './escape-markdown';
import { type Basis, type ReportContent, severityLabels } from './report-content';

/** A report as Markdown; quotes stand under headings `Quote 12`, to which `#quote-12` leads. */
export function reportAsMarkdown(content: ReportContent): string {
  const blocks = [
    `# Contract review: ${escapeMarkdown(content.contractName)}`,
    `**Recommendation: ${content.recommended}**`,
    escapeMarkdown(content.summary),
    ...(content.readFirst.length === 0 ? [] : [`**Read first:** ${content.readFirst.join(', ')}`]),
    table(
      ['Review', ''],
      content.facts.map(([label, value]) => [label, escapeMarkdown(value)]),
    ),
    '## Risks',
    ...risks(content),
    '## Gaps',
    ...gaps(content),
    '## Key terms',
    table(
      ['Term', 'Value', 'Quote'],
      content.terms.map((term) => [term.label, escapeMarkdown(term.value), links(term)]),
    ),
    '## Clause by clause',
    table(
      ['Clause', 'Standing', 'The playbook’s words', 'Quotes'],
      content.clauses.map((clause) => [
        clause.weak ? `${clause.category} (check by hand)` : clause.category,
        clause.standing,
        escapeMarkdown(clause.position),
        clause.quotes.length + clause.notFound === 0 ? 'Not found' : links(clause),
      ]),
    ),
    '## Check by hand',
    weakness(content),
    '## Appendix: quotes',
    ...content.passages.flatMap(({ number, start, end, text, heading, citedBy }) => [
      `### Quote ${number}`,
      `Section: ${escapeMarkdown(heading)}. Characters ${start} to ${end}. Cited by: ${escapeMarkdown(citedBy.join(', '))}.`,
      quoteMarkdown(text),
    ]),
  ];
  return `${blocks.join('\n\n')}\n`;
}

const labels = new Map<string, string>(severityLabels);

function risks(content: ReportContent): string[] {
  if (content.risks.length === 0) return ['No risk was found.'];
  return severityLabels.flatMap(([severity, label]) => {
    const own = content.risks.filter((risk) => risk.severity === severity);
    if (own.length === 0) return [];
    return [
      `### ${label}`,
      ...own.flatMap((risk) => [
        `**${risk.id} · ${risk.category}.** ${escapeMarkdown(risk.statement)}`,
        ...(risk.advice.trim() === '' ? [] : [`Advice: ${escapeMarkdown(risk.advice)}`]),
        `Stands on: ${links(risk)}`,
      ]),
    ];
  });
}

function gaps(content: ReportContent): string[] {
  if (content.gaps.length === 0) return ['Nothing that the playbook asks for is missing.'];
  const rows = content.gaps.map(({ category, severity, statement, advice }) => [
    category,
    labels.get(severity) ?? '',
    escapeMarkdown(statement),
    escapeMarkdown(advice),
  ]);
  return [table(['Clause', 'Severity', 'Gap', 'Advice'], rows)];
}

function weakness({ weakCategories }: ReportContent): string {
  return weakCategories.length === 0
    ? 'No category is known to be extracted poorly.'
    : `Clauses of these categories are known to be missed or mistaken more often than others; read the contract for them: ${weakCategories.join(', ')}.`;
}

function links({ quotes, notFound }: Basis): string {
  const found = quotes.map((number) => `[Quote ${number}](#quote-${number})`);
  const lost = notFound > 0 ? [`cited words that do not stand in the contract: ${notFound}`] : [];
  return [...found, ...lost].join(', ') || 'no clause';
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => '---'), ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
