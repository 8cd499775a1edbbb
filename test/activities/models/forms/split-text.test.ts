import * as fc from 'fast-check';
import { splitText } from '../../../../src/activities/models/forms/split-text';
import type { Section } from '../../../../src/contracts/clause';

const words = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.constantFrom('\n\n', '\n', '. ', '; ', ' ', 'Clause', 'ß', '漢', '🙂'),
);
const texts = fc.array(words, { maxLength: 60 }).map((pieces) => pieces.join(''));

/** Sections that cover a text, cut at these shares of it. */
function sectionsOf(text: string, shares: readonly number[]): Section[] {
  const points = Array.from(text).reduce<number[]>(
    (offsets, point) => [...offsets, (offsets.at(-1) ?? 0) + point.length],
    [0],
  );
  const cuts = [...new Set([0, ...shares.map((share) => points[Math.floor(share * points.length)] ?? 0), text.length])];
  const sorted = cuts.sort((one, other) => one - other);
  return sorted.slice(1).map((end, index) => ({ anchor: `s-${index}`, heading: '', start: sorted[index] ?? 0, end }));
}

const contracts = fc
  .tuple(
    texts,
    fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { maxLength: 8 }),
    fc.integer({ min: 4, max: 200 }),
  )
  .map(([text, shares, bytesMax]) => ({ text, sections: sectionsOf(text, shares), bytesMax }));

it('puts every byte of a text into a part, in order, none over the room', () => {
  fc.assert(
    fc.property(contracts, ({ text, sections, bytesMax }) => {
      const parts = splitText(text, sections, bytesMax).map(({ start, end }) => text.slice(start, end));
      expect(parts.join('')).toBe(text);
      expect(Buffer.concat(parts.map((part) => Buffer.from(part)))).toEqual(Buffer.from(text));
      for (const part of parts) expect(Buffer.byteLength(part)).toBeLessThanOrEqual(bytesMax);
    }),
  );
});

it('has no two neighbours that would fit into one part', () => {
  fc.assert(
    fc.property(contracts, ({ text, sections, bytesMax }) => {
      const parts = splitText(text, sections, bytesMax);
      parts.slice(1).forEach(({ end }, index) => {
        const together = text.slice(parts[index]?.start, end);
        expect(Buffer.byteLength(together)).toBeGreaterThan(bytesMax);
      });
    }),
  );
});

it('cuts between sections where they fit', () => {
  const text = 'One is short.\n\nTwo is short.\n\nThree is short.';
  const starts = [0, 15, 30];
  const sections = starts.map((start, index) => ({
    anchor: `s-${index}`,
    heading: '',
    start,
    end: starts[index + 1] ?? text.length,
  }));
  expect(splitText(text, sections, 34).map(({ start, end }) => text.slice(start, end))).toEqual([
    'One is short.\n\nTwo is short.\n\n',
    'Three is short.',
  ]);
});

it('cuts a section that is too long between its paragraphs, and a paragraph between its sentences', () => {
  const text = 'First paragraph.\n\nSecond one says this. And it says that.';
  const sections = [{ anchor: 's-1', heading: '', start: 0, end: text.length }];
  expect(splitText(text, sections, 25).map(({ start, end }) => text.slice(start, end))).toEqual([
    'First paragraph.\n\n',
    'Second one says this. ',
    'And it says that.',
  ]);
});
