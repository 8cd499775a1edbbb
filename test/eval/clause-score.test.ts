import { countClauses, placesOf, ratesOf } from '../../eval/clause-score';

const label = { text: 'ten words', places: [{ start: 100, end: 200 }] };

describe('scoring clauses', () => {
  test('counts a label that does not stand in the text as missed', () => {
    const counts = countClauses([{ start: 0, end: 10 }], [{ text: 'gone', places: [] }]);
    expect(counts).toMatchObject({ labels: 1, notFindable: 1, recalled: 0, right: 0 });
  });

  test('does not count a quote that covers less than half of the label', () => {
    expect(countClauses([{ start: 151, end: 300 }], [label])).toMatchObject({ recalled: 0, right: 0 });
  });

  test('counts a whole page as right, but not strictly', () => {
    const counts = countClauses([{ start: 0, end: 5_000 }], [label]);
    expect(counts).toMatchObject({ recalled: 1, right: 1, recalledStrictly: 0, rightStrictly: 0 });
  });

  test('gives no rate where there is nothing to divide by', () => {
    expect(ratesOf(countClauses([], []))).toEqual({ precision: null, recall: null, f1: null });
  });

  test('computes precision, recall and F1', () => {
    const counts = countClauses(
      [
        { start: 100, end: 160 },
        { start: 900, end: 950 },
      ],
      [label],
    );
    expect(ratesOf(counts)).toEqual({ precision: 0.5, recall: 1, f1: 2 / 3 });
  });

  test('finds a label whatever the white space, at every place', () => {
    expect(placesOf('a  b (c)\n a\nb (c)', 'a b (c)')).toEqual([
      { start: 0, end: 8 },
      { start: 10, end: 17 },
    ]);
  });
});
