import type { Work } from './work';

/** Work 4: one agent that talks for long. */
export const long: Work = {
  name: 'long',
  title: 'one agent, 200 turns with 5 KB tool results',
  shape: { kind: 'long', turns: 200, resultBytes: 5_120, textBytes: 64 },
  runs: 1,
  delaysMs: [0],
  extent: 'whole',
  isHeavy: true,
  isOnEveryServer: false,
};

/** A conversation of ordinary length, by which the growth of history is compared with others' figures. */
export const turns: Work = {
  name: 'turns',
  title: 'one agent, 20 turns with 2 KB tool results',
  shape: { kind: 'long', turns: 20, resultBytes: 2_048, textBytes: 64 },
  runs: 1,
  delaysMs: [0],
  extent: 'brief',
  isHeavy: false,
  isOnEveryServer: true,
};
