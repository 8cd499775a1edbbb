import fc from 'fast-check';
import {
  citableTextsOf,
  citationsIn,
  citedCharactersMax,
  citedCharactersMin,
  looksCited,
  withCitations,
  withTexts,
  type Citation,
} from '../../src/contracts/citation';

const long = fc.string({ minLength: citedCharactersMin, maxLength: citedCharactersMin + 9 });
const value = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    long,
    fc.jsonValue({ maxDepth: 1 }),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.string(), tie('value'), { maxKeys: 4 }),
  ),
})).value;

/** Cites every text as if an activity of this name had answered with it. */
function cited(whole: unknown) {
  const texts: string[] = [];
  const citationOf = (text: string): Citation => ({ $cites: 'read-1', sha256: String(texts.push(text) - 1) });
  return { call: withCitations(whole, citationOf), textOf: ({ sha256 }: Citation) => texts[Number(sha256)], texts };
}

describe('a call that cites', () => {
  it('is the call again with its texts', () => {
    fc.assert(
      fc.property(value, (whole) => {
        const { call, textOf } = cited(whole);
        expect(withTexts(JSON.parse(JSON.stringify(call)), textOf)).toEqual(whole);
      }),
    );
  });

  it('has a citation for each long text and no long text', () => {
    fc.assert(
      fc.property(value, (whole) => {
        const { call, texts } = cited(whole);
        expect(texts).toEqual(citableTextsOf(whole));
        expect(citationsIn(call).map(({ sha256 }) => sha256)).toEqual(texts.map((_text, index) => String(index)));
        expect(citableTextsOf(call)).toEqual([]);
        expect(looksCited(call)).toBe(texts.length > 0);
      }),
    );
  });

  it('keeps what nobody has answered with, and what writes itself as JSON', () => {
    const whole = { text: 'x'.repeat(citedCharactersMin), at: new Date(0) };
    expect(withCitations(whole, () => undefined)).toEqual(whole);
  });

  it('says again what two texts could share a hash of, and what is too short or too long', () => {
    const half = `${'x'.repeat(citedCharactersMin)}\ud83d`;
    const texts = [half, 'x'.repeat(citedCharactersMin - 1), 'x'.repeat(citedCharactersMax + 1)];
    expect(citableTextsOf(texts)).toEqual([]);
    expect(cited(texts).call).toEqual(texts);
  });

  it.each([
    ['has the field of a citation', { $cites: 'read-1', sha256: '0' }, true],
    ['has it deep inside', [{ a: { $cites: 1 } }], true],
    ['may write itself with it', { toJSON: () => ({ $cites: 'read-1' }) }, true],
    ['is a date', { at: new Date(0) }, false],
    ['only speaks of it', { text: '$cites' }, false],
  ])('knows a value that %s', (_what, whole, looks) => {
    expect(looksCited(whole)).toBe(looks);
  });
});
