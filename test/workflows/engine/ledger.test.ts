import fc from 'fast-check';
import { Ledger, type Reservation } from '../../../src/workflows/engine/ledger';

const budget = { callsMax: 3, tokensMax: 100, costMicroUsdMax: 1_000, durationMsMax: 1 };
const usage = (calls: number, tokens = 0, costMicroUsd = 0) => ({ calls, tokens, costMicroUsd });
const outOf = (unit: string) => new RegExp(`allows \\d+ ${unit}`);

describe('a ledger of a run that began before models', () => {
  it('refuses a call too many, those in flight included', () => {
    const ledger = new Ledger(budget, [usage(1)]);
    ledger.reserveCall('a');
    ledger.reserveCall('b');
    expect(() => ledger.reserveCall('c')).toThrow(outOf('calls'));
  });

  it.each([
    ['tokens', usage(1, 100)],
    ['micro-dollars', usage(1, 0, 1_000)],
  ])('refuses a call once the %s are spent', (unit, spent) => {
    const ledger = new Ledger(budget, [spent]);
    expect(() => ledger.reserveCall('a')).toThrow(outOf(unit));
  });
});

describe('a ledger', () => {
  it('begins with what earlier executions spent', () => {
    expect(new Ledger(budget, [usage(1, 2, 3), usage(1, 5, 7)]).spent).toEqual(usage(2, 7, 10));
  });

  it.each([
    ['calls', usage(3)],
    ['tokens', usage(1, 51)],
    ['costMicroUsd', usage(1, 0, 501)],
  ])('lacks %s for a call that does not fit beside what is reserved', (unit, needs) => {
    const ledger = new Ledger(budget, []);
    ledger.reserve('a', usage(1, 50, 500));
    expect(ledger.lack(needs)).toEqual({ unit, of: 'budget' });
    expect(ledger.lack(needs, () => false)).toBeUndefined();
  });

  it('lacks nothing once the budget is raised', () => {
    const ledger = new Ledger(budget, [usage(3)]);
    ledger.raise({ ...budget, callsMax: 4 });
    expect(ledger.lack(usage(1))).toBeUndefined();
    expect(ledger.left).toEqual(usage(1, 100, 1_000));
  });

  it('tells a lack of its own budget from one of what its parent lets it have', () => {
    const ledger = new Ledger(budget, [], usage(2, 50, 500));
    expect(ledger.lack(usage(3))).toEqual({ unit: 'calls', of: 'lease' });
    expect(ledger.lack(usage(4))).toEqual({ unit: 'calls', of: 'budget' });
    expect(ledger.left).toEqual(usage(2, 50, 500));
  });

  it('is nearly spent from four fifths on, what is reserved included', () => {
    const ledger = new Ledger(budget, [usage(1, 60)]);
    expect(ledger.isNearlySpent).toBe(false);
    ledger.reserve('a', usage(1, 20));
    expect(ledger.isNearlySpent).toBe(true);
  });

  it('settles no reservation twice', () => {
    const ledger = new Ledger(budget, []);
    const reservation = ledger.reserve('a', usage(1));
    ledger.settle(reservation, usage(1));
    expect(() => {
      ledger.settle(reservation, usage(1));
    }).toThrow('Expected a reservation');
  });

  it('is never overshot, whatever is reserved and settled in which order', () => {
    const needs = fc.record({ calls: fc.integer({ min: 1, max: 2 }), tokens: fc.nat(60), costMicroUsd: fc.nat(600) });
    const moves = fc.array(
      fc.record({ needs, settle: fc.option(fc.nat(9)), part: fc.double({ min: 0, max: 1, noNaN: true }) }),
    );
    fc.assert(
      fc.property(moves, (all) => {
        const ledger = new Ledger(budget, []);
        const open: Reservation[] = [];
        for (const move of all) {
          if (move.settle === null && ledger.lack(move.needs) === undefined) open.push(ledger.reserve('a', move.needs));
          const [settled] = move.settle === null ? [] : open.splice(move.settle % Math.max(1, open.length), 1);
          if (settled !== undefined) ledger.settle(settled, partOf(settled, move.part));
          expect(ledger.spent.calls).toBeLessThanOrEqual(budget.callsMax);
          expect(ledger.spent.tokens).toBeLessThanOrEqual(budget.tokensMax);
          expect(ledger.spent.costMicroUsd).toBeLessThanOrEqual(budget.costMicroUsdMax);
          expect(Object.values(ledger.left).every((left) => left >= 0)).toBe(true);
        }
      }),
    );
  });
});

function partOf({ usage: { calls, tokens, costMicroUsd } }: Reservation, part: number) {
  return { calls, tokens: Math.floor(tokens * part), costMicroUsd: Math.floor(costMicroUsd * part) };
}
