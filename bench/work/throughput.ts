import type { Work } from './work';

/** Work 3: a hundred short chains, started at once. */
export const throughput: Work = {
  name: 'throughput',
  title: '100 runs of a 5-step chain at once',
  shape: { kind: 'chain', steps: 5, textBytes: 1_024 },
  runs: 100,
  delaysMs: [0, 50],
  extent: 'brief',
  isHeavy: true,
  isOnEveryServer: true,
};
