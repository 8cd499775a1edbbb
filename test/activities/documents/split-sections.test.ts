import fc from 'fast-check';
import { Section } from '../../../src/contracts/clause';
import { sectionsMax, splitSections } from '../../../src/activities/documents/split-sections';

function anchors(text: string): string[] {
  return splitSections(text).map(({ anchor }) => anchor);
}

function headings(text: string): string[] {
  return splitSections(text).map(({ heading }) => heading);
}

/** A contract set on pages of one line each, as filings to the SEC are. */
const filing = [
  'Exhibit 10.9 SUPPLY AGREEMENT This Agreement is effective as of 1.4.2011 by and between A Ltd. and B Inc., Suite 250. Now therefore the parties agree as follows: 1. Precedence 1.1 The terms herein govern all services, and prevail as set out in Section 2.1 below. 1.2 Each order over $2.50 Million is subject to Section 3. Orders of less need no approval 2. Term This Agreement lasts 2.5 years from May 1, 2011 under ISO 13488 standards and',
  '2\n\nSource: A LTD., F-1/A, 7/29/2019',
  'is renewed in accordance with Section 3.2. The renewal is free. 3. PRICES 3.1 Payment terms Unless agreed otherwise: (a) 50% is due on order; (b) the rest on delivery. 3.2 Renewal. See Section 1.1 and 2.1 The price of renewal follows Exhibit A. 3.2 Discounts. Exhibit A Prices apply',
  '3\n\nSource: A LTD., F-1/A, 7/29/2019',
  'for all. IN WITNESS WHEREOF, the parties have signed. By: /s/ A',
  '4\n\nSource: A LTD., F-1/A, 7/29/2019',
  'Exhibit A Prices 1. Widgets Each at 4.10 Euros. 2. Gadgets Each at 3.99 Euros.',
].join('\n\n');

/** A contract set well: headings on lines of their own. */
const wellSet = `MASTER AGREEMENT

between A and B

ARTICLE I
DEFINITIONS

Section 1.01 Terms. In this Agreement "Goods" means the goods listed in
Schedule 1.

ARTICLE II
SUPPLY

Section 2.01 Supply. The Seller supplies the Goods as set out in
Section 1.01 and in Article I of this Agreement.

Section 2.02 Termination Payment.

(a) The Buyer pays on termination.

(b) The Seller refunds what was paid in advance.

2.02A Inserted later. A clause that was put in.

ARTICLE III
GENERAL

Section 3.01 Law. The law of Ohio governs.

SCHEDULE 1 - GOODS

1. Bolts, in boxes.

2. Nuts, in bags.
`;

describe('what is no heading', () => {
  it.each([
    [
      'a reference to a section',
      '1. Term. This lasts as Section 2. Nothing else counts. 2. Law. Ohio.',
      ['s-1', 's-2'],
    ],
    [
      'a reference at the start of a line',
      '1. Term. As said in Section\n1.2 The end.\n\n2. Law. Ohio.',
      ['s-1', 's-2'],
    ],
    ['an amount', '1. Price. The price is $ 2. The rest is free. 2. Law. Ohio.', ['s-1', 's-2']],
    ['millions', '1. Price. It costs about\n1.1 Million Euros a year.\n\n2. Law. Ohio.', ['s-1', 's-2']],
    ['a date', '1. Start. It begins on\n2. January 2026, at noon.\n\n2. Law. Ohio.', ['s-1', 's-2']],
    ['a time', '1. Hours. Work ends at\n1.30 P.M. every day.\n\n2. Law. Ohio.', ['s-1', 's-2']],
    ['an address', '1. Notices. To A Ltd, Suite 2. Attention: Legal.\n\n2. Law. Ohio.', ['s-1', 's-2']],
    ['a page number', '1. Term. This lasts\n\n2\n\nFor three years.\n\n2. Law. Ohio.', ['s-1', 's-2']],
    ['a number out of order', '1. Term. Long.\n\n9. Stray.\n\n2. Law. Ohio.\n\n3. End. Now.', ['s-1', 's-2', 's-3']],
    [
      'an item of a list within a section',
      '1. A. 1.1 Do: 2. This. 3. That. 1.2 Be. 1.3 Go. 2. B. 2.1 Be. 2.2 Go. 3. C.',
      ['s-1', 's-1.1', 's-1.2', 's-1.3', 's-2', 's-2.1', 's-2.2', 's-3'],
    ],
    ['a mention of an exhibit', '1. Goods. All in\nExhibit A. The Buyer pays.\n\n2. Law. Ohio.', ['s-1', 's-2']],
    [
      'an item of a sentence',
      '1. Ends. It ends:\n\n(a) Upon notice; or\n\n(b) Upon breach.\n\n2. Law.',
      ['s-1', 's-2'],
    ],
  ])('%s', (_what, text, expected) => {
    expect(anchors(text)).toEqual(expected);
  });

  it.each([
    ['with dots', (title: string, page: number) => `${title} ..... ${page}`],
    ['without dots', (title: string, page: number) => `${title} ${page}`],
    ['without page numbers', (title: string) => title],
  ])('a line of the table of contents, %s', (_what, line) => {
    const contents = ['1. Term', '2. Law', '3. Notices', '4. Costs', '5. End'].map((title, page) =>
      line(title, page + 2),
    );
    const body = '1. Term\n\n1.1 Start. Now.\n\n2. Law\n\nOhio.\n\n3. Notices\n\nNone.\n\n4. Costs\n\nNone.\n\n5. End';
    const expected = ['s-preamble', 's-1', 's-1.1', 's-2', 's-3', 's-4', 's-5'];
    expect(anchors(`CONTENTS\n\n${contents.join('\n')}\n\n${body}`)).toEqual(expected);
  });
});

describe('sections', () => {
  it('are none where there is no text', () => {
    expect(splitSections('')).toEqual([]);
  });

  it('are one where there is no heading', () => {
    const text = 'The parties agree on everything.';
    expect(splitSections(text)).toEqual([{ anchor: 's-preamble', heading: 'Preamble', start: 0, end: text.length }]);
  });

  it('are found at headings in the middle of a line, across page footers', () => {
    expect(anchors(filing)).toEqual([
      ...['s-preamble', 's-1', 's-1.1', 's-1.2', 's-2', 's-3', 's-3.1', 's-3.2', 's-3.2-2'],
      ...['s-signatures', 's-exhibit-a', 's-exhibit-a.1', 's-exhibit-a.2'],
    ]);
  });

  it('are called by their own numbers, articles, letters and annexes', () => {
    expect(anchors(wellSet)).toEqual([
      ...['s-preamble', 's-article-i', 's-1.01', 's-article-ii', 's-2.01', 's-2.02', 's-2.02.a', 's-2.02.b', 's-2.02a'],
      ...['s-article-iii', 's-3.01', 's-schedule-1', 's-schedule-1.1', 's-schedule-1.2'],
    ]);
  });

  it('have their number and title for a heading, in one line', () => {
    expect(headings(wellSet).slice(1, 6)).toEqual([
      'ARTICLE I DEFINITIONS',
      'Section 1.01 Terms',
      'ARTICLE II SUPPLY',
      'Section 2.01 Supply',
      'Section 2.02 Termination Payment',
    ]);
  });

  it.each([
    ['1. Notice of Breach Each party has to act.', '1. Notice of Breach'],
    ['1. INDEMNITY / INSURANCE The Agent pays.', '1. INDEMNITY / INSURANCE'],
    ['1. Scope Of Work Contractor will work.', '1. Scope Of Work'],
    ['1. Termination for cause If either party fails.', '1. Termination for cause'],
    ['1. "Affiliate" means any entity.', '1. "Affiliate"'],
    ['1. HDI shall host the Site.', '1.'],
    ['1. The Company shall pay.', '1.'],
    ['1. IN NO EVENT SHALL EITHER PARTY BE LIABLE.', '1.'],
    ['1. Licensee Data is the property of Licensee', '1.'],
  ])('of "%s" have the title %s', (text, heading) => {
    expect(headings(text)).toEqual([heading]);
  });

  it('follow bare numbers before titles', () => {
    expect(anchors('1 DEFINITIONS\n\nNone.\n\n2 TERM\n\n2.1 It lasts.\n\n2 Main Street\n\n3 LAW\n\nOhio.')).toEqual([
      ...['s-1', 's-2', 's-2.1', 's-3'],
    ]);
  });

  it('go by titles in capitals where nothing is numbered', () => {
    const prose = 'The parties agree that this is so, and that it shall remain so for as long as they live.';
    const text = `AGREEMENT\n\nA B LIMITED\n\n${prose}\n\nTERM AND TERMINATION\n\n${prose}\n\nLAW\n\n${prose}`;
    expect(anchors(text).slice(1)).toEqual(['s-a-b-limited', 's-term-and-termination', 's-law']);
  });

  it(`are at most ${sectionsMax}, the deepest levels staying within those above`, () => {
    const chapters = Array.from({ length: 100 }, (_, chapter) => {
      const clauses = Array.from({ length: 30 }, (__, clause) => `${chapter + 1}.${clause + 1} The clause is binding.`);
      return [`${chapter + 1}. Chapter`, ...clauses].join('\n\n');
    });
    expect(anchors(chapters.join('\n\n'))).toEqual(Array.from({ length: 100 }, (_, index) => `s-${index + 1}`));
  });

  it('cover any text in order, without gaps or overlaps, under anchors of their own', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('\n', '\n\n', ' ', '1. Term. ', '1.1 The ', '2. LAW ', 'ARTICLE IV\n', 'Section 2.1 Pay. '),
      fc.constantFrom(
        '(a) Pay. ',
        '(b) Go. ',
        'EXHIBIT A - GOODS\n',
        'IN WITNESS WHEREOF, ',
        'C-1 Big. ',
        '11.1A Also. ',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = pieces.join('');
        const sections = splitSections(text);
        expect(sections.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text);
        expect(sections.every(({ start, end }) => start < end)).toBe(true);
        expect(new Set(sections.map(({ anchor }) => anchor)).size).toBe(sections.length);
        for (const section of sections) expect(Section.safeParse(section).success).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  it('keep their anchors when the text of one of them is edited', () => {
    const sentence = fc
      .array(
        fc.constantFrom('the', 'Buyer', 'shall', 'pay', '30', 'days', 'Section 2.1', '$5.00', '(b)', 'of', 'goods'),
        {
          minLength: 1,
          maxLength: 30,
        },
      )
      .map((words) => `They agree that ${words.join(' ')} again.`);
    fc.assert(
      fc.property(fc.constantFrom(filing, wellSet), fc.nat(), sentence, (text, pick, addition) => {
        const sections = splitSections(text);
        const edited = sections[pick % sections.length]!;
        const changed = `${text.slice(0, edited.end).trimEnd()} ${addition}${/\s*$/.exec(text.slice(0, edited.end))![0]}`;
        expect(anchors(changed + text.slice(edited.end))).toEqual(sections.map(({ anchor }) => anchor));
      }),
      { numRuns: 500 },
    );
  });
});
