import type { JournalEntry, Question } from '../../contracts/journal';
import type { LeftOut } from '../../contracts/outcome';
import { beganWith, type Execution } from './execution';
import { keyOf } from './journal';
import { Turns } from './turns';

/** A question that may not be asked yet, for people and for messages. */
export interface HeldQuestion {
  readonly name: string;
  readonly about: string;
}

/** An effect that waits for the pass to be quiet. */
export interface HeldEffect extends HeldQuestion {
  /** The step whose agent asks for it; absent when the process asks. */
  readonly within?: string;
  readonly isPivot: boolean;
  readonly release: () => void;
}

/**
 * One execution of the process function over the journal. It claims entries by asking again; what it does not claim is
 * stale once the pass is quiet.
 */
export class Pass {
  readonly turns: Turns;
  /** What the process leaves out of its result in this pass. */
  readonly leftOut: LeftOut[] = [];
  /** New questions that wait until the pass has claimed what it was given before. */
  readonly admitting: HeldQuestion[] = [];
  readonly held: HeldEffect[] = [];
  /** While a pass over a handed-over journal claims what it was given before: resolves when it has. */
  catchingUp: Promise<void> | undefined;
  private readonly asked = new Map<string, number>();
  private readonly claimed = new Set<string>();

  constructor(
    readonly execution: Execution,
    readonly number: number,
    /** A dry pass finds out what hangs on this step: it is not answered, nothing new is asked, nothing is changed. */
    readonly withheld?: string,
  ) {
    this.turns = new Turns(beganWith(3, execution));
  }

  /** An abandoned pass can ask nothing more: its calls never resolve. */
  get isAbandoned(): boolean {
    return this.turns.hasEnded;
  }

  abandon(): void {
    this.turns.end();
  }

  /** The entry that answers a question, or the ordinal that a new entry for it would have. */
  claim(question: Question): { readonly entry: JournalEntry } | { readonly ordinal: number } {
    const key = keyOf(question);
    const ordinal = this.asked.get(key) ?? 0;
    this.asked.set(key, ordinal + 1);
    const entry = this.execution.journal.answering(question, ordinal);
    if (entry === undefined) return { ordinal };
    this.claimed.add(entry.step);
    return { entry };
  }

  /** Counts a new entry as asked for by this pass. */
  own({ step }: JournalEntry): void {
    this.claimed.add(step);
  }

  /** Has an answer given at its turn; never, once the pass is abandoned. */
  atTurnOf(entry: JournalEntry, give: () => void): void {
    this.turns.come(rankOf(entry, this.number), (turn) => {
      if (this.withheld === undefined) Object.assign(entry, { pass: this.number, turn });
      give();
    });
  }

  /** Whether this pass asked for the step, or for the one within which it was asked. */
  hasClaimed(entry: JournalEntry): boolean {
    return this.claimed.has(this.execution.journal.outermost(entry).step);
  }

  /** Entries that stand and that this pass has not asked for. */
  unclaimed(): JournalEntry[] {
    return this.execution.journal.entries.filter((entry) => entry.struck === undefined && !this.hasClaimed(entry));
  }

  /** Lets the held effects happen, in the order in which they were asked for. */
  release(): void {
    for (const { release } of this.held.splice(0)) release();
  }
}

function rankOf({ pass, turn }: JournalEntry, number: number) {
  if (turn === undefined) return 'new';
  return pass === number ? { givenBefore: turn } : { earlierPass: turn };
}
