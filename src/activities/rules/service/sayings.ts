/** Words and figures alone, without case, marks and what cannot be seen, so that a copy is known however it is set. */
export function wordsIn(text: string): string[] {
  const visible = text
    .normalize('NFKC')
    .replaceAll(/\p{Cf}/gu, '')
    .replaceAll(/['’]/g, '');
  return visible.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [];
}

/** Whether a text says these words, one after the other. Marks alone say nothing, and are said by every text. */
export function says(text: string, words: string): boolean {
  const said = wordsIn(words).join(' ');
  return said === '' || ` ${wordsIn(text).join(' ')} `.includes(` ${said} `);
}

/** The sentences and lines of a text, without the dashes of a list. */
export function sayingsIn(text: string): string[] {
  return text
    .split(/\n+|(?<=[.!?;]["”]?)\s+/)
    .map((saying) => saying.replace(/^[-*•\s]+/, '').trim())
    .filter((saying) => wordsIn(saying).length > 0);
}

/**
 * The sentences of a text that are neither known ones, each as often as it is known, nor name anything of the case:
 * an order, an item, a payment method, an amount.
 */
export function strangersIn(text: string, known: readonly string[], marks: readonly string[]): string[] {
  const telling = marks.filter((mark) => wordsIn(mark).length > 0);
  const left = known.flatMap(sayingsIn).map((saying) => wordsIn(saying).join(' '));
  return sayingsIn(text).filter((saying) => {
    const at = left.indexOf(wordsIn(saying).join(' '));
    if (at === -1) return !telling.some((mark) => says(saying, mark));
    left.splice(at, 1);
    return false;
  });
}
