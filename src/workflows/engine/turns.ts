import { CancellationScope, condition } from '@temporalio/workflow';

/** An answer that waits to be given: what ranks lower is given first. */
interface Waiting {
  readonly rank: readonly [number, number];
  readonly give: (turn: number) => void;
}

/** Where an answer stands in line. */
export type Rank =
  /** This pass was given it before the run continued as new, at this turn. */
  | { readonly givenBefore: number }
  /** An earlier pass was given it, at this turn. */
  | { readonly earlierPass: number }
  /** It has just come. */
  | 'new';

/**
 * The order in which a pass is given its answers: one at a time, the next only when everything that followed from the
 * last has run. The journal keeps each answer's turn, so that a pass over a handed-over journal is given them in that
 * order again: branches meet their answers as they did the first time, whatever they do with them.
 */
export class Turns {
  private readonly line: Waiting[] = [];
  private given = 0;
  private arrivals = 0;
  private giving: Promise<void> | undefined;

  /** Whether no answer waits to be given. */
  get isIdle(): boolean {
    return this.giving === undefined;
  }

  /** How many answers have been given. */
  get count(): number {
    return this.given;
  }

  /** Resolves with the answer's turn when it has come. */
  come(rank: Rank): Promise<number> {
    return new Promise((give) => {
      this.line.push({ rank: orderOf(rank, this.arrivals++), give });
      this.giving ??= this.giveAll();
    });
  }

  /** Resolves when every answer that can be given has been, and everything that followed has run. */
  async drained(): Promise<void> {
    // Conditions that are registered before the first continuation of a workflow are evaluated before it, too.
    await Promise.resolve();
    do await quiet();
    while (this.giving !== undefined);
  }

  private async giveAll(): Promise<void> {
    await Promise.resolve();
    await quiet();
    while (this.line.length > 0) {
      const next = this.line.reduce((first, other) => (isBefore(other.rank, first.rank) ? other : first));
      this.line.splice(this.line.indexOf(next), 1);
      next.give(this.given++);
      await quiet();
    }
    this.giving = undefined;
  }
}

function orderOf(rank: Rank, arrival: number): readonly [number, number] {
  if (rank === 'new') return [2, arrival];
  return 'givenBefore' in rank ? [0, rank.givenBefore] : [1, rank.earlierPass];
}

function isBefore([place, order]: readonly [number, number], [otherPlace, otherOrder]: readonly [number, number]) {
  return place < otherPlace || (place === otherPlace && order < otherOrder);
}

/** Resolves when every pending continuation has run: only then does Temporal evaluate a condition again. */
async function quiet(): Promise<void> {
  const moment = { hasCome: false };
  const come = CancellationScope.nonCancellable(() => condition(() => moment.hasCome));
  moment.hasCome = true;
  await come;
}
