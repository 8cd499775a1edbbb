import type { Work } from './work';

/** Work 1: twenty agent steps, one after the other. */
export const chain: Work = {
  name: 'chain',
  title: '20 steps in a row, 1 KB passed along',
  shape: { kind: 'chain', steps: 20, textBytes: 1_024 },
  runs: 1,
  delaysMs: [0, 50],
  extent: 'brief',
  isHeavy: false,
  isOnEveryServer: true,
};
