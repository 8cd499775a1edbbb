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
  /** Whether everything that followed from the answers that came has run, and none has come since. */
  private isSettled = false;
  private isOver = false;

  /** @param givesAtOnce whether an answer that nothing has come before is given in the same moment */
  constructor(private readonly givesAtOnce: boolean) {
    void CancellationScope.nonCancellable(() => this.giveAll());
  }

  /** Whether no answer waits to be given. Asked in a condition, which is evaluated when what followed from the last has run. */
  get isIdle(): boolean {
    return this.line.length === 0;
  }

  /** Whether no answer is given any more. */
  get hasEnded(): boolean {
    return this.isOver;
  }

  /** How many answers have been given. */
  get count(): number {
    return this.given;
  }

  /** @param give is called when the answer's turn has come, with that turn */
  come(rank: Rank, give: (turn: number) => void): void {
    if (this.isOver) return;
    const isFirst = this.isSettled && rank === 'new';
    this.isSettled = false;
    if (this.givesAtOnce && isFirst) give(this.given++);
    else this.line.push({ rank: orderOf(rank, this.arrivals++), give });
  }

  /** Gives no answer any more. */
  end(): void {
    this.isOver = true;
  }

  /** Resolves when every answer that can be given has been, and everything that followed has run. */
  drained(): Promise<void> {
    return CancellationScope.nonCancellable(async () => {
      await firstContinuation();
      await onceQuiet(() => this.isIdle);
    });
  }

  private async giveAll(): Promise<void> {
    await firstContinuation();
    for (;;) {
      await onceQuiet(() => {
        this.isSettled = this.isIdle && this.arrivals > 0;
        return this.isOver || !this.isIdle;
      });
      if (this.isOver) return;
      const next = this.line.reduce((first, other) => (isBefore(other.rank, first.rank) ? other : first));
      this.line.splice(this.line.indexOf(next), 1);
      next.give(this.given++);
    }
  }
}

function orderOf(rank: Rank, arrival: number): readonly [number, number] {
  if (rank === 'new') return [2, arrival];
  return 'givenBefore' in rank ? [0, rank.givenBefore] : [1, rank.earlierPass];
}

function isBefore([place, order]: readonly [number, number], [otherPlace, otherOrder]: readonly [number, number]) {
  return place < otherPlace || (place === otherPlace && order < otherOrder);
}

/** Conditions that are registered before the first continuation of a workflow are evaluated before it, too. */
function firstContinuation(): Promise<void> {
  return Promise.resolve();
}

/** Resolves when something is so once every pending continuation has run: only then does Temporal evaluate a condition again. */
function onceQuiet(isSo: () => boolean): Promise<void> {
  const moment = { hasBegun: false };
  const come = condition(() => moment.hasBegun && isSo());
  moment.hasBegun = true;
  return come;
}
