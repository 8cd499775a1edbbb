import * as fc from 'fast-check';
import { fitItems } from '../../../../src/activities/models/forms/fit-items';

const itemsMax = 7;
const show = (item: string, charactersMax: number) => item.slice(0, charactersMax);

it('refuses an item that does not fit however little of it is shown', () => {
  expect(() => fitItems(['x'.repeat(200)], show, { bytesMax: 99, itemsMax })).toThrow(/one item of it has 100/);
});

it('shows less of an item that is too long for a part', () => {
  expect(fitItems(['x'.repeat(1_000)], show, { bytesMax: 700, itemsMax })).toEqual([
    { items: ['x'.repeat(1_000)], material: 'x'.repeat(600) },
  ]);
});

it('makes one part without material of no items', () => {
  expect(fitItems([], show, { bytesMax: 500, itemsMax })).toEqual([{ items: [], material: '' }]);
});

it('puts every item into one part, in order, and no part is over the room', () => {
  const items = fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 100 }), {
    minLength: 1,
    maxLength: 30,
  });
  fc.assert(
    fc.property(items, fc.integer({ min: 3_000, max: 9_000 }), (given, bytesMax) => {
      const parts = fitItems(given, show, { bytesMax, itemsMax });
      expect(parts.flatMap((part) => part.items)).toEqual(given);
      for (const { material } of parts) expect(Buffer.byteLength(material)).toBeLessThanOrEqual(bytesMax);
      for (const part of parts) expect(part.items.length).toBeLessThanOrEqual(itemsMax);
    }),
  );
});
