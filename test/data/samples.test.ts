import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { comparePlaybook } from '../../src/activities/models/review/compare-playbook';
import { clauseCategories, type ClauseCategory } from '../../src/contracts/clause';
import { Playbook } from '../../src/contracts/playbook';

const data = join(__dirname, '../../data');
const contracts = ['supply-agreement.txt', 'reseller-agreement.txt', 'software-licence.txt'] as const;
const kilobyte = 1_024;

const playbookText = readFileSync(join(data, 'playbook.yaml'), 'utf8');
const read = (contract: string): string => readFileSync(join(data, 'contracts', contract), 'utf8');
const paragraphsOf = (contract: string): string[] => read(contract).split(/\n\s*\n/);

const playbook = Playbook.safeParse(parse(playbookText)).data;

/** The playbook's file with one thing changed in its entries, as an editor's slip would change it. */
function edited(from: string, to: string): unknown {
  const [head, entries] = playbookText.split(/^(?=entries:)/m);
  expect(entries).toContain(from);
  return parse(`${head ?? ''}${entries?.replace(from, to) ?? ''}`);
}

/** The categories whose deal a passage breaks, were it found to be a clause of each of them. */
function dealsBrokenBy(quote: string): ClauseCategory[] {
  const findings = clauseCategories.map((category) => ({
    category,
    clauses: [{ category, quote, anchor: 's-1', start: 0, end: quote.length }],
  }));
  return comparePlaybook(findings, Playbook.parse(playbook))
    .filter(({ standing }) => standing === 'dealBreaker')
    .map(({ category }) => category);
}

describe('the playbook', () => {
  it('is refused with a category that does not exist', () => {
    expect(Playbook.safeParse(edited('category: Non-Compete', 'category: Third Party Beneficiary')).success).toBe(true);
    expect(Playbook.safeParse(edited('category: Non-Compete', 'category: Non-Competition')).success).toBe(false);
  });

  it('is refused with a test that does not exist', () => {
    expect(Playbook.safeParse(edited('- test: absent', '- test: missing')).success).toBe(false);
  });

  it('is refused with an entry without advice', () => {
    const [first, ...others] = Playbook.parse(playbook).entries;
    const withoutAdvice = Object.fromEntries(Object.entries(first ?? {}).filter(([key]) => key !== 'advice'));
    expect(Playbook.safeParse({ ...playbook, entries: [first, ...others] }).success).toBe(true);
    expect(Playbook.safeParse({ ...playbook, entries: [withoutAdvice, ...others] }).success).toBe(false);
  });

  it('is refused with a number of days in words', () => {
    expect(Playbook.safeParse(edited('days: 90', 'days: ninety')).success).toBe(false);
  });

  it('matches the schema', () => {
    expect(() => Playbook.parse(parse(playbookText))).not.toThrow();
  });

  it('takes a position once on each of 22 to 28 of the 41 categories', () => {
    const categories = Playbook.parse(playbook).entries.map(({ category }) => category);
    expect(new Set(categories).size).toBe(categories.length);
    expect(clauseCategories).toEqual(expect.arrayContaining(categories));
    expect(categories.length).toBeGreaterThanOrEqual(22);
    expect(categories.length).toBeLessThanOrEqual(28);
  });

  it('has tests for each fall-back and deal-breaker that it states', () => {
    for (const entry of Playbook.parse(playbook).entries) {
      expect([entry.category, entry.fallbackTests === undefined]).toEqual([
        entry.category,
        entry.fallback === undefined,
      ]);
      expect([entry.category, entry.dealBreakerTests === undefined]).toEqual([
        entry.category,
        entry.dealBreaker === undefined,
      ]);
    }
  });

  it('lists all 41 categories for its editor', () => {
    const names = playbookText
      .slice(playbookText.indexOf('# The 41 categories:'))
      .replace(/^# .*:$/m, '')
      .replaceAll(/^#\s+/gm, ' ')
      .split('·')
      .map((name) => name.trim());
    expect(names).toEqual([...clauseCategories]);
  });
});

describe('the sample contracts', () => {
  it.each(contracts)('%s is 15 to 30 KB of text', (contract) => {
    const bytes = Buffer.byteLength(read(contract), 'utf8');
    expect(bytes).toBeGreaterThanOrEqual(15 * kilobyte);
    expect(bytes).toBeLessThanOrEqual(30 * kilobyte);
    expect(read(contract)).not.toMatch(/[^\n\x20-\x7e]/);
  });

  it.each([
    ['Exclusivity', 'in perpetuity'],
    ['Uncapped Liability', 'unlimited in amount'],
    ['Termination For Convenience', 'are forfeited'],
  ] as const)('the reseller agreement breaks the deal by its clause on %s', (category, words) => {
    const paragraphs = paragraphsOf('reseller-agreement.txt').filter((paragraph) => paragraph.includes(words));
    expect(paragraphs).toHaveLength(1);
    expect(paragraphs.flatMap(dealsBrokenBy)).toContain(category);
  });

  it.each(['supply-agreement.txt', 'software-licence.txt'])('%s breaks the deal nowhere', (contract) => {
    expect(paragraphsOf(contract).filter((paragraph) => dealsBrokenBy(paragraph).length > 0)).toEqual([]);
  });

  it('the licence caps liability subject to a clause that leaves the capped indemnity without a limit', () => {
    const text = read('software-licence.txt').replaceAll(/\s+/g, ' ');
    expect(text).toContain('that liability is subject to the limit in clause 14.3');
    expect(text).toMatch(/14\.3 SUBJECT TO CLAUSE 14\.2, [^.]* INCLUDING UNDER EVERY INDEMNITY IN IT/);
    expect(text).toMatch(/14\.2 Nothing in this Agreement limits [^.]*\(c\) [^;]*clause 13\.1;/);
  });
});
