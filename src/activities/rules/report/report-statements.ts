import { severityLabels, type Basis, type ReportContent } from '../../models/review/report-content';
import { plainWords } from './visible-words';

export type ReportFormat = 'markdown' | 'html';

/** One thing that a report must say: what it is, for feedback, and its words as they follow one another. */
export interface Statement {
  readonly about: string;
  readonly words: string;
}

/**
 * Everything that a report must say of a review. What belongs together stands together: a risk with its severity,
 * advice and quotes, a quote with its place. The order of these is the writer's.
 */
export function statementsOf(content: ReportContent, format: ReportFormat): Statement[] {
  const say = (about: string, ...parts: readonly string[]): Statement => ({
    about,
    words: plainWords(parts.join(' ')),
  });
  return [
    say('the recommendation and its reasons', content.recommended, content.summary),
    ...content.facts.map(([label, value]) => say(label, label, value)),
    ...risks(content, format).map(([id, ...parts]) => say(id, ...parts)),
    ...content.gaps.map(({ category, severity, statement, advice }) =>
      say(`the gap ${category}`, category, labels.get(severity) ?? '', statement, advice),
    ),
    ...content.terms.map((term) => say(`the term ${term.label}`, term.label, term.value, ...linked(term, format))),
    ...content.clauses.map((clause) =>
      say(
        `the clause ${clause.category}`,
        ...[clause.category, clause.weak ? 'check by hand' : '', clause.standing, clause.position],
        ...(clause.quotes.length + clause.notFound === 0 ? ['Not found'] : linked(clause, format)),
      ),
    ),
    ...(content.weakCategories.length === 0 ? [] : [say('what to check by hand', content.weakCategories.join(', '))]),
    ...content.passages.map(({ number, start, end, text, heading, citedBy }) =>
      say(
        `quote ${number}`,
        ...[`Quote ${number}`, format === 'markdown' ? 'Section' : '', heading, `characters ${start} to ${end}`],
        ...[`cited by ${citedBy.join(', ')}`, text],
      ),
    ),
  ].filter(({ words }) => words !== '');
}

const labels = new Map<string, string>(severityLabels);

/** In Markdown a severity stands over its risks, in HTML beside each. */
function risks(content: ReportContent, format: ReportFormat): [id: string, ...parts: string[]][] {
  return severityLabels.flatMap(([severity, label]) =>
    content.risks
      .filter((risk) => risk.severity === severity)
      .map((risk, index): [string, ...string[]] => {
        const advice = risk.advice.trim() === '' ? [] : ['Advice', risk.advice];
        const heading =
          format === 'html' ? [risk.id, risk.category, label] : [index === 0 ? label : '', risk.id, risk.category];
        return [risk.id, ...heading, risk.statement, ...advice, 'Stands on', ...linked(risk, 'markdown')];
      }),
  );
}

/** A table's cell without a quote is empty in HTML. */
function linked({ quotes, notFound }: Basis, format: ReportFormat): string[] {
  const lost = notFound > 0 ? [`cited words that do not stand in the contract: ${notFound}`] : [];
  if (quotes.length + notFound === 0) return format === 'html' ? [] : ['no clause'];
  return [...quotes.map((number) => `Quote ${number}`), ...lost];
}

const form =
  'Contract review Recommendation Review Risks No risk was found Gaps Nothing that the playbook asks for is missing ' +
  'Clause Severity Gap Advice Key terms Term Value Quote by Standing The playbook’s words Quotes Check hand Appendix ' +
  'No category is known to be extracted poorly Clauses of these categories are known to be missed or mistaken more ' +
  'often than others read the contract for them';

/** The words of a report's form: all that may stand in it beside what it must say. */
export const formWords: ReadonlySet<string> = new Set(plainWords(form).split(' '));
