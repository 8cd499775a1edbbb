/**
 * How a place in a text is set: at the start of a paragraph, of a line, after the end of a sentence, or in the middle
 * of one. `before` is the end of the visible text before it, page numbers and running footers left out.
 */
export type Surroundings = {
  readonly standing: 'paragraph' | 'line' | 'sentence' | 'running';
  readonly before: string;
};

const lookBackMax = 600;
const beforeMax = 60;
const footerLengthMax = 120;
const footerRepeatsMin = 3;

const pageFooter =
  /^(?:[-–—\s]*(?:page\s+)?\d{1,4}(?:\s+(?:of|\/)\s+\d{1,4})?[-–—\s]*|<PAGE>.*|Source: .*|.*\bPage \d{1,4}(?: of \d{1,4})?)$/i;
const sentenceEnd = /(?:[.;:!?]["”'’)\]]*|[;,] (?:and|or)(?:\/or)?)$/;

/** The lines that stand on page after page, with their numbers struck out: running headers and footers. */
export function footerShapes(text: string): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const line of text.split('\n')) {
    const shape = lineShape(line);
    if (shape === '' || line.length > footerLengthMax) continue;
    counts.set(shape, (counts.get(shape) ?? 0) + 1);
  }
  return new Set([...counts].filter(([, count]) => count >= footerRepeatsMin).map(([shape]) => shape));
}

/** A line without its numbers, so that the footers of two pages are equal. */
export function lineShape(line: string): string {
  return line.trim().replace(/\d+/g, '#');
}

/** Says how `position` is set. `footers` comes from `footerShapes` of the same text. */
export function surroundingsOf(text: string, position: number, footers: ReadonlySet<string>): Surroundings {
  const from = Math.max(0, position - lookBackMax);
  const lines = text.slice(from, position).split('\n');
  const sameLine = (lines.pop() ?? '').trim();
  if (sameLine !== '')
    return { standing: sentenceEnd.test(sameLine) ? 'sentence' : 'running', before: sameLine.slice(-beforeMax) };
  let parted = lines.length === 0;
  while (lines.length > 0) {
    const line = (lines.pop() ?? '').trim();
    if (line !== '' && !pageFooter.test(line) && !footers.has(lineShape(line)))
      return { standing: parted ? 'paragraph' : 'line', before: line.slice(-beforeMax) };
    parted = true;
  }
  return { standing: 'paragraph', before: '' };
}

/** Says whether the visible text before a place has come to an end there. */
export function followsSentence({ standing, before }: Surroundings): boolean {
  return standing === 'sentence' || before === '' || sentenceEnd.test(before);
}
