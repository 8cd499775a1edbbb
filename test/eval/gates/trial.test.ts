import {
  fateOf,
  volatileIn,
  type Delivery,
  type Honest,
  type Objection,
  type Observed,
} from '../../../eval/gates/trial';

const usage = { tokens: 0, costMicroUsd: 0, calls: 1 };
const delivery = (values: Readonly<Record<string, unknown>>): Delivery => new Map(Object.entries(values));
const observed = (
  value: string,
  objections: readonly Objection[] = [],
  shown: Readonly<Record<string, unknown>> = {},
): Observed => ({
  result: { outcome: 'completed', value, usage, effects: [] },
  ...{ delivery: delivery({ value, time: Math.random() }), objections, shown: delivery(shown) },
});
const honest: Honest = { observed: observed('true', [], { asked: 'true' }), volatile: new Set(['time']) };
const objection = (isAtOnce: boolean): Objection => ({ gate: 'critic', step: 'writer-1', isAtOnce });

describe('a falsehood', () => {
  it.each<[string, string | null, Observed]>([
    ['letThrough', null, observed('false', [], { asked: 'true' })],
    ['letThroughShown', null, observed('false', [], { asked: 'false' })],
    ['letThrough', 'critic', observed('false', [objection(true)], { asked: 'true' })],
    [
      'stopped',
      'critic',
      {
        ...observed('true', [objection(false)]),
        result: { outcome: 'rejected', failure: { type: 'Rejected', message: '', details: {} }, usage, effects: [] },
      },
    ],
    ['harmless', null, observed('true')],
    ['caughtLater', 'critic', observed('true', [objection(false)])],
    ['caughtAtOnce', 'critic', observed('true', [objection(true), objection(false)])],
  ])('is %s by %s', (fate, gate, run) => {
    expect(fateOf(run, honest)).toEqual({ fate, gate });
  });

  it('is let through when something that was delivered is missing, or more is', () => {
    const more = { ...observed('true'), delivery: delivery({ value: 'true', time: 1, extra: 1 }) };
    const less = { ...observed('true'), delivery: delivery({ time: 1 }) };
    expect([fateOf(more, honest).fate, fateOf(less, honest).fate]).toEqual(['letThroughShown', 'letThroughShown']);
  });
});

it('what differs between two honest runs says nothing', () => {
  expect([...volatileIn(delivery({ a: 1, b: 2, c: 3 }), delivery({ a: 1, b: 3, d: 4 }))]).toEqual(['b', 'c', 'd']);
});
