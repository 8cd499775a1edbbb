import { CancellationScope, condition } from '@temporalio/workflow';

/**
 * The order in which the process is given its answers: one at a time, the next only when everything that followed from
 * the last has run. The journal keeps each answer's place, and a pass over a handed-over journal gives the answers in
 * that order again. So branches meet their answers as they did the first time, whatever they do with them.
 */
export class Turns {
  private last: Promise<void> = Promise.resolve();
  private readonly claims = new Map<string, () => void>();
  private isRepeating = false;

  constructor(private given: number) {}

  /** The place of an answer that has just come, and its turn. */
  take(): { readonly turn: number; readonly come: Promise<void> } {
    this.last = this.last.then(quiet);
    return { turn: this.given++, come: this.last };
  }

  /** The turn of an answer that stands in the journal; at once unless answers are being given again. */
  repeated(step: string): Promise<void> {
    if (!this.isRepeating) return Promise.resolve();
    return new Promise((resolve) => this.claims.set(step, resolve));
  }

  /**
   * Gives the answers of these steps again, in this order, to whoever claims them; new answers come after them. Ends
   * early at the first step that is not claimed when its turn has come.
   */
  repeat(steps: readonly string[]): Promise<void> {
    this.isRepeating = true;
    this.last = this.giveAgain(steps);
    return this.last;
  }

  private async giveAgain(steps: readonly string[]): Promise<void> {
    // Conditions that are registered before the first continuation of a workflow are evaluated before it, too.
    await Promise.resolve();
    await quiet();
    for (const step of steps) {
      const give = this.claims.get(step);
      if (give === undefined) break;
      give();
      await quiet();
    }
    this.isRepeating = false;
  }
}

/** Resolves when every pending continuation has run: only then does Temporal evaluate a condition again. */
async function quiet(): Promise<void> {
  const moment = { hasCome: false };
  const come = CancellationScope.nonCancellable(() => condition(() => moment.hasCome));
  moment.hasCome = true;
  await come;
}
