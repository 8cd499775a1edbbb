/** A text without its white space, and where each of its characters stands in the whole. */
export interface SqueezedText {
  readonly squeezed: string;
  /** Where each character of `squeezed` stands in the text. */
  readonly offsets: readonly number[];
}

/**
 * Leaves out the white space of a text, so that words are found however they are set.
 *
 * @param alike what to write for a character. Default: the character itself
 */
export function squeezedText(text: string, alike: Readonly<Record<string, string>> = {}): SqueezedText {
  const offsets: number[] = [];
  let squeezed = '';
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (/\s/.test(character)) continue;
    offsets.push(index);
    squeezed += alike[character] ?? character;
  }
  return { squeezed, offsets };
}
