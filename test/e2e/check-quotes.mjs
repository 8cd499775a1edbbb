// Holds every quote of a report against the contract itself. It shares no code with the project, on purpose: it knows
// only how a report looks from outside.
//
//   node check-quotes.mjs REPORT.html|REPORT.md CONTRACT.txt
//
// Exit code 0: every quote stands in the contract, white space aside, and every link to a quote leads to one.
// Exit code 1: one does not, or the report has no quotes, or it cannot be read.
import { readFileSync } from 'node:fs';

const [reportFile, contractFile] = process.argv.slice(2);
if (contractFile === undefined) {
  console.error('usage: node check-quotes.mjs REPORT.html|REPORT.md CONTRACT.txt');
  process.exit(1);
}
const report = readFileSync(reportFile, 'utf8');
const contract = squeeze(readFileSync(contractFile, 'utf8'));
const { quotes, links } = reportFile.endsWith('.md') ? readMarkdown(report) : readHtml(report);

if (quotes.size === 0) {
  console.error(`${reportFile} has no quotes`);
  process.exit(1);
}
const missing = [...quotes].filter(([, text]) => squeeze(text) === '' || !contract.includes(squeeze(text)));
const dangling = links.filter((number) => !quotes.has(number));
for (const [number, text] of missing) console.error(`quote ${number} does not stand in the contract: ${text}`);
for (const number of dangling) console.error(`a link leads to quote ${number}, which is not there`);
console.log(
  `${quotes.size} quotes, ${quotes.size - missing.length} stand in the contract; ${links.length} links, ${links.length - dangling.length} lead to a quote`,
);
process.exit(missing.length > 0 || dangling.length > 0 ? 1 : 0);

function readHtml(html) {
  const entities = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
  const articles = html.matchAll(/id="quote-(\d+)"[\s\S]*?<blockquote[^>]*>([\s\S]*?)<\/blockquote>/g);
  const plain = (text) => text.replace(/&(amp|lt|gt|quot|#39);/g, (_whole, name) => entities[name]);
  return {
    quotes: new Map([...articles].map(([, number, text]) => [number, plain(text)])),
    links: [...html.matchAll(/href="#quote-(\d+)"/g)].map(([, number]) => number),
  };
}

function readMarkdown(markdown) {
  const blocks = markdown.matchAll(/^### Quote (\d+)\n[\s\S]*?\n((?:> {5}.*\n)+)/gm);
  return {
    quotes: new Map([...blocks].map(([, number, lines]) => [number, lines.replace(/^> {5}/gm, '')])),
    links: [...markdown.matchAll(/\]\(#quote-(\d+)\)/g)].map(([, number]) => number),
  };
}

/** Without white space and without characters that have no width: what is left must be the same, sign for sign. */
function squeeze(text) {
  return text.normalize('NFC').replace(/[\s\p{Cf}\p{Cc}]+/gu, '');
}
