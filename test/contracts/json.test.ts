import fc from 'fast-check';
import { canonicalJson } from '../../src/contracts/json';

describe('the canonical JSON of a value', () => {
  it.each([
    ['a function', () => 1],
    ['a symbol', Symbol('s')],
    ['a bigint', 1n],
    ['nothing', undefined],
    ['NaN', Number.NaN],
    ['an infinity', Number.POSITIVE_INFINITY],
    ['a function deep inside', { a: [{ b: () => 1 }] }],
  ])('does not exist for %s', (_what, value) => {
    expect(() => canonicalJson(value)).toThrow(TypeError);
  });

  it('does not depend on the order of keys', () => {
    const shuffled = fc.jsonValue().chain((value) => fc.tuple(fc.constant(value), reordered(value)));
    fc.assert(
      fc.property(shuffled, ([value, other]) => {
        expect(canonicalJson(other)).toBe(canonicalJson(value));
      }),
    );
  });

  it('reads back as the value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('differs for different values', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        const plain = [a, b].map((value) => JSON.parse(JSON.stringify(value)) as unknown);
        const areEqual = canonicalJson(a) === canonicalJson(b);
        if (areEqual) expect(plain[0]).toEqual(plain[1]);
        else expect(plain[0]).not.toEqual(plain[1]);
      }),
    );
  });

  it('leaves absent fields out and keeps the place of absent items', () => {
    expect(canonicalJson({ b: undefined, a: [undefined, null] })).toBe('{"a":[null,null]}');
  });

  it('writes a date as JSON does', () => {
    expect(canonicalJson({ at: new Date(0) })).toBe('{"at":"1970-01-01T00:00:00.000Z"}');
  });
});

/** The same value with the keys of every object in another order. */
function reordered(value: unknown): fc.Arbitrary<unknown> {
  if (Array.isArray(value)) return value.length === 0 ? fc.constant([]) : fc.tuple(...value.map(reordered));
  if (typeof value !== 'object' || value === null) return fc.constant(value);
  const fields = Object.entries(value).map(([key, field]) => fc.tuple(fc.constant(key), reordered(field)));
  if (fields.length === 0) return fc.constant({});
  return fc
    .tuple(...fields)
    .chain((entries) => fc.shuffledSubarray(entries, { minLength: entries.length }))
    .map((entries) => Object.fromEntries(entries));
}
