/** Chance that is the same for the same seed, on every machine. */
export interface Chance {
  /** A whole number from the first to the last, both included. */
  whole(first: number, last: number): number;
  one<Item>(items: readonly Item[]): Item;
  /** Whether something happens that happens in one case of so many. */
  oneIn(cases: number): boolean;
  /** A text of so many digits that was not given before. */
  newDigits(count: number): string;
}

/** Mulberry32: small, and good enough to make samples. */
export function chanceOf(seed: number): Chance {
  let state = seed | 0;
  const given = new Set<string>();
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const chance: Chance = {
    whole: (first, last) => first + Math.floor(next() * (last - first + 1)),
    one(items) {
      const item = items[chance.whole(0, items.length - 1)];
      if (item === undefined) throw new Error('Expected something to choose from.');
      return item;
    },
    oneIn: (cases) => chance.whole(1, cases) === 1,
    newDigits(count) {
      for (;;) {
        const digits = String(chance.whole(10 ** (count - 1), 10 ** count - 1));
        if (given.has(digits)) continue;
        given.add(digits);
        return digits;
      }
    },
  };
  return chance;
}
