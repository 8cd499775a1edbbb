import { xmlAttribute, xmlElements, xmlValue } from './xml-elements';

type Level = { readonly start: number; readonly format: string; readonly text: string; readonly style: string | null };
type List = { readonly definition: string; readonly starts: ReadonlyMap<number, number> };
type Place = { readonly list: string; readonly level: number };
type Numbering = {
  readonly definitions: ReadonlyMap<string, readonly (Level | undefined)[]>;
  readonly lists: ReadonlyMap<string, List>;
};

/** Style inheritance deeper than this is a cycle. */
const styleDepthMax = 20;

/**
 * Writes into a DOCX's main part, as text, the numbers that a word processor computes when it shows the document:
 * `1.1` before a heading is seldom typed. Bullets, and numbering that is not understood, are left out.
 *
 * @param main the XML of `word/document.xml`; the other two may be empty
 */
export function numberParagraphs(main: string, parts: { readonly numbering: string; readonly styles: string }): string {
  const numbering = readNumbering(parts.numbering);
  if (numbering.lists.size === 0) return main;
  const styles = readStyles(parts.styles, numbering);
  const counters = new Map<string, number[]>();
  const begun = new Set<string>();
  let numbered = '';
  let copied = 0;
  for (const { inner, end } of xmlElements(main, 'w:pPr')) {
    // What a tracked change replaced stands inside, as properties again; the outer ones end after it.
    const [current = ''] = inner.split('<w:pPrChange', 1);
    const place = placeOf(current) ?? styles.get(xmlValue(current, 'w:pStyle') ?? '');
    const label = place === undefined ? '' : nextLabel(place, numbering, { counters, begun });
    if (label === '') continue;
    const outerEnd = current === inner ? end : Math.max(end, main.indexOf('</w:pPr>', end) + '</w:pPr>'.length);
    numbered += `${main.slice(copied, outerEnd)}<w:r><w:t xml:space="preserve">${escape(label)} </w:t></w:r>`;
    copied = outerEnd;
  }
  return numbered + main.slice(copied);
}

function readNumbering(xml: string): Numbering {
  const definitions = new Map<string, (Level | undefined)[]>();
  for (const definition of xmlElements(xml, 'w:abstractNum')) {
    const levels: (Level | undefined)[] = [];
    for (const { attributes, inner } of xmlElements(definition.inner, 'w:lvl'))
      levels[levelOf(attributes)] = {
        start: Number(xmlValue(inner, 'w:start') ?? 1),
        format: xmlValue(inner, 'w:numFmt') ?? 'decimal',
        text: xmlValue(inner, 'w:lvlText') ?? '',
        style: xmlValue(inner, 'w:pStyle'),
      };
    definitions.set(xmlAttribute(definition.attributes, 'w:abstractNumId') ?? '', levels);
  }
  const lists = new Map<string, List>();
  for (const list of xmlElements(xml, 'w:num')) {
    const starts = new Map<number, number>();
    for (const { attributes, inner } of xmlElements(list.inner, 'w:lvlOverride')) {
      const start = xmlValue(inner, 'w:startOverride');
      if (start !== null) starts.set(levelOf(attributes), Number(start));
    }
    lists.set(xmlAttribute(list.attributes, 'w:numId') ?? '', {
      definition: xmlValue(list.inner, 'w:abstractNumId') ?? '',
      starts,
    });
  }
  return { definitions, lists };
}

/** Word has nine levels, 0 to 8. */
function levelOf(attributes: string): number {
  return Math.min(9, Number(xmlAttribute(attributes, 'w:ilvl') ?? 9));
}

/** The place of paragraphs of a style: its own, or that of the style it is based on. */
function readStyles(xml: string, numbering: Numbering): ReadonlyMap<string, Place> {
  const own = new Map<string, { place: Place | undefined; basedOn: string | null }>();
  for (const { attributes, inner } of xmlElements(xml, 'w:style')) {
    const id = xmlAttribute(attributes, 'w:styleId') ?? '';
    own.set(id, { place: styledPlace(id, inner, numbering), basedOn: xmlValue(inner, 'w:basedOn') });
  }
  const places = new Map<string, Place>();
  for (const id of own.keys()) {
    let style = own.get(id);
    for (let depth = 0; depth < styleDepthMax && style !== undefined && style.place === undefined; depth += 1)
      style = own.get(style.basedOn ?? '');
    if (style?.place !== undefined) places.set(id, style.place);
  }
  return places;
}

/** A style names its list; which level it stands on, the list's definition may say instead. */
function styledPlace(id: string, body: string, numbering: Numbering): Place | undefined {
  const place = placeOf(body);
  if (place === undefined) return undefined;
  const levels = numbering.definitions.get(numbering.lists.get(place.list)?.definition ?? '') ?? [];
  const level = levels.findIndex((candidate) => candidate?.style === id);
  return level < 0 ? place : { list: place.list, level };
}

function placeOf(properties: string): Place | undefined {
  for (const { inner } of xmlElements(properties, 'w:numPr')) {
    const list = xmlValue(inner, 'w:numId');
    return list === null ? undefined : { list, level: Math.min(9, Number(xmlValue(inner, 'w:ilvl') ?? 0)) };
  }
  return undefined;
}

function nextLabel(
  { list: id, level }: Place,
  { definitions, lists }: Numbering,
  { counters, begun }: { readonly counters: Map<string, number[]>; readonly begun: Set<string> },
): string {
  const list = lists.get(id);
  const levels = definitions.get(list?.definition ?? '');
  const own = levels?.[level];
  if (list === undefined || levels === undefined || own === undefined) return '';
  const counts = (counters.get(list.definition) ?? []).slice(0, level + 1);
  const override = list.starts.get(level);
  const begins = override !== undefined && !begun.has(`${id}/${level}`);
  begun.add(`${id}/${level}`);
  const before = counts[level];
  counts[level] = begins ? override : before === undefined ? own.start : before + 1;
  for (let above = 0; above < level; above += 1) counts[above] ??= levels[above]?.start ?? 1;
  counters.set(list.definition, counts);
  if (own.format === 'bullet' || own.format === 'none') return '';
  return own.text.replace(/%(\d)/g, (_, digit: string) => {
    const index = Number(digit) - 1;
    return formatNumber(counts[index] ?? 1, levels[index]?.format ?? 'decimal');
  });
}

function formatNumber(value: number, format: string): string {
  switch (format) {
    case 'upperRoman':
      return roman(value);
    case 'lowerRoman':
      return roman(value).toLowerCase();
    case 'upperLetter':
      return letter(value);
    case 'lowerLetter':
      return letter(value).toLowerCase();
    case 'decimalZero':
      return String(value).padStart(2, '0');
    default:
      return String(value);
  }
}

/** As word processors count: … y, z, aa, bb. */
function letter(value: number): string {
  return String.fromCharCode(65 + ((value - 1) % 26)).repeat(Math.min(9, Math.ceil(value / 26)));
}

function roman(value: number): string {
  const digits: readonly (readonly [number, string])[] = [
    [100, 'C'],
    [90, 'XC'],
    [50, 'L'],
    [40, 'XL'],
    [10, 'X'],
    [9, 'IX'],
    [5, 'V'],
    [4, 'IV'],
    [1, 'I'],
  ];
  let rest = Math.min(value, 399);
  let text = '';
  for (const [worth, digit] of digits) for (; rest >= worth; rest -= worth) text += digit;
  return text;
}

function escape(text: string): string {
  return text.replace(/&(?!\w+;|#)/g, '&amp;').replace(/</g, '&lt;');
}
