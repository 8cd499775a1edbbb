import { cueSheets } from '../../../../src/activities/models/clauses/cue-sheets';
import { compilePhrase } from '../../../../src/activities/models/clauses/phrase';
import { scorePassage } from '../../../../src/activities/models/clauses/score-passage';
import { clauseCategories } from '../../../../src/contracts/clause';

describe('a phrase of a cue table', () => {
  test('with an unknown name throws and says which names there are', () => {
    expect(() => compilePhrase('{nobody} pays')).toThrow(/no words named \{nobody\}\. It has: must, not/);
  });

  test('with an optional word at its end throws', () => {
    expect(() => compilePhrase('shall pay [promptly]')).toThrow('must not end with an optional word');
  });

  test.each([
    ['compete', 'a competent buyer'],
    ['not ... sell', `not ${'very '.repeat(60)} sell`],
    ['may [not|never] assign', 'may perhaps assign'],
    ['law', 'lawful'],
  ])('%s does not match: %s', (phrase, words) => {
    expect(compilePhrase(phrase).test(words)).toBe(false);
  });

  test.each([
    ['compete*', 'the COMPETENT buyer'],
    ['not ... sell', 'not directly or indirectly sell'],
    ['may [not|never] assign', 'may assign'],
    ['may [not|never] assign', 'may\nnever  assign'],
    ['non-compete', 'noncompete and non - compete'],
    ['{not} ... hire', 'agrees not to hire'],
    ['(mutual|joint) consent', 'by joint consent'],
    ["days' notice", 'ten days’ notice'],
    ['{count} notice', 'thirty (30) days notice'],
  ])('%s matches: %s', (phrase, words) => {
    expect(compilePhrase(phrase).test(words)).toBe(true);
  });
});

describe('the cue tables', () => {
  test('hold only phrases that compile', () => {
    for (const sheet of cueSheets.values()) {
      expect(() => scorePassage({ words: 'shall', headings: '' }, { ...sheet })).not.toThrow();
    }
  });

  test('cover every category that the opening words do not state', () => {
    const stated = ['Document Name', 'Parties', 'Agreement Date'];
    expect([...cueSheets.keys()].sort()).toEqual(clauseCategories.filter((name) => !stated.includes(name)).sort());
  });
});
