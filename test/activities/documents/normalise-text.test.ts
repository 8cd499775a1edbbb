import fc from 'fast-check';
import { normaliseText } from '../../../src/activities/documents/normalise-text';

const messy = fc.string({
  unit: fc.oneof(
    fc.constantFrom('\r', '\n', '\t', ' ', '\u00a0', '\u00ad', '\0', '\x07', '\x85', '\u2028', '\u2029', '\f', '\v'),
    fc.constantFrom('ﬁ', 'ﬂ', 'ﬀ', '\u200b', '\ufeff', '\u0301', '\u0308', 'e', 'A', '“', '—', '\uf0b7', '\u2126'),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  ),
});

describe('normalising', () => {
  it('changes nothing that is normalised already', () => {
    fc.assert(
      fc.property(messy, (raw) => {
        const once = normaliseText(raw);
        expect(normaliseText(once)).toBe(once);
      }),
      { numRuns: 2_000 },
    );
  });

  it('leaves no control character, no blank at a line end, no double blank and no second empty line', () => {
    fc.assert(
      fc.property(messy, (raw) => {
        const text = normaliseText(raw);
        expect(text).not.toMatch(/(?!\n)[\p{Cc}\u00ad\u00a0\ufb00-\ufb06]/u);
        expect(text).not.toMatch(/ \n|\n | {2}|\n{3}|^\s|\s$/);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ['line ends', 'a\r\nb\rc\u2028d', 'a\nb\nc\nd'],
    ['page breaks', 'a\fb', 'a\n\nb'],
    ['tabs and non-breaking spaces', 'a\t\u00a0 b', 'a b'],
    ['control characters', 'a\0b\x07c', 'abc'],
    ['soft hyphens, also at the end of a line', 'con\u00adtract termi\u00ad\nnation', 'contract termination'],
    ['ligatures', 'eﬃcient ﬁles ﬂow', 'efficient files flow'],
    ['bullets of symbol fonts', '\uf0b7 first', '• first'],
    ['blanks at the ends of lines', '  a  \n   b  ', 'a\nb'],
    ['runs of empty lines', 'a\n\n \n\t\n\nb', 'a\n\nb'],
    ['letters with marks of their own', 'Mu\u0308ller', 'M\u00fcller'],
  ])('puts %s into one form', (_what, raw, normal) => {
    expect(normaliseText(raw)).toBe(normal);
  });

  it('keeps quotes, dashes, figures and hyphens as written', () => {
    const written = '“Term” – ‘x’ — "y" it\'s non-exclusive, $1,000.50 § 7.2 …';
    expect(normaliseText(written)).toBe(written);
  });
});
