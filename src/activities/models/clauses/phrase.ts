import { vocabulary } from './vocabulary';

const gapCharactersMax = 200;

/**
 * Turns a phrase, as the cue tables write them, into the pattern that finds it. A phrase is plain words, matched whole
 * and without regard to case; white space matches any white space, a hyphen also a space or nothing. Besides that:
 * `(a|b)` one of several, `[a] b` an optional word, `word*` any ending, `...` up to 200 characters in between, and
 * `{name}` a set of words from the vocabulary. An unknown name is a mistake in the table and
 * throws, as does an optional word at the end, which would say nothing.
 *
 * @example compilePhrase('{not} ... compete* with')
 */
export function compilePhrase(phrase: string): RegExp {
  if (phrase.endsWith(']')) throw new Error(`A phrase must not end with an optional word: ${phrase}`);
  return new RegExp(`(?<![\\p{L}\\p{N}])${translate(phrase)}(?![\\p{L}\\p{N}])`, 'iu');
}

const phraseParts = /\{(\w+)\}|\s*\.\.\.\s*|\[([^\]]+)\] ?|\s+|[\s\S]/g;

function translate(phrase: string): string {
  return phrase.replace(phraseParts, (part: string, name: string | undefined, optional: string | undefined) => {
    if (name !== undefined) return wordsNamed(name);
    if (optional !== undefined) return `(?:(?:${translate(optional)})\\s+)?`;
    if (part.includes('...')) return `(?![\\p{L}\\p{N}])[^]{0,${gapCharactersMax}}?(?<![\\p{L}\\p{N}])`;
    return translateCharacter(part);
  });
}

function translateCharacter(part: string): string {
  if (part === '(') return '(?:';
  if (part === ')' || part === '|') return part;
  if (part === '*') return '\\p{L}*';
  if (part === '-') return '\\s*[-\u2010-\u2013]?\\s*';
  if (part === "'") return "['\u2019]?";
  if (/^\s+$/.test(part)) return '\\s+';
  return part.replace(/[\\^$.+?{}[\]/]/g, '\\$&');
}

function wordsNamed(name: string): string {
  const words = vocabulary[name];
  if (words === undefined) {
    throw new Error(`The vocabulary has no words named {${name}}. It has: ${Object.keys(vocabulary).join(', ')}.`);
  }
  return `(?:${typeof words === 'string' ? words : words.map(translate).join('|')})`;
}
