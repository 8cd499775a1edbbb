import type { Preamble } from './preamble';
import type { Span } from './span';

const word = "(?!(?:And|AND|Between|BETWEEN|By|BY)\\b)[\\p{Lu}\\p{N}][\\p{L}\\p{N}&.'’/-]*";
const suffix =
  '(?:Incorporated|Inc\\.?|L\\.?L\\.?C\\.?|L\\.?L\\.?P\\.?|L\\.P\\.|LP|Limited|Ltd\\.?|Corporation|Corp\\.?|Company|Co\\.|GmbH|AG|S\\.?A\\.?|N\\.V\\.|B\\.V\\.|PLC|P\\.?L\\.?C\\.?|S\\.?r\\.?l\\.?|Pty\\.?|Bhd\\.?|KG|Oy|AB|University|Bank|Trust|Foundation|Institute|Hospital|Authority)';
const inCapitals = suffix.replace(/[\p{L}]+/gu, (letters) =>
  letters.length > 1 ? `(?:${letters}|${letters.toUpperCase()})` : letters,
);
const company = new RegExp(
  `(?:${word},?\\s+(?:(?:of|&)\\s+)?){1,7}?${inCapitals}(?:,?\\s+${inCapitals})*(?![\\p{L}])`,
  'gu',
);
const person = /(?<=(?:between|and|among|by)\s*:?\s+)\p{Lu}[\p{L}.'’-]*(?:\s+\p{Lu}[\p{L}.'’-]*){1,3}(?=\s*[,(])/gu;
/** A quoted name, the marks included: `"HDI"`, `'the Manufacturer'`. */
const definedTerm = /(?<=[\s(])["“'‘](?:the\s+)?\p{Lu}[^"”“\n]{0,40}?["”'’](?![\p{L}])/gu;
const noParty =
  /\b(?:agreement|contract|date|party|parties|products?|services|service(?! provider)|territory|term|exhibit|schedule|lease|purpose|business|works?)\b/i;
const betweenWords = /\b(?:between|by and among|among)\b/iu;

/** One party as the opening words name it: its name, and the defined term the contract gives it, if any. */
type NamedParty = { readonly name: Span; readonly role: Span | null };

/** Finds the parties, each once: in the opening words, or on the cover page if those name fewer than two. */
export function findParties(text: string, preamble: Preamble): NamedParty[] {
  const parties = partiesIn(text.slice(0, preamble.end), preamble.opening);
  return parties.length >= 2 ? parties : partiesIn(text.slice(0, preamble.end), preamble.start);
}

function partiesIn(opening: string, start: number): NamedParty[] {
  const from = start + (betweenWords.exec(opening.slice(start))?.index ?? 0);
  const roles = spansOf(opening, definedTerm, from).filter((span) => !noParty.test(textOf(opening, span)));
  const names = namesIn(opening, from);
  const parties = names.map((name, index) => {
    const next = names[index + 1]?.start ?? opening.length;
    return { name, role: roles.find((role) => role.start >= name.end && role.start < next) ?? null };
  });
  return withoutRepeats(opening, parties);
}

function namesIn(opening: string, from: number): Span[] {
  const companies = spansOf(opening, company, from).filter((span) => !isDescription(opening, span));
  const persons = spansOf(opening, person, from).filter((span) => !companies.some((other) => overlap(span, other)));
  const all = [...companies, ...persons].sort((one, other) => one.start - other.start);
  return all.filter((span) => !noParty.test(textOf(opening, span)));
}

/** "a Delaware Corporation" describes, "(the "Company")" defines: neither names. */
function isDescription(opening: string, span: Span): boolean {
  return /(?:\b(?:an?|the)\s+|["“‘'])$/i.test(opening.slice(Math.max(0, span.start - 10), span.start));
}

function withoutRepeats(opening: string, parties: readonly NamedParty[]): NamedParty[] {
  const byName = new Map<string, NamedParty>();
  for (const party of parties) {
    const name = textOf(opening, party.name).replace(/\s+/g, ' ').toLowerCase();
    const known = byName.get(name);
    if (known === undefined || (known.role === null && party.role !== null)) byName.set(name, party);
  }
  return [...byName.values()];
}

function spansOf(words: string, pattern: RegExp, from: number): Span[] {
  return [...words.matchAll(pattern)]
    .map((match) => ({ start: match.index, end: match.index + match[0].length }))
    .filter((span) => span.start >= from);
}

function textOf(words: string, span: Span): string {
  return words.slice(span.start, span.end);
}

function overlap(one: Span, other: Span): boolean {
  return one.start < other.end && other.start < one.end;
}
