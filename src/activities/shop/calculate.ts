import { decimalText } from './money';
import { refused } from './refuse';

/** An exact number: nothing is rounded before the end. */
interface Fraction {
  readonly over: bigint;
  readonly under: bigint;
}

/**
 * Evaluates arithmetic exactly and rounds the result to cents, half away from zero.
 *
 * @param expression numbers, `+ - * / ( )` and spaces
 * @returns decimal text such as `12.5`, `12.0`
 */
export function calculate(expression: string): string {
  const tokens = expression.match(/\d+\.?\d*|\.\d+|[-+*/()]|[^ ]/g) ?? [];
  const foreign = tokens.find((token) => !/^(\d+\.?\d*|\.\d+|[-+*/()])$/.test(token));
  if (foreign !== undefined) throw notArithmetic(`it holds ${JSON.stringify(foreign)}`);
  const reader = { tokens, at: 0 };
  const value = readSum(reader);
  if (reader.at < tokens.length) throw notArithmetic(`${tokens[reader.at] ?? ''} was not expected where it stands`);
  return decimalText(roundedCents(value));
}

interface Reader {
  readonly tokens: readonly string[];
  at: number;
}

function readSum(reader: Reader): Fraction {
  let sum = readProduct(reader);
  for (let sign = take(reader, '+', '-'); sign !== undefined; sign = take(reader, '+', '-')) {
    const { over, under } = readProduct(reader);
    const added = sign === '+' ? over : -over;
    sum = { over: sum.over * under + added * sum.under, under: sum.under * under };
  }
  return sum;
}

function readProduct(reader: Reader): Fraction {
  let product = readSigned(reader);
  for (let sign = take(reader, '*', '/'); sign !== undefined; sign = take(reader, '*', '/')) {
    const { over, under } = readSigned(reader);
    if (sign === '/' && over === 0n) throw notArithmetic('it divides by zero');
    product =
      sign === '*'
        ? { over: product.over * over, under: product.under * under }
        : { over: product.over * under, under: product.under * over };
  }
  return product;
}

function readSigned(reader: Reader): Fraction {
  const sign = take(reader, '+', '-');
  if (sign === undefined) return readNumber(reader);
  const { over, under } = readSigned(reader);
  return { over: sign === '-' ? -over : over, under };
}

function readNumber(reader: Reader): Fraction {
  if (take(reader, '(') !== undefined) {
    const value = readSum(reader);
    if (take(reader, ')') === undefined) throw notArithmetic('a parenthesis is not closed');
    return value;
  }
  const token = reader.tokens[reader.at];
  if (token === undefined || !/\d/.test(token)) throw notArithmetic(`a number is missing before ${token ?? 'its end'}`);
  reader.at += 1;
  const [whole = '', places = ''] = token.split('.');
  return { over: BigInt(whole + places), under: 10n ** BigInt(places.length) };
}

function take(reader: Reader, ...wanted: readonly string[]): string | undefined {
  const token = reader.tokens[reader.at];
  if (token === undefined || !wanted.includes(token)) return undefined;
  reader.at += 1;
  return token;
}

function roundedCents({ over, under }: Fraction): bigint {
  const isNegative = over < 0n !== under < 0n;
  const [top, bottom] = [over < 0n ? -over : over, under < 0n ? -under : under];
  const cents = (top * 200n + bottom) / (bottom * 2n);
  return isNegative ? -cents : cents;
}

function notArithmetic(why: string) {
  return refused(
    'notArithmetic',
    `The expression cannot be calculated: ${why}. Expected numbers, + - * / ( ) and spaces.`,
  );
}
