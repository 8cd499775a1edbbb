import type { Work } from './work';

/** Work 5: a map over two thousand items in one run. */
export const wide: Work = {
  name: 'wide',
  title: 'a map over 2,000 items, 20 at once',
  shape: { kind: 'wide', items: 2_000, inFlightMax: 20, textBytes: 100 },
  runs: 1,
  delaysMs: [0],
  extent: 'whole',
  isHeavy: true,
  isOnEveryServer: false,
};

/** Work 5 at scale: a child run for each of ten thousand items. */
export const children: Work = {
  name: 'children',
  title: '10,000 items as children, 20 at once',
  shape: { kind: 'children', items: 10_000, inFlightMax: 20, textBytes: 100 },
  runs: 1,
  delaysMs: [0],
  extent: 'named',
  isHeavy: true,
  isOnEveryServer: false,
};
