import { type ClauseCategory, clauseCategories } from '../../../../src/contracts/clause';
import type { PlaybookEntry, PlaybookTest } from '../../../../src/contracts/playbook';
import type { Comparison } from '../../../../src/contracts/risk';
import { comparePlaybook } from '../../../../src/activities/models/review/compare-playbook';
import { contractOf, playbook } from './sample-review';

const mentions = (...anyOf: string[]): PlaybookTest => ({ test: 'mentions', anyOf });
const avoids = (...anyOf: string[]): PlaybookTest => ({ test: 'avoids', anyOf });

function compareOne(
  tests: Partial<PlaybookEntry>,
  quotes: readonly string[],
  category: ClauseCategory = 'Insurance',
): Comparison {
  const entry: PlaybookEntry = {
    category,
    position: 'the position',
    positionTests: [{ test: 'present' }],
    severity: 'medium',
    advice: 'the advice',
    ...tests,
  };
  const { findings } = contractOf(quotes.map((quote) => [category, quote]));
  return comparePlaybook(findings, { ...playbook, entries: [entry] }).find((one) => one.category === category)!;
}

describe('comparePlaybook', () => {
  test('reports what matches no test as a deviation', () => {
    const compared = compareOne({ positionTests: [mentions('gold')] }, ['silver']);
    expect(compared).toMatchObject({
      standing: 'deviates',
      position: 'the position',
      advice: 'the advice',
      severity: 'medium',
    });
  });

  test('reports a clause that the position needs and nobody found as missing', () => {
    expect(compareOne({ positionTests: [mentions('gold')] }, []).standing).toBe('missing');
    expect(compareOne({ positionTests: [{ test: 'daysAtMost', days: 9 }] }, []).standing).toBe('missing');
    expect(compareOne({ fallback: 'f', fallbackTests: [avoids('lead')] }, []).standing).toBe('missing');
  });

  test('accepts that nothing was found where the tests ask for nothing', () => {
    expect(compareOne({ positionTests: [{ test: 'absent' }] }, []).standing).toBe('meetsPosition');
    expect(compareOne({ positionTests: [avoids('lead')] }, []).standing).toBe('meetsPosition');
    expect(compareOne({ fallback: 'f', fallbackTests: [{ test: 'absent' }] }, []).standing).toBe('meetsFallback');
  });

  test('breaks no deal over a clause that is not there', () => {
    const broken = {
      dealBreaker: 'd',
      dealBreakerTests: [avoids('gold')],
      positionTests: [{ test: 'absent' }],
    } satisfies Partial<PlaybookEntry>;
    expect(compareOne(broken, []).standing).toBe('meetsPosition');
    expect(compareOne(broken, ['silver']).standing).toBe('dealBreaker');
  });

  test('tries the deal-breaker before the position, and the position before the fall-back', () => {
    const tests = {
      dealBreaker: 'the deal-breaker',
      dealBreakerTests: [mentions('lead')],
      positionTests: [mentions('gold')],
      fallback: 'the fall-back',
      fallbackTests: [mentions('silver')],
    };
    expect(compareOne(tests, ['gold and lead'])).toMatchObject({
      standing: 'dealBreaker',
      position: 'the deal-breaker',
    });
    expect(compareOne(tests, ['gold and silver'])).toMatchObject({
      standing: 'meetsPosition',
      position: 'the position',
    });
    expect(compareOne(tests, ['silver'])).toMatchObject({ standing: 'meetsFallback', position: 'the fall-back' });
  });

  test('breaks the deal over one clause alone, and cites it first', () => {
    const tests = {
      dealBreaker: 'd',
      dealBreakerTests: [mentions('lead'), { test: 'daysAtLeast', days: 365 } as const],
    };
    expect(compareOne(tests, ['lead for 30 days', 'tin for two years']).standing).toBe('meetsPosition');
    const broken = compareOne(tests, ['lead for 30 days', 'lead for two years']);
    expect(broken.standing).toBe('dealBreaker');
    expect(broken.citations.map(({ quote }) => quote)).toEqual(['lead for two years', 'lead for 30 days']);
  });

  test('does not take a phrase to be avoided where a neighbouring clause says it', () => {
    const tests = { dealBreaker: 'd', dealBreakerTests: [mentions('assign'), avoids('consent')] };
    expect(compareOne(tests, ['No party may assign.', 'Consent is not withheld.']).standing).toBe('meetsPosition');
  });

  test.each([
    ['limited', 'unlimited liability', false],
    ['exclusive', 'a non-exclusive right', false],
    ['assign', 'any ASSIGNMENT hereof', true],
    ["supplier's  own", 'the Supplier’s\n  own', true],
    ['non-exclusive', 'a non‑exclusive right', true],
    ['(a) or [b]', 'under (a) or [b]', true],
  ])('sees whether “%s” stands in “%s”: %s', (phrase, quote, stands) => {
    expect(compareOne({ positionTests: [mentions(phrase)] }, [quote]).standing).toBe(
      stands ? 'meetsPosition' : 'deviates',
    );
  });

  test('holds every duration to its bound, and a clause without one fails', () => {
    const atMost = { positionTests: [{ test: 'daysAtMost', days: 90 }] } satisfies Partial<PlaybookEntry>;
    expect(compareOne(atMost, ['30 days', '91 days']).standing).toBe('deviates');
    expect(compareOne(atMost, ['30 days', '3 months']).standing).toBe('meetsPosition');
    expect(compareOne(atMost, ['promptly']).standing).toBe('deviates');
    expect(compareOne(atMost, ['thirty (300) days']).standing).toBe('deviates');
    expect(compareOne({ positionTests: [{ test: 'daysAtLeast', days: 365 }] }, ['one (1) year']).standing).toBe(
      'meetsPosition',
    );
  });

  test('reads the notice where a category is about notice, and the term where it is not', () => {
    const quote = 'renews for two (2) years unless notice is given at least sixty (60) days prior to the end';
    const atMost = { positionTests: [{ test: 'daysAtMost', days: 60 }] } satisfies Partial<PlaybookEntry>;
    expect(compareOne(atMost, [quote], 'Notice Period To Terminate Renewal').standing).toBe('meetsPosition');
    expect(compareOne(atMost, [quote], 'Renewal Term').standing).toBe('deviates');
  });

  test('calls nothing missing that nobody looked for', () => {
    const categories = comparePlaybook([{ category: 'Insurance', clauses: [] }], playbook).map((one) => one.category);
    expect(categories).toEqual(['Insurance']);
  });

  test('reports a category without an entry, and judges it not', () => {
    const { findings } = contractOf([['Parties', 'Ada and Bob']]);
    const parties = comparePlaybook(findings, playbook).find(({ category }) => category === 'Parties');
    expect(parties).toEqual({
      category: 'Parties',
      standing: 'notInPlaybook',
      severity: null,
      position: '',
      advice: '',
      citations: [{ quote: 'Ada and Bob', anchor: 's-1' }],
    });
  });

  test('gives one comparison for each category that was looked for, in their order', () => {
    const { findings } = contractOf([['Third Party Beneficiary', 'Nobody else may enforce this.']]);
    expect(comparePlaybook(findings, playbook).map(({ category }) => category)).toEqual(clauseCategories);
  });
});
