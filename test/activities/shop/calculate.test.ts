import fc from 'fast-check';
import { calculate } from '../../../src/activities/shop/calculate';
import { centsOf, decimalText, amountOf } from '../../../src/activities/shop/money';

describe('a calculation', () => {
  it.each([
    ...['', ' ', '1 +', '* 2', '(1', '1)', '()', '1 2', '1..2', '.', '1,5', '1e3', '0x10', '1 // 2', '5 % 2', '1 = 1'],
    ...['a', 'process.exit()', '__import__("os")', '1; 2', '1\n2', '٣ + ٤', '1/0', '1/(0.5-0.5)', '2 ** 3'],
  ])('of %j is refused', (expression) => {
    expect(() => calculate(expression)).toThrow(/cannot be calculated/);
  });

  it.each([
    ['1 + 2', '3.0'],
    ['54.04 + 41.2', '95.24'],
    ['0.1 + 0.2', '0.3'],
    ['1.005', '1.01'],
    ['-1.005', '-1.01'],
    ['0.004', '0.0'],
    ['-0.004', '0.0'],
    ['-0.005', '-0.01'],
    ['2 * (3 + 4) * 5', '70.0'],
    ['10 / 4', '2.5'],
    ['10 / 3', '3.33'],
    ['20 / 3', '6.67'],
    ['8 - 2 - 1', '5.0'],
    ['8 / 2 / 2', '2.0'],
    ['-(2 - -3)', '-5.0'],
    ['2 * -3', '-6.0'],
    ['1. + .5', '1.5'],
    ['99999999999999999999 + 0.01', '99999999999999999999.01'],
  ])('of %j is %s', (expression, result) => {
    expect(calculate(expression)).toBe(result);
  });

  it('of sums and differences of amounts is exact', () => {
    const cents = fc.integer({ min: 0, max: 10_000_000 });
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom('+', '-'), cents), { minLength: 1, maxLength: 20 }), (terms) => {
        const expression = terms.map(([sign, term]) => `${sign} ${decimalText(term)}`).join(' ');
        const sum = terms.reduce((so, [sign, term]) => (sign === '+' ? so + term : so - term), 0);
        expect(calculate(`0 ${expression}`)).toBe(decimalText(sum));
      }),
    );
  });

  it('ends for nesting as deep as the longest expression', () => {
    expect(calculate(`${'('.repeat(499)}1${')'.repeat(499)}`)).toBe('1.0');
    expect(calculate(`${'-'.repeat(998)}1`)).toBe('1.0');
  });
});

describe('money', () => {
  it('goes from amount to cents and back without loss', () => {
    fc.assert(
      fc.property(fc.integer({ min: -100_000_000_000, max: 100_000_000_000 }), (cents) => {
        expect(centsOf(amountOf(cents))).toBe(cents);
        expect(Number(decimalText(cents))).toBe(amountOf(cents));
      }),
    );
  });

  it.each([
    [0, '0.0'],
    [5, '0.05'],
    [-5, '-0.05'],
    [50, '0.5'],
    [100, '1.0'],
    [123_456, '1234.56'],
  ])('of %d cents is written %s', (cents, text) => {
    expect(decimalText(cents)).toBe(text);
  });
});
