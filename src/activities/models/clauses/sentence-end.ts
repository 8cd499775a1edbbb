const abbreviations = new Set(
  (
    'inc ltd co corp llc llp lp plc gmbh pty bhd sdn no nos sec secs art arts para cl ex exh fig vol mr mrs ms dr prof st ave ' +
    'blvd rd ste apt dept jr sr esq vs v al etc approx e.g i.e eg ie cf u.s u.k u.s.a u.s.c p.o d.c l.p l.l.c n.v b.v s.a a.m ' +
    'p.m a/k/a d/b/a jan feb mar apr jun jul aug sep sept oct nov dec cir del cal tel attn'
  ).split(' '),
);
const lastWordPattern = /[\p{L}\p{N}/&.]+$/u;
/** "12.", "Section 4.2.", "(b)", "IV.": a number that belongs to the words after it. */
const onlyNumber =
  /^\s*["“]?(?:section|article|clause|schedule|exhibit|recital)?\s*\(?(?:\d{1,3}(?:\.\d{1,3})*|[ivxlc]{1,5}|[a-z])\)?$/i;
const lookBackMax = 40;

/**
 * Whether the full stop at `stop` ends a sentence of the text that began at `start`: not in an abbreviation, an
 * initial, a number, nor after the number of a section.
 */
export function endsSentence(text: string, start: number, stop: number): boolean {
  const before = text.slice(Math.max(start, stop - lookBackMax), stop);
  if (stop - start <= lookBackMax && onlyNumber.test(before)) return false;
  const word = lastWordPattern.exec(before)?.[0];
  if (word === undefined) return true;
  const bare = word.replace(/^\.+/, '').toLowerCase();
  if (!abbreviations.has(bare)) return !/^\p{Lu}$/u.test(word);
  return beginsAnew.test(text.slice(stop + 1, stop + 1 + lookBackMax));
}

/** After an abbreviation only these begin a sentence: a section's number, or a blank line. */
const beginsAnew = /^["”’')]*\s*(?:\n\s*\n|\s\d{1,2}\.(?:\d{1,2}\.?)?\s+["“]?\p{Lu})/u;
