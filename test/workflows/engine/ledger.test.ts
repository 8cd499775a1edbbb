import fc from 'fast-check';
import { Ledger } from '../../../src/workflows/engine/ledger';

const budget = { callsMax: 3, tokensMax: 100, costMicroUsdMax: 1_000, durationMsMax: 1 };
const usage = (calls: number, tokens = 0, costMicroUsd = 0) => ({ calls, tokens, costMicroUsd });
const outOf = (unit: string) => new RegExp(`allows \\d+ ${unit}`);

describe('a ledger', () => {
  it('refuses a call too many, those in flight included', () => {
    const ledger = new Ledger(budget, [usage(1)]);
    ledger.reserveCall();
    ledger.reserveCall();
    expect(() => {
      ledger.reserveCall();
    }).toThrow(outOf('calls'));
  });

  it.each([
    ['tokens', usage(1, 100)],
    ['micro-dollars', usage(1, 0, 1_000)],
  ])('refuses a call once the %s are spent', (unit, spent) => {
    const ledger = new Ledger(budget, [spent]);
    expect(() => {
      ledger.reserveCall();
    }).toThrow(outOf(unit));
  });

  it('begins with what earlier executions spent', () => {
    expect(new Ledger(budget, [usage(1, 2, 3), usage(1, 5, 7)]).spent).toEqual(usage(2, 7, 10));
  });

  it('never lets more calls through than the budget allows', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 30 }), (isReserving) => {
        const ledger = new Ledger(budget, []);
        let [made, open] = [0, 0];
        for (const reserving of isReserving) {
          if (reserving && tried(ledger)) [made, open] = [made + 1, open + 1];
          else if (!reserving && open > 0) {
            ledger.settleCall(usage(1));
            open -= 1;
          }
        }
        expect(made).toBeLessThanOrEqual(budget.callsMax);
        expect(ledger.spent.calls).toBe(made - open);
      }),
    );
  });
});

function tried(ledger: Ledger): boolean {
  try {
    ledger.reserveCall();
    return true;
  } catch {
    return false;
  }
}
