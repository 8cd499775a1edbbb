import { failure } from '../../contracts/failures';
import { addUsage, noUsage, type Budget, type Usage } from '../../contracts/usage';

/** What a run has spent, and what calls in flight have reserved, held against its budget. */
export class Ledger {
  private spentSoFar: Usage = noUsage;
  private callsReserved = 0;

  constructor(
    private readonly budget: Budget,
    spent: readonly Usage[],
  ) {
    this.spentSoFar = spent.reduce(addUsage, noUsage);
  }

  get spent(): Usage {
    return this.spentSoFar;
  }

  /**
   * Reserves one call before it is made.
   *
   * @throws `OutOfBudget` when the call would be one too many, or tokens or money are spent
   */
  reserveCall(): void {
    const { tokensMax, costMicroUsdMax, callsMax } = this.budget;
    const { tokens, costMicroUsd, calls } = this.spentSoFar;
    if (calls + this.callsReserved + 1 > callsMax) throw outOfBudget('calls', calls + this.callsReserved, callsMax);
    if (tokens >= tokensMax) throw outOfBudget('tokens', tokens, tokensMax);
    if (costMicroUsd >= costMicroUsdMax) throw outOfBudget('micro-dollars', costMicroUsd, costMicroUsdMax);
    this.callsReserved += 1;
  }

  /** Turns one reservation into what was really spent; a call that failed spent at least itself. */
  settleCall(spent: Usage): void {
    this.callsReserved -= 1;
    this.spentSoFar = addUsage(this.spentSoFar, spent);
  }
}

function outOfBudget(unit: string, spent: number, max: number) {
  return failure(
    'OutOfBudget',
    `The run's budget allows ${max} ${unit}, and ${spent} are spent. Raise the budget of the process and run again.`,
    { unit, spent, max },
  );
}
