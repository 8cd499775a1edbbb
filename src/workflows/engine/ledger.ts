import { failure, type Failure } from '../../contracts/failures';
import { addUsage, noUsage, subtractUsage, usageUnits, type Budget, type Usage } from '../../contracts/usage';

/** What is set aside for one call, or for one child run, until it is known what it cost. */
export interface Reservation {
  /** The step on whose account it is. */
  readonly step: string;
  usage: Usage;
  /** Whether it is a child's, and the child waits for more: then nobody gains by waiting for it. */
  isWaiting: boolean;
}

/** Of what there is not enough, and who limits it: the run's own budget, or what its parent lets it have. */
export interface Lack {
  readonly unit: keyof Usage;
  readonly of: 'budget' | 'lease';
}

const nearlySpentFrom = 0.8;

/** What a run has spent, and what calls in flight have reserved, held against its budget. */
export class Ledger {
  private spentSoFar: Usage = noUsage;
  private readonly reservations = new Set<Reservation>();

  /** @param leased of a child run: the most that it may spend of its parent's budget, until it is given more */
  constructor(
    private limits: Budget,
    spent: readonly Usage[],
    private leased?: Usage,
  ) {
    this.spentSoFar = spent.reduce(addUsage, noUsage);
  }

  get spent(): Usage {
    return this.spentSoFar;
  }

  /** The budget as it was declared, or raised since. */
  get budget(): Budget {
    return this.limits;
  }

  get lease(): Usage | undefined {
    return this.leased;
  }

  /** What is spent or reserved. */
  get committed(): Usage {
    return this.committedTo(() => true);
  }

  /** What is neither spent nor reserved. */
  get left(): Usage {
    const [most, ...others] = this.ceilings().map(({ max }) => subtractUsage(max, this.committed));
    return others.reduce<Usage>(leastOf, most ?? noUsage);
  }

  /** Whether so much of a unit is spent or reserved that cheaper models are used where an agent names one. */
  get isNearlySpent(): boolean {
    const max = usageMax(this.limits);
    return usageUnits.some((unit) => max[unit] > 0 && this.committed[unit] >= nearlySpentFrom * max[unit]);
  }

  /** What calls in flight have reserved on account of a step. */
  reservedFor(step: string): Usage {
    const own = [...this.reservations].filter((reservation) => reservation.step === step);
    return own.map(({ usage }) => usage).reduce(addUsage, noUsage);
  }

  raise(budget: Budget): void {
    this.limits = budget;
  }

  letHave(lease: Usage): void {
    this.leased = lease;
  }

  /**
   * Of what there is not enough for a call, if of anything.
   *
   * @param needs the most that the call may cost
   * @param counts which reservations to count. Default: all
   */
  lack(needs: Usage, counts: (reservation: Reservation) => boolean = () => true): Lack | undefined {
    const wanted = addUsage(this.committedTo(counts), needs);
    for (const { of, max } of this.ceilings()) {
      const unit = usageUnits.find((one) => wanted[one] > max[one]);
      if (unit !== undefined) return { unit, of };
    }
    return undefined;
  }

  /** Sets aside what a call may cost at the most. Whether there is enough is for the caller to have asked. */
  reserve(step: string, needs: Usage): Reservation {
    const reservation = { step, usage: needs, isWaiting: false };
    this.reservations.add(reservation);
    return reservation;
  }

  /**
   * Reserves one call as runs did before they had models: tokens and money are only seen once they are spent.
   *
   * @throws `OutOfBudget` when the call would be one too many, or tokens or money are spent
   */
  reserveCall(step: string): Reservation {
    const { tokensMax, costMicroUsdMax, callsMax } = this.limits;
    const { tokens, costMicroUsd } = this.spentSoFar;
    const { calls } = this.committed;
    if (calls + 1 > callsMax) throw outOfBudget('calls', calls, callsMax);
    if (tokens >= tokensMax) throw outOfBudget('tokens', tokens, tokensMax);
    if (costMicroUsd >= costMicroUsdMax) throw outOfBudget('costMicroUsd', costMicroUsd, costMicroUsdMax);
    return this.reserve(step, { tokens: 0, costMicroUsd: 0, calls: 1 });
  }

  /** Turns a reservation into what was really spent; a call that failed spent at least itself. */
  settle(reservation: Reservation, spent: Usage): void {
    this.release(reservation);
    this.spentSoFar = addUsage(this.spentSoFar, spent);
  }

  /** Takes a reservation back: no call was made of it. */
  release(reservation: Reservation): void {
    if (!this.reservations.delete(reservation)) throw new Error(`Expected a reservation of ${reservation.step}.`);
  }

  private committedTo(counts: (reservation: Reservation) => boolean): Usage {
    return [...this.reservations]
      .filter(counts)
      .map(({ usage }) => usage)
      .reduce(addUsage, this.spentSoFar);
  }

  private ceilings(): { readonly of: Lack['of']; readonly max: Usage }[] {
    const own = { of: 'budget', max: usageMax(this.limits) } as const;
    return this.leased === undefined ? [own] : [own, { of: 'lease', max: this.leased }];
  }
}

/** What a budget allows of what calls cost; wall time is none of it. */
export function usageMax({ tokensMax, costMicroUsdMax, callsMax }: Budget): Usage {
  return { tokens: tokensMax, costMicroUsd: costMicroUsdMax, calls: callsMax };
}

function leastOf(a: Usage, b: Usage): Usage {
  return {
    tokens: Math.min(a.tokens, b.tokens),
    costMicroUsd: Math.min(a.costMicroUsd, b.costMicroUsd),
    calls: Math.min(a.calls, b.calls),
  };
}

const unitNames: Readonly<Record<keyof Usage, string>> = {
  calls: 'calls',
  tokens: 'tokens',
  costMicroUsd: 'micro-dollars',
};

/** The end of a budget that nobody raised. */
export function outOfBudget(unit: keyof Usage, spent: number, max: number): Failure {
  const name = unitNames[unit];
  return failure(
    'OutOfBudget',
    `The run's budget allows ${max} ${name}, and ${spent} are spent. Its owner did not raise it. Run again with a larger budget of the process.`,
    { unit: name, spent, max },
  );
}
