import type { JournalEntry } from '../../../src/contracts/journal';
import { noUsage, type Usage } from '../../../src/contracts/usage';
import { leftOfStep, limitExceeded, usageOfStep } from '../../../src/workflows/engine/step-limits';

const turns = { turnsMax: 3, outputTokensMax: 100 };
const spent: Usage = { tokens: 60, costMicroUsd: 7, calls: 2 };

function entry(step: string, kind: 'agent' | 'tool', rest: Partial<JournalEntry> = {}): JournalEntry {
  const question = { kind, name: step, version: '1', inputHash: 'x' };
  return {
    step,
    question,
    ordinal: 0,
    about: '',
    askedAt: 1_000,
    after: 0,
    pass: 1,
    state: 'asked',
    usage: noUsage,
    ...rest,
  };
}

describe('what is left of a step', () => {
  it('is nothing, and never less, once more is spent than its agent’s limits', () => {
    const limits = { ...turns, tokensMax: 50, costMicroUsdMax: 7, callsMax: 1, durationMsMax: 10 };
    const left = leftOfStep({ limits }, { usage: spent, askedAt: 1_000 }, 2_000);
    expect(left).toEqual({ tokens: 0, costMicroUsd: 0, calls: 0, ms: 0 });
  });

  it('is what the limits have beyond what was spent since it was asked', () => {
    const limits = { ...turns, tokensMax: 100, costMicroUsdMax: 10, callsMax: 5, durationMsMax: 1_500 };
    const left = leftOfStep({ limits }, { usage: spent, askedAt: 1_000 }, 2_000);
    expect(left).toEqual({ tokens: 40, costMicroUsd: 3, calls: 3, ms: 500 });
  });

  it.each([[{ limits: turns }], [{}]])('has no end where nothing limits it', (card) => {
    const left = leftOfStep(card, { usage: spent, askedAt: 1_000 }, 2_000);
    expect(left).toEqual({ tokens: Infinity, costMicroUsd: Infinity, calls: Infinity, ms: Infinity });
  });
});

describe('a step’s limit', () => {
  const left = { tokens: 10, costMicroUsd: 10, calls: 1, ms: 1 };

  it.each([
    ['tokens', { tokens: 11, costMicroUsd: 1, calls: 1 }, left],
    ['costMicroUsd', { tokens: 1, costMicroUsd: 11, calls: 1 }, left],
    ['calls', { tokens: 1, costMicroUsd: 1, calls: 2 }, left],
    ['ms', { tokens: 1, costMicroUsd: 1, calls: 1 }, { ...left, ms: 0 }],
  ])('on %s is exceeded by a call that may take more', (unit, needs, of) => {
    expect(limitExceeded(of, needs)).toBe(unit);
  });

  it('is not exceeded by a call that may take all of it', () => {
    expect(limitExceeded(left, { tokens: 10, costMicroUsd: 10, calls: 1 })).toBeUndefined();
  });
});

describe('what a step has spent', () => {
  it('is that of its own calls and its tools, struck ones included, and of nothing else', () => {
    const own = entry('writer-1', 'agent', { usage: spent });
    const tool = { usage: { tokens: 0, costMicroUsd: 0, calls: 1 }, within: own.step };
    const entries = [
      own,
      entry('lookUp-1', 'tool', tool),
      entry('lookUp-2', 'tool', { ...tool, struck: { why: 'stale' } }),
      entry('critic-1', 'agent', { usage: spent, within: own.step }),
      entry('lookUp-3', 'tool', { usage: tool.usage }),
    ];
    expect(usageOfStep(entries, own)).toEqual({ ...spent, calls: 4 });
  });
});
