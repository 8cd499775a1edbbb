/** Words between quotation marks, and the text without them. Marks within a quotation belong to it. */
export function takeQuotations(text: string): { readonly quotations: readonly string[]; readonly rest: string } {
  const quotations: string[] = [];
  let rest = '';
  let words = '';
  let depth = 0;
  for (const character of text) {
    if (character === '“' && depth++ === 0) continue;
    if (character === '”' && depth > 0 && --depth === 0) {
      quotations.push(words);
      words = '';
      rest += ' … ';
    } else if (depth > 0) words += character;
    else rest += character;
  }
  const withoutStraight = (rest + words).replace(/(?<![\p{L}\p{N}])"([^"]+)"/gu, (_match, inner: string) => {
    quotations.push(inner);
    return ' … ';
  });
  return { quotations, rest: withoutStraight };
}

/** The parts of a quotation that must stand word for word: it may leave words out by `…`, and end in a mark of its own. */
export function quotedParts(quotation: string): string[] {
  return quotation
    .split(/…|\.{3}|\[…\]/)
    .map((part) => part.trim().replace(/[.,;:!?]+$/, ''))
    .filter((part) => part !== '');
}

/** Text in which only white space and the shape of marks may differ. */
export function squeeze(text: string): string {
  return text
    .replace(/\s+/g, '')
    .replace(/[‘’]/g, "'")
    .replace(/[“”]/g, '"')
    .replace(/[‐‑‒–—]/g, '-');
}
