import type { PdfItem } from './pdf-thread';

/** One line of a page as it is set: where it stands, and how far it reaches. */
type Line = { text: string; x: number; y: number; right: number; height: number };

/** A step down of more than this many line pitches parts paragraphs. */
const paragraphPitch = 1.4;
/** A line that ends this share of the text width before the right edge was ended by its author. */
const shortLineShare = 0.15;
const opensItem =
  /^(?:\(?[a-z0-9]{1,4}\)\s|\d{1,3}(?:\.\d{1,3})*\.?\s+["“A-Z]|(?:ARTICLE|Article|SECTION|Section)\s+[\dIVX]|[•○▪–-]\s)/;

/** The text of a page: wrapped lines are joined into paragraphs, headings and list items stand on lines of their own. */
export function pageText(items: readonly PdfItem[]): string {
  const lines = layOut(items);
  const first = lines[0];
  if (first === undefined) return '';
  const edges = {
    left: Math.min(...lines.map((line) => line.x)),
    right: Math.max(...lines.map((line) => line.right)),
    pitch: linePitch(lines),
  };
  let text = first.text.trimEnd();
  let previous = first;
  for (const line of lines.slice(1)) {
    text += separator(previous, line, edges) + line.text.trim();
    previous = line;
  }
  return text;
}

function layOut(items: readonly PdfItem[]): Line[] {
  const lines: Line[] = [];
  let line: Line | null = null;
  for (const item of items) {
    if (item.text.trim() !== '') {
      const height = item.height > 0 ? item.height : 10;
      if (line !== null && startsLine(line, item)) line = null;
      if (line === null) {
        line = { text: '', x: item.x, y: item.y, right: item.x, height };
        lines.push(line);
      }
      const apart = item.x - line.right > height * 0.2 && line.text !== '' && !line.text.endsWith(' ');
      line.text += (apart ? ' ' : '') + item.text;
      line.right = Math.max(line.right, item.x + item.width);
      line.height = Math.max(line.height, height);
    } else if (line !== null && item.text !== '') line.text += ' ';
    if (item.endsLine) line = null;
  }
  return lines;
}

/** A raised "th" stays in its line; what stands lower, or again further left, begins another. */
function startsLine(line: Line, item: PdfItem): boolean {
  return Math.abs(line.y - item.y) > line.height * 0.6 || item.x < line.right - line.height * 3;
}

function linePitch(lines: readonly Line[]): number {
  const steps = lines
    .slice(1)
    .map((line, index) => (lines[index]?.y ?? line.y) - line.y)
    .filter((step) => step > 0)
    .sort((a, b) => a - b);
  const median = steps[Math.floor(steps.length / 2)] ?? 0;
  const height = Math.max(...lines.map((line) => line.height));
  // On a page of single-line paragraphs the median is the paragraph's distance, not the line's.
  return Math.min(median, height * 1.5);
}

function separator(previous: Line, next: Line, edges: { left: number; right: number; pitch: number }): string {
  const down = previous.y - next.y;
  if (down <= 0 || down > edges.pitch * paragraphPitch) return '\n\n';
  if (opensItem.test(next.text)) return '\n';
  if (previous.right < edges.right - (edges.right - edges.left) * shortLineShare) return '\n';
  if (next.x > previous.x + next.height) return '\n';
  return /\p{L}[-\u00ad]$/u.test(previous.text.trimEnd()) ? '' : ' ';
}
