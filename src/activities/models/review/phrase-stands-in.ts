/**
 * Whether a phrase stands in a text, ignoring case, white space and the shape of quotation marks and dashes. It begins
 * where a word begins, hyphenated words counting as one, and may end within a word.
 */
export function phraseStandsIn(phrase: string, text: string): boolean {
  const words = plain(phrase).trim().split(/\s+/);
  const pattern = words.map((word) => word.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)).join(String.raw`\s+`);
  const begins = /^[\p{L}\p{N}]/u.test(words[0] ?? '') ? String.raw`(?<![\p{L}\p{N}]|[\p{L}\p{N}]-)` : '';
  return new RegExp(begins + pattern, 'u').test(plain(text));
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[‘’]/g, "'")
    .replace(/[“”]/g, '"')
    .replace(/[‐‑‒–—]/g, '-');
}
