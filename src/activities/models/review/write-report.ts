import { type SignedReview, reportContent } from './report-content';
import { reportAsHtml } from './report-html';
import { reportAsMarkdown } from './report-markdown';

/**
 * Writes a review that was signed off as Markdown and as one self-contained HTML file.
 *
 * Every risk, term and clause links to its quotes. A quote is the contract's own text: in HTML a `blockquote` whose
 * `data-start` and `data-end` are character offsets into it, in Markdown lines that begin with `>`, where white space
 * may differ. Words from the contract, from people and from models are escaped in both. `quotes` counts the quotes.
 */
export function writeReport(review: SignedReview): { markdown: string; html: string; quotes: number } {
  const content = reportContent(review);
  return { markdown: reportAsMarkdown(content), html: reportAsHtml(content), quotes: content.passages.length };
}
