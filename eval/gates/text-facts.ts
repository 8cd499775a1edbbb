import type { Chance } from '../../src/build/shop/chance';

/** Where a fact stands in a text. */
interface Place {
  readonly start: number;
  readonly end: number;
}

export const factKinds = ['figure', 'date', 'name', 'quotation'] as const;
export type FactKind = (typeof factKinds)[number];

const monthNames = 'January February March April May June July August September October November December'.split(' ');
const numberWords =
  'two three four five six seven eight nine ten twelve fifteen twenty thirty forty fifty sixty ninety'.split(' ');

/** Deliberately not the gates' own readers: what they cannot read must be seeded too. */
const patterns: Readonly<Record<FactKind, RegExp>> = {
  figure: new RegExp(String.raw`(?<![\w#.-])\d[\d,.]*(?<=\d)(?!\w)|\b(?:${numberWords.join('|')})\b`, 'gi'),
  date: new RegExp(
    String.raw`\b\d{4}-\d{2}-\d{2}\b|\b(?:${monthNames.join('|')}) \d{1,2}, \d{4}\b|\b\d{1,2} (?:${monthNames.join('|')}) \d{4}\b`,
    'g',
  ),
  name: /(?<=[a-z,(“"] )[A-Z][\w&’'-]+(?: (?:of )?[A-Z][\w&’'-]+)*/g,
  quotation: /(?<=“)[^“”]{25,}(?=”)|(?<=[\s(]")[^"]{25,}(?=")/g,
};

/** Where the facts of a kind stand in a text. The value of a field `quote` is a quotation, that of `name` a name. */
export function factsIn(kind: FactKind, text: string, key: string): Place[] {
  const isWhole = (kind === 'quotation' && key === 'quote') || (kind === 'name' && key === 'name');
  if (isWhole && text !== '') return [{ start: 0, end: text.length }];
  return [...text.matchAll(patterns[kind])].map(({ 0: written, index }) => ({
    start: index,
    end: index + written.length,
  }));
}

/** Another fact of the kind in the same notation: half the time one that stands elsewhere in the document. */
export function otherFact(kind: FactKind, written: string, { chance, elsewhere }: Choice): string {
  const others = elsewhere.filter((other) => other !== written && other.length < 400);
  if (kind !== 'quotation' && others.length > 0 && chance.oneIn(2)) return chance.one(others);
  switch (kind) {
    case 'figure':
      return otherFigure(written, chance);
    case 'date':
      return otherDate(written, chance);
    case 'name':
      return otherName(written, chance);
    case 'quotation':
      return otherWords(written, chance);
  }
}

interface Choice {
  readonly chance: Chance;
  /** What else of the kind stands in the document. */
  readonly elsewhere: readonly string[];
}

/** A sentence that states a fact of the kind which nobody stated. */
export function addedSentence(kind: FactKind, { chance, elsewhere }: Choice): string {
  const known = kind !== 'quotation' && elsewhere.length > 0 && chance.oneIn(2) ? chance.one(elsewhere) : undefined;
  switch (kind) {
    case 'figure':
      return `It amounts to ${known ?? chance.whole(2, 9_999).toLocaleString('en-US')}.`;
    case 'date':
      return `It takes effect on ${known ?? dateIn('March 1, 2024', chance)}.`;
    case 'name':
      return `It also binds ${known ?? `${chance.one(inventedNames)} ${chance.one(inventedNames)}`}.`;
    case 'quotation':
      return `It says “the ${chance.one(inventedNames)} party waives every claim it may have”.`;
  }
}

function otherFigure(written: string, chance: Chance): string {
  if (!/\d/.test(written)) return chance.one(numberWords.filter((word) => word !== written.toLowerCase()));
  const places = [...written.matchAll(/\d/g)].map(({ index }) => index);
  const place = chance.one(places);
  const digit = Number(written[place]);
  const other = (digit + chance.whole(1, 9)) % 10;
  const leading = place === places[0] && other === 0;
  return `${written.slice(0, place)}${leading ? (digit === 5 ? 6 : 5) : other}${written.slice(place + 1)}`;
}

function otherDate(written: string, chance: Chance): string {
  for (;;) {
    const other = dateIn(written, chance);
    if (other !== written) return other;
  }
}

function dateIn(notation: string, chance: Chance): string {
  const [year, month, day] = [chance.whole(1995, 2035), chance.whole(1, 12), chance.whole(1, 28)];
  const name = monthNames[month - 1] ?? '';
  if (/^\d{4}-/.test(notation)) return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  return /^\d/.test(notation) ? `${day} ${name} ${year}` : `${name} ${day}, ${year}`;
}

const inventedNames = 'Halbrook Verity Kestrel Marlowe Ostend Quillan Tarrant Wexcombe'.split(' ');

function otherName(written: string, chance: Chance): string {
  const words = written.split(' ');
  const place = chance.whole(0, words.length - 1);
  return words.map((word, index) => (index === place ? chance.one(inventedNames) : word)).join(' ');
}

/** Words of which one is missing, doubled, out of order, or negated. */
function otherWords(written: string, chance: Chance): string {
  const words = written.split(/(?<=\s)/);
  const place = chance.whole(0, Math.max(0, words.length - 2));
  const [word = '', next = ''] = words.slice(place, place + 2);
  const between = chance.one([next, `${next.trim()} ${word}`, `${word.trimEnd()} not ${next}`]);
  return [...words.slice(0, place), between, ...words.slice(place + 2)].join('');
}

/** A sentence that says the opposite, or less. */
export function turned(text: string, chance: Chance): string | undefined {
  const turns: readonly (readonly [RegExp, string])[] = [
    [/\b(shall|may|must|will|does|can|is|are) not\b/, '$1'],
    [/\b(shall|may|must|will|can|is|are)\b(?! not)/, '$1 not'],
    [/\bshall\b/, 'may'],
    [/\bmay\b/, 'shall'],
    [/\bwithout\b/, 'with'],
    [/\bunless\b/, 'if'],
    [/\bat least\b/, 'at most'],
    [/\bNo\b/, 'A'],
  ];
  const fitting = turns.filter(([pattern]) => pattern.test(text));
  if (fitting.length === 0) return undefined;
  const [pattern, into] = chance.one(fitting);
  const places = [...text.matchAll(new RegExp(pattern, 'g'))].map(({ index }) => index);
  const place = chance.one(places);
  return text.slice(0, place) + text.slice(place).replace(pattern, into);
}
