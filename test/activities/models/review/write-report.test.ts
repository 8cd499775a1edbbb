import * as fc from 'fast-check';
import { clauseCategories } from '../../../../src/contracts/clause';
import { assessRisks } from '../../../../src/activities/models/review/assess-risks';
import { comparePlaybook } from '../../../../src/activities/models/review/compare-playbook';
import type { SignedReview } from '../../../../src/activities/models/review/report-content';
import { writeReport } from '../../../../src/activities/models/review/write-report';
import { contractOf, playbook, sampleReview } from './sample-review';

/** What a script finds that knows nothing of the project. */
function quotesInHtml(html: string): { readonly start: number; readonly end: number; readonly text: string }[] {
  const unescape = (text: string): string =>
    text
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&#39;', "'")
      .replaceAll('&amp;', '&');
  return [...html.matchAll(/<blockquote data-start="(\d+)" data-end="(\d+)">([^<]*)<\/blockquote>/g)].map(
    ([, start, end, text]) => ({ start: Number(start), end: Number(end), text: unescape(text ?? '') }),
  );
}

function quotesInMarkdown(markdown: string): string[] {
  return [...markdown.matchAll(/(?:^> .*\n)+/gm)].map(([block]) => block.replace(/^> /gm, ''));
}

const squeeze = (text: string): string => text.replace(/\s+/g, '');

/** Addresses within the report that are linked to, and those that exist. */
function anchorsIn(html: string): { readonly linked: Set<string>; readonly standing: Set<string> } {
  const all = (pattern: RegExp): Set<string> => new Set([...html.matchAll(pattern)].map((match) => match[1] ?? ''));
  return { linked: all(/href="#([^"]*)"/g), standing: all(/ id="([^"]*)"/g) };
}

const attacks = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '</blockquote></style><script>x</script>',
  '[click](javascript:alert(1)) ![x](http://evil.example/x.png)',
  '# Heading\n\n- item\n\n| a | b |\n|---|---|\n| c | d |',
  'http://evil.example www.evil.example a@evil.example <http://evil.example>',
  '`code` **bold** _em_ ~~gone~~ &lt;b&gt; \\[x\\]',
  '```\nfence\n```\n> quote\n***\n1. one',
  '[ref]: http://evil.example "t"',
];

/** The sample review with one text put wherever words come from outside. */
function attacked(words: string): SignedReview {
  const quote = `Nobody shall compete. ${words}`;
  const { text, sections, findings } = contractOf([
    ['Non-Compete', quote],
    ['Insurance', words],
  ]);
  const sample = sampleReview();
  const comparisons = comparePlaybook(findings, {
    ...playbook,
    entries: playbook.entries.map((entry) => ({ ...entry, position: words, advice: words })),
  });
  const terms = {
    ...sample.terms,
    parties: [{ name: words, role: words, quote, anchor: 's-1' }],
    renewalNotice: null,
    governingLaw: null,
    amounts: [],
  };
  const assessment = assessRisks({ comparisons, findings, terms });
  return {
    ...sample,
    contract: {
      name: words,
      text,
      sections: sections.map((section) => ({ ...section, heading: words.slice(0, 200) })),
    },
    findings,
    terms,
    comparisons,
    assessment: { ...assessment, summary: words },
    signOff: { decision: 'edit', actor: words, role: words, comment: words, decidedAt: words },
    playbook: { name: words, version: '1.0.0' },
  };
}

interface Seen {
  /** The kinds of Markdown there are. */
  readonly kinds: string[];
  /** How many rows each table has. */
  readonly rows: number[];
  /** The comment of the sign-off, as the table's cell shows it. */
  readonly comment: string;
}

/** What a reader of Markdown sees. */
async function seenIn(markdown: string): Promise<Seen> {
  const { lexer, walkTokens } = await import('marked');
  const kinds = new Set<string>();
  const rows: number[] = [];
  let comment = '';
  const tokens = lexer(markdown);
  void walkTokens(tokens, (token) => {
    if (token.type === 'link') kinds.add(String(token.href).startsWith('#quote-') ? 'link' : 'foreign link');
    else if (token.type === 'heading') kinds.add(`heading ${String(token.depth)}`);
    else kinds.add(token.type);
    if (token.type !== 'table') return;
    const cells = token.rows as { text: string; tokens: { text: string }[] }[][];
    rows.push(cells.length);
    comment ||=
      cells
        .find(([label]) => label?.text === 'Comment')?.[1]
        ?.tokens.map(({ text }) => text)
        .join('') ?? '';
  });
  return { kinds: [...kinds].filter((kind) => kind !== 'escape').sort(), rows, comment };
}

describe('writeReport', () => {
  test.each(attacks)('shows %j in HTML without letting it act', (words) => {
    const { html } = writeReport(attacked(words));
    const harmless = writeReport(attacked('harmless words')).html;
    const tags = (text: string): string[] =>
      [...new Set([...text.matchAll(/<\/?([a-z0-9]+)/gi)].map((match) => match[0]))].sort();
    expect(tags(html)).toEqual(tags(harmless));
    expect(html).not.toMatch(/<[^>]*\s(?:on\w+|src|action)\s*=/i);
    expect([...html.matchAll(/href="([^"]*)"/g)].every((match) => match[1]?.startsWith('#'))).toBe(true);
  });

  test.each(attacks)('shows %j in Markdown without letting it act', async (words) => {
    const seen = await seenIn(writeReport(attacked(words)).markdown);
    const harmless = await seenIn(writeReport(attacked('harmless words')).markdown);
    expect(seen).toEqual({ ...harmless, comment: words.replace(/\s+/g, ' ') });
    expect(seen.kinds).not.toContain('html');
  });

  test('says so, and quotes nothing, when cited words do not stand in the contract', () => {
    const review = sampleReview();
    const risks = review.assessment.risks.map((risk) => ({
      ...risk,
      citations: [{ quote: 'words of nobody', anchor: 's-1' }],
    }));
    const { html, markdown } = writeReport({ ...review, assessment: { ...review.assessment, risks } });
    expect(html).toContain('cited words that do not stand in the contract: 1');
    expect(markdown).toContain('cited words that do not stand in the contract: 1');
    expect(html).not.toContain('words of nobody');
  });

  test('says that a risk which counsel added without a clause stands on none', () => {
    const review = sampleReview();
    const risks = review.assessment.risks.map((risk) => ({ ...risk, citations: [] }));
    expect(writeReport({ ...review, assessment: { ...review.assessment, risks } }).html).toContain(
      'Stands on no clause',
    );
  });

  test('finds cited words in their section first, whatever their white space', () => {
    const words = 'Both sides are insured.';
    const { text, sections, findings } = contractOf([
      ['Insurance', words],
      ['Insurance', words],
    ]);
    const review = sampleReview();
    const risk = { ...review.assessment.risks[0]!, citations: [{ quote: 'Both sides\n are insured.', anchor: 's-2' }] };
    const { html } = writeReport({
      ...review,
      contract: { name: 'c', text, sections },
      findings: [],
      terms: { ...review.terms, parties: [], renewalNotice: null, governingLaw: null, amounts: [] },
      assessment: { ...review.assessment, risks: [risk] },
    });
    expect(quotesInHtml(html)).toEqual([
      { start: findings[0]!.clauses[1]!.start, end: findings[0]!.clauses[1]!.end, text: words },
    ]);
  });

  test('links every risk, term and clause to a quote that is there', () => {
    const review = sampleReview();
    const { html, markdown, quotes } = writeReport(review);
    const { linked, standing } = anchorsIn(html);
    expect([...linked].filter((address) => !standing.has(address))).toEqual([]);
    expect([...standing].filter((address) => address.startsWith('quote-'))).toHaveLength(quotes);
    for (const { id } of review.assessment.risks) {
      expect(html).toMatch(new RegExp(`id="risk-${id}">.*?Stands on <a href="#quote-\\d+">`, 's'));
      expect(markdown).toMatch(new RegExp(`\\*\\*${id} · [^]*?Stands on: \\[Quote \\d+\\]\\(#quote-\\d+\\)`));
    }
    const links = [...markdown.matchAll(/\]\(#quote-(\d+)\)/g)].map((match) => match[1]);
    expect(links.every((number) => markdown.includes(`### Quote ${number ?? ''}\n`))).toBe(true);
    for (const finding of review.findings.filter(({ clauses }) => clauses.length > 0)) {
      expect(markdown).toMatch(new RegExp(`\\| ${finding.category} \\|.*\\[Quote \\d+\\]`));
    }
  });

  test('tells a busy reader first what to do, who signed off, and where not to trust it', () => {
    const { html, markdown } = writeReport(sampleReview());
    const order = [
      'Do not sign',
      'Approved by ada (counsel)',
      'Non-Compete',
      'Gaps',
      'Key terms',
      'Clause by clause',
      'Appendix: quotes',
    ];
    for (const text of [html.slice(html.indexOf('<main>')), markdown]) {
      const places = order.map((words) => text.indexOf(words));
      expect(places.every((place) => place >= 0)).toBe(true);
    }
    expect(markdown).toContain('| Insurance (check by hand) | Missing |');
    expect(markdown).toContain('USD 12,345.67: sample');
    expect(markdown).toContain('2026-11-21 06:30 UTC');
    for (const category of clauseCategories) expect(html).toContain(`<th scope="row">${category}`);
  });

  test('is one file without scripts or outside resources, with a picture of the severities', () => {
    const { html } = writeReport(sampleReview());
    expect(html).not.toMatch(/<script|<link|@import|url\(|https?:/i);
    expect(html).toMatch(/<svg[^>]*aria-label="Deal-breaker: 1, High: 2, Low: 1, Gap: 1"/);
  });

  test('writes of a review that found nothing', () => {
    const review = sampleReview();
    const assessment = { recommendation: 'sign' as const, summary: 'Nothing.', risks: [], gaps: [] };
    const { html, quotes } = writeReport({
      ...review,
      findings: [],
      assessment,
      terms: { ...review.terms, parties: [], renewalNotice: null, governingLaw: null, amounts: [] },
      weakCategories: [],
    });
    expect(quotes).toBe(0);
    expect(html).toContain('No risk was found.');
    expect(html).not.toContain('<svg');
  });

  test('quotes nothing but the contract, word for word, whatever the contract holds', () => {
    const passage = fc.oneof(
      fc.lorem({ maxCount: 30 }),
      fc.string({ minLength: 1, maxLength: 300, unit: 'binary' }),
      fc
        .array(fc.constantFrom(...attacks, '\n', '\t', ' \u00a0', '“x', '> ', '    ', '|', '\\', '"'), {
          minLength: 1,
          maxLength: 6,
        })
        .map((parts) => parts.join('')),
    );
    const category = fc.constantFrom(...clauseCategories);
    const property = fc.property(fc.array(fc.tuple(category, passage), { minLength: 1, maxLength: 12 }), (passages) => {
      const { text, sections, findings } = contractOf(passages);
      const sample = sampleReview();
      const comparisons = comparePlaybook(findings, playbook);
      const terms = { ...sample.terms, parties: [], renewalNotice: null, governingLaw: null, amounts: [] };
      const assessment = assessRisks({ comparisons, findings, terms });
      const written = writeReport({
        ...sample,
        contract: { name: 'c', text, sections },
        findings,
        terms,
        comparisons,
        assessment,
      });
      const inHtml = quotesInHtml(written.html);
      expect(inHtml).toHaveLength(written.quotes);
      for (const quote of inHtml) expect(text.slice(quote.start, quote.end)).toBe(quote.text);
      const inMarkdown = quotesInMarkdown(written.markdown);
      expect(inMarkdown).toHaveLength(written.quotes);
      expect(inMarkdown.map(squeeze)).toEqual(inHtml.map(({ text: quote }) => squeeze(quote)));
      const quoted = new Set(inHtml.map(({ text: quote }) => squeeze(quote)));
      expect(passages.map(([, quote]) => squeeze(quote)).filter((quote) => quote !== '' && !quoted.has(quote))).toEqual(
        [],
      );
    });
    fc.assert(property, { numRuns: 200 });
  });
});
