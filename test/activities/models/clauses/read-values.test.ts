import { addDuration } from '../../../../src/activities/models/clauses/add-duration';
import { findDates, type DateOrder } from '../../../../src/activities/models/clauses/read-date';
import { findDurations } from '../../../../src/activities/models/clauses/read-duration';
import { dateOrderOf, readJurisdiction } from '../../../../src/activities/models/clauses/read-governing-law';
import { findMoney } from '../../../../src/activities/models/clauses/read-money';
import { readSpelledNumber } from '../../../../src/activities/models/clauses/read-number';

describe('a date', () => {
  test.each([['in the month of May 2020'], ['version 1.2.3.4'], ['call 555-12-3456'], ['no date at all']])(
    'is not found in: %s',
    (words) => {
      expect(findDates(words)).toEqual([]);
    },
  );

  test.each<[string, DateOrder]>([
    ['12/10/99', 'unknown'],
    ['1.4.2011', 'unknown'],
    ['February 30, 2020', 'monthFirst'],
    ['13/13/2020', 'dayFirst'],
  ])('%s, order %s, is found but not guessed', (words, order) => {
    expect(findDates(words, order).map(({ date }) => date)).toEqual([null]);
  });

  test.each<[string, DateOrder, string]>([
    ['15t h day of January 2018', 'unknown', '2018-01-15'],
    ['20th day of December, 2018', 'unknown', '2018-12-20'],
    ['May 22, 2020', 'unknown', '2020-05-22'],
    ['Sept. 3rd, 2019', 'unknown', '2019-09-03'],
    ['1 June 2020', 'unknown', '2020-06-01'],
    ['the 2nd of MARCH 2021', 'unknown', '2021-03-02'],
    ['2024-02-29', 'unknown', '2024-02-29'],
    ['12/10/99', 'monthFirst', '1999-12-10'],
    ['12/10/99', 'dayFirst', '1999-10-12'],
    ['25/12/2020', 'unknown', '2020-12-25'],
    ['12/25/20', 'unknown', '2020-12-25'],
    ['3/3/2021', 'unknown', '2021-03-03'],
    ['1.4.2011', 'dayFirst', '2011-04-01'],
  ])('%s, order %s, is %s', (words, order, date) => {
    expect(findDates(words, order)).toMatchObject([{ date }]);
  });
});

describe('a duration', () => {
  test.each([['ten (12) years'], ['twelve (ten) months'], ['0 days']])(
    '%s contradicts itself and is not guessed',
    (words) => {
      expect(findDurations(words).map(({ duration }) => duration)).toEqual([null]);
    },
  );

  test.each([['ten business days'], ['many years'], ['Section 4.30 days']])('is not found in: %s', (words) => {
    expect(findDurations(words)).toEqual([]);
  });

  test.each([
    ['ten (10) years', 10, 'year'],
    ["six (6) months' notice", 6, 'month'],
    ['a period of 90 days', 90, 'day'],
    ['12-month term', 12, 'month'],
    ['thirty (thirty) days', 30, 'day'],
    ['twenty-four consecutive months', 24, 'month'],
    ['one hundred and eighty (180) days', 180, 'day'],
    ['two WEEKS', 2, 'week'],
  ])('%s is %d %s', (words, amount, unit) => {
    expect(findDurations(words)).toMatchObject([{ duration: { amount, unit } }]);
  });
});

describe('a date and a duration', () => {
  test.each([
    ['2020-01-31', { amount: 1, unit: 'month' }, '2020-02-29'],
    ['2020-02-29', { amount: 1, unit: 'year' }, '2021-02-28'],
    ['2014-02-10', { amount: 5, unit: 'year' }, '2019-02-10'],
    ['2020-12-15', { amount: 2, unit: 'month' }, '2021-02-15'],
    ['2020-12-30', { amount: 2, unit: 'week' }, '2021-01-13'],
    ['2020-02-28', { amount: 2, unit: 'day' }, '2020-03-01'],
  ] as const)('%s and %j make %s', (date, duration, later) => {
    expect(addDuration(date, duration)).toBe(later);
  });

  test('make nothing when the year is beyond reason', () => {
    expect(addDuration('2020-01-01', { amount: 9_999, unit: 'year' })).toBeNull();
  });
});

describe('a sum of money', () => {
  test.each([
    ['a bare dollar without a law', '$18,000', null],
    ['words and figure that disagree', 'five thousand dollars ($6,000)', 'USD'],
    ['two currencies at once', 'EUR £50', 'USD'],
    ['a broken figure', '$1,00,000', 'USD'],
    ['a percentage', '50 % of the price', 'USD'],
    ['a count', 'pay for 500 units', 'USD'],
  ])('is not guessed from %s', (_, words, dollar) => {
    expect(findMoney(words, dollar)).toEqual([]);
  });

  test.each([
    ['$18,000 per month', 1_800_000, 'USD'],
    ['$0.50 each', 50, 'USD'],
    ['US$1.5 million', 150_000_000, 'USD'],
    ['U.S. $250', 25_000, 'USD'],
    ['five thousand dollars ($5,000)', 500_000, 'USD'],
    ['€ 2,500.75', 250_075, 'EUR'],
    ['£10,000', 1_000_000, 'GBP'],
    ['HK$40', 4_000, 'HKD'],
    ['EUR 300', 30_000, 'EUR'],
    ['1,000 CHF', 100_000, 'CHF'],
    ['JPY 5000', 5_000, 'JPY'],
    ['200 euros', 20_000, 'EUR'],
    ['100 U.S. dollars', 10_000, 'USD'],
  ])('%s is %d minor units of %s', (words, amountMinor, currency) => {
    expect(findMoney(words, 'USD')).toMatchObject([{ amountMinor, currency }]);
  });
});

describe('a governing law', () => {
  test.each([
    ['This Agreement is governed by applicable law.'],
    ['It is governed by the laws of Ohio, or else by the laws of Utah.'],
    ['The parties shall obey all laws.'],
  ])('is not guessed from: %s', (quote) => {
    expect(readJurisdiction(quote)).toBeNull();
  });

  test.each([
    ['governed by the laws of the State of New York, without regard to conflicts', 'New York'],
    ['GOVERNED BY THE LAWS OF THE STATE OF DELAWARE', 'Delaware'],
    ['in accordance with the laws of England and Wales.', 'England and Wales'],
    ['governed by the law of the Republic of Korea', 'Republic of Korea'],
    ['governed by the laws of Delaware. The Parties submit to its courts.', 'Delaware'],
    ['THE LAWS OF THE STATE OF TEXAS WITHOUT REGARD TO CONFLICTS', 'Texas'],
    ['shall be governed by Swiss law', 'Swiss'],
    ['accepted in the State of Nevada and governed by the laws thereof', 'Nevada'],
    ["governed by the laws of the People's Republic of China", "People's Republic of China"],
    ['governed by the laws of the Commonwealth of Massachusetts', 'Massachusetts'],
  ])('%s names %s', (quote, jurisdiction) => {
    expect(readJurisdiction(quote)).toBe(jurisdiction);
  });

  test.each([
    [null, 'unknown'],
    ['Ontario', 'unknown'],
    ['Nevada', 'monthFirst'],
    ['Israel', 'dayFirst'],
  ])('%s writes dates in the order %s', (jurisdiction, order) => {
    expect(dateOrderOf(jurisdiction)).toBe(order);
  });
});

describe('a number in words', () => {
  test.each([
    ['', null],
    ['ten-ish', null],
    ['ninety-nine', 99],
    ['two hundred fifty thousand', 250_000],
    ['one million and one', 1_000_001],
  ])('"%s" is %s', (words, value) => {
    expect(readSpelledNumber(words)).toBe(value);
  });
});
