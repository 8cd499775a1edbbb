import { isDeepStrictEqual } from 'node:util';
import type { Chance } from '../../src/build/shop/chance';
import type { FalsehoodKind, Falsified } from './falsehood';
import { at, isObject, keyOf, put, sitesOf, type Path, type Site } from './sites';
import { addedSentence, factKinds, factsIn, otherFact, turned, type FactKind } from './text-facts';

/** What a falsehood is made from beside the document: chance, and other documents of the same shape. */
export interface Making {
  readonly chance: Chance;
  /** Documents that the same agent gave elsewhere: a clause that is added may come from them. */
  readonly others: readonly unknown[];
  /** Whether a document may be given: a falsehood that breaks the schema would be too easy. */
  readonly fits: (document: unknown) => boolean;
}

const drawsMax = 40;

/**
 * Puts one falsehood of a kind somewhere in a document, by chance; nothing when the document has no place for it. It
 * reads documents as JSON alone: it knows no field of any agent but `quote` and `name`.
 */
export function falsify(document: unknown, kind: FalsehoodKind, making: Making): Falsified | undefined {
  for (let draws = 0; draws < drawsMax; draws += 1) {
    const falsified = draw(document, kind, making);
    if (falsified === undefined || isDeepStrictEqual(falsified.document, document)) continue;
    if (making.fits(falsified.document)) return falsified;
  }
  return undefined;
}

function draw(document: unknown, kind: FalsehoodKind, making: Making): Falsified | undefined {
  const [about = '', change = ''] = kind.split(' ');
  if (about === 'field') return swap(document, making.chance);
  if (about === 'clause') return clause(document, change, making);
  const fact = factKinds.find((name) => name === about);
  if (fact === undefined) return undefined;
  if (change === 'added') return addFact(document, fact, making);
  return changeFact(document, { fact, isDropped: change === 'dropped' }, making);
}

interface FactSite extends Site {
  readonly start: number;
  readonly end: number;
  readonly written: string;
}

function factSites(document: unknown, fact: FactKind): FactSite[] {
  return sitesOf(document).flatMap(({ path, value }): FactSite[] => {
    if (typeof value === 'number' && fact === 'figure') {
      return [{ path, value, start: 0, end: 0, written: String(value) }];
    }
    if (typeof value !== 'string') return [];
    return factsIn(fact, value, keyOf(path)).map(({ start, end }) => ({
      ...{ path, value, start, end },
      written: value.slice(start, end),
    }));
  });
}

function changeFact(
  document: unknown,
  { fact, isDropped }: { readonly fact: FactKind; readonly isDropped: boolean },
  making: Making,
): Falsified | undefined {
  const sites = factSites(document, fact);
  if (sites.length === 0) return undefined;
  const site = making.chance.one(sites);
  const elsewhere = sites.map(({ written }) => written);
  if (isDropped) return dropFact(document, site, making);
  const other = otherFact(fact, site.written, { chance: making.chance, elsewhere });
  return told(document, site, typeof site.value === 'number' ? Number(other.replace(/,/g, '')) : other);
}

/** Takes a fact out of its text; a whole value goes with the smallest thing around it that may be absent. */
function dropFact(document: unknown, site: FactSite, { fits }: Making): Falsified | undefined {
  const { path, value, start, end, written } = site;
  if (typeof value === 'string' && end - start < value.length) return told(document, site, '');
  for (let length = path.length; length > 0; length -= 1) {
    const place = path.slice(0, length);
    const last = place.at(-1);
    const list = at(document, place.slice(0, -1));
    const without =
      typeof last === 'number' && Array.isArray(list)
        ? put(
            document,
            place.slice(0, -1),
            list.filter((_, index) => index !== last),
          )
        : put(document, place, null);
    if (fits(without))
      return { document: without, what: `${place.join('.')}: “${clip(written)}” dropped with what holds it` };
  }
  return undefined;
}

function told(document: unknown, { path, value, start, end, written }: FactSite, other: string | number): Falsified {
  const whole = typeof other === 'number' || typeof value !== 'string';
  const text = whole ? other : `${value.slice(0, start)}${other}${value.slice(end)}`;
  return {
    document: put(document, path, text),
    what: `${path.join('.')}: “${clip(written)}” → “${clip(String(other))}”`,
  };
}

const proseWordsMin = 5;

function addFact(document: unknown, fact: FactKind, { chance }: Making): Falsified | undefined {
  const prose = sitesOf(document).filter(({ value }) => typeof value === 'string' && isProse(value));
  if (prose.length === 0) return undefined;
  const { path, value } = chance.one(prose);
  const elsewhere = factSites(document, fact).map(({ written }) => written);
  const added = addedSentence(fact, { chance, elsewhere });
  const sentences = String(value).split(/(?<=[.!?] )/);
  const place = chance.whole(0, sentences.length);
  const text = [...sentences.slice(0, place), place === 0 ? `${added} ` : ` ${added} `, ...sentences.slice(place)].join(
    '',
  );
  return { document: put(document, path, text.trimEnd()), what: `${path.join('.')}: added “${added}”` };
}

function isProse(text: string): boolean {
  return text.trim().split(/\s+/).length >= proseWordsMin;
}

/** A clause is an item of a list, or a paragraph of a long text. */
function clause(document: unknown, change: string, making: Making): Falsified | undefined {
  const { chance } = making;
  if (change === 'altered') {
    const prose = sitesOf(document).filter(({ value }) => typeof value === 'string' && isProse(value));
    if (prose.length === 0) return undefined;
    const { path, value } = chance.one(prose);
    const text = turned(String(value), chance);
    return text === undefined ? undefined : { document: put(document, path, text), what: `${path.join('.')}: turned` };
  }
  const lists = sitesOf(document).flatMap(({ path, value }) =>
    Array.isArray(value) ? [{ path, list: value as unknown[] }] : [],
  );
  const texts = sitesOf(document).filter(({ value }) => typeof value === 'string' && value.split('\n\n').length > 3);
  const place = chance.whole(0, lists.length + texts.length - 1);
  const inList = lists[place];
  if (inList !== undefined)
    return change === 'added' ? addItem(document, inList, making) : dropItem(document, inList, chance);
  const inText = texts[place - lists.length];
  return inText === undefined ? undefined : changeParagraph(document, inText, { change, chance });
}

interface ListSite {
  readonly path: Path;
  readonly list: readonly unknown[];
}

function dropItem(document: unknown, { path, list }: ListSite, chance: Chance): Falsified | undefined {
  if (list.length === 0) return undefined;
  const dropped = chance.whole(0, list.length - 1);
  return {
    document: put(
      document,
      path,
      list.filter((_, index) => index !== dropped),
    ),
    what: `${path.join('.')}: item ${dropped} dropped`,
  };
}

/** An item of the same list, here or elsewhere; what it shares a field with around it agrees with that. */
function addItem(document: unknown, { path, list }: ListSite, { chance, others }: Making): Falsified | undefined {
  const foreign = others.flatMap((other) => at(other, path)).filter((item) => item !== undefined);
  const pool = foreign.length > 0 && (list.length === 0 || chance.oneIn(2)) ? foreign : list;
  if (pool.length === 0) return undefined;
  const item = chance.one(pool);
  const around = at(document, path.slice(0, -1));
  const shared =
    isObject(item) && isObject(around) ? Object.keys(item).filter((key) => typeof around[key] === 'string') : [];
  const fitted =
    isObject(item) && isObject(around)
      ? { ...item, ...Object.fromEntries(shared.map((key) => [key, around[key]])) }
      : item;
  const changed = isObject(fitted) ? numberedAnew(fitted, list) : fitted;
  return { document: put(document, path, [...list, changed]), what: `${path.join('.')}: an item added` };
}

/** A copy under an id of its own would be told by the id alone. */
function numberedAnew(item: Record<string, unknown>, list: readonly unknown[]): Record<string, unknown> {
  const { id } = item;
  return typeof id === 'string' ? { ...item, id: id.replace(/\d+$/, String(list.length + 1)) } : item;
}

function changeParagraph(
  document: unknown,
  { path, value }: Site,
  { change, chance }: { readonly change: string; readonly chance: Chance },
): Falsified {
  const paragraphs = String(value).split('\n\n');
  const place = chance.whole(0, paragraphs.length - 1);
  const kept = change === 'added' ? paragraphs.slice(0, place + 1) : paragraphs.slice(0, place);
  const own = paragraphs[place] ?? '';
  const added = change === 'added' ? [turned(own, chance) ?? own] : [];
  const text = [...kept, ...added, ...paragraphs.slice(place + 1)].join('\n\n');
  return { document: put(document, path, text), what: `${path.join('.')}: paragraph ${place} ${change}` };
}

/** Exchanges two values: one field of two items, or two fields of one object. */
function swap(document: unknown, chance: Chance): Falsified | undefined {
  const leaves = sitesOf(document).filter(({ value }) => ['string', 'number', 'boolean'].includes(typeof value));
  const shape = ({ path, value }: Site): string =>
    `${typeof value} ${path.map((part) => (typeof part === 'number' ? '*' : part)).join('.')}`;
  const one = leaves.length === 0 ? undefined : chance.one(leaves);
  if (one === undefined) return undefined;
  const parent = one.path.slice(0, -1).join('.');
  const partners = leaves.filter(
    (other) =>
      other.value !== one.value &&
      (shape(other) === shape(one) ||
        (typeof other.value === typeof one.value && other.path.slice(0, -1).join('.') === parent)),
  );
  if (partners.length === 0) return undefined;
  const other = chance.one(partners);
  return {
    document: put(put(document, one.path, other.value), other.path, one.value),
    what: `${one.path.join('.')} ↔ ${other.path.join('.')}`,
  };
}

function clip(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
