import type { Clause } from '../../../contracts/clause';
import type { Terms } from '../../../contracts/terms';

const onlyDefinedTerm = /^["“'‘](?:the\s+)?(?<role>[^"”’]{1,60}?)[.,]?["”'’]\.?$/iu;
const definedTerm = /["“‘](?:the\s+)?(?<role>\p{Lu}[^"”’]{0,58}?)[.,]?["”’]/iu;
/** A name ends where its description begins. */
const description =
  /\s*(?:\(|,\s+(?:an?|the|with|having|located|whose|organi[sz]ed|incorporated)\s|\s(?:an?|with|having|located)\s)/u;
const nameCharactersMax = 150;

/** Reads the parties from the quotes that name them; a quote that is only a defined term gives the role of the name before it. */
export function readParties(clauses: readonly Clause[]): Terms['parties'] {
  const parties: Terms['parties'] = [];
  for (const { quote, anchor } of [...clauses].sort((one, other) => one.start - other.start)) {
    const onlyRole = onlyDefinedTerm.exec(quote.trim())?.groups?.['role'];
    const last = parties.at(-1);
    if (onlyRole !== undefined) {
      if (last?.role === null) last.role = onlyRole;
      continue;
    }
    const name = (quote.split(description)[0] ?? '').replace(/\s+/g, ' ').trim();
    if (!isName(name)) continue;
    parties.push({ name, role: definedTerm.exec(quote)?.groups?.['role'] ?? null, quote, anchor });
  }
  return parties;
}

function isName(name: string): boolean {
  const capitals = name.match(/(?<![\p{L}])\p{Lu}/gu)?.length ?? 0;
  return name.length <= nameCharactersMax && /^[\p{Lu}\p{N}]/u.test(name) && capitals * 3 >= name.split(' ').length;
}
