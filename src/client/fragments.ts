/** Shorter strings are found everywhere and prove nothing. */
const stringLengthMin = 8;
/** Objects and lists with a shorter text prove nothing either: `{"verdict":"accept"}`. */
const structureLengthMin = 24;
/** More parts of one value than these are not looked at. */
const fragmentsMax = 200_000;

/** The parts of a value by which it can be recognised elsewhere. */
export interface Fragments {
  /** Its strings, each once. */
  readonly strings: readonly string[];
  /** Its objects and lists of some substance, as JSON with sorted keys. */
  readonly structures: ReadonlySet<string>;
}

/** Takes a value apart. */
export function fragmentsOf(value: unknown): Fragments {
  const strings = new Set<string>();
  const structures = new Set<string>();
  const visit = (part: unknown): string => {
    if (typeof part === 'string' && part.length >= stringLengthMin && strings.size < fragmentsMax) strings.add(part);
    if (typeof part !== 'object' || part === null) return JSON.stringify(part ?? null);
    const json = Array.isArray(part)
      ? `[${part.map(visit).join(',')}]`
      : `{${Object.entries(part)
          .sort(([one], [other]) => (one < other ? -1 : 1))
          .map(([key, inner]) => `${JSON.stringify(key)}:${visit(inner)}`)
          .join(',')}}`;
    if (json.length >= structureLengthMin && structures.size < fragmentsMax) structures.add(json);
    return json;
  };
  visit(value);
  return { strings: [...strings], structures };
}

/** Whether a text stands somewhere in a value: as a string of it, or as whole words within one. */
export function holds({ strings }: Pick<Fragments, 'strings'>, text: string): boolean {
  return strings.some((whole) => whole === text || (whole.length > text.length && hasWords(whole, text)));
}

function hasWords(whole: string, text: string): boolean {
  for (let at = whole.indexOf(text); at >= 0; at = whole.indexOf(text, at + 1)) {
    const before = whole.charAt(at - 1);
    const after = whole.charAt(at + text.length);
    if (!isWordCharacter(before) && !isWordCharacter(after)) return true;
  }
  return false;
}

function isWordCharacter(character: string): boolean {
  return /^[\p{L}\p{N}_]$/u.test(character);
}
