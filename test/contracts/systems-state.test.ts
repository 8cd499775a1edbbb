import fc from 'fast-check';
import { afterChange, differenceOf, isSame } from '../../src/contracts/systems-state';

const state = fc.array(fc.constantFrom('a', 'b', 'c', 'd')).map((records) => records.sort());

describe('the difference of two states', () => {
  it('counts equal records, and leads from the one to the other', () => {
    expect(differenceOf(['a', 'a', 'b'], ['a', 'c'])).toEqual({ removed: ['a', 'b'], added: ['c'] });
    fc.assert(
      fc.property(state, state, (before, after) => {
        expect(afterChange(before, differenceOf(before, after))).toEqual(after);
      }),
    );
  });

  it('is nothing exactly when they are equal', () => {
    fc.assert(
      fc.property(state, state, (one, other) => {
        expect(isSame(differenceOf(one, other))).toBe(one.join() === other.join());
      }),
    );
  });
});
