import type { JournalEntry, Question, Strike } from '../../contracts/journal';
import { noUsage } from '../../contracts/usage';

/** What a new entry starts with; the journal adds its name, its ordinal and its state. */
export type NewEntry = Pick<
  JournalEntry,
  'question' | 'about' | 'askedAt' | 'after' | 'pass' | 'effect' | 'wakesAt'
> & {
  readonly within?: string;
  readonly ordinal: number;
};

/** What was said of the answers that a question was given before and that did not stand. */
export type Rejection = Extract<Strike, { why: 'blamed' }>;

/** Everything that a run asked, in the order of asking, and what came of it. Struck entries answer nothing any more. */
export class Journal {
  /** The entries in which a person is asked, in the order of asking. */
  readonly approvals: JournalEntry[] = [];
  private readonly byStep = new Map<string, JournalEntry>();
  private readonly byQuestion = new Map<string, JournalEntry[]>();
  private readonly countByName = new Map<string, number>();
  private settledCount: number;
  private answered: number;
  private isAnyStruck: boolean;

  constructor(readonly entries: JournalEntry[]) {
    for (const entry of entries) this.index(entry);
    this.settledCount = entries.filter(({ settled }) => settled !== undefined).length;
    this.answered = entries.filter(({ state }) => state === 'answered').length;
    this.isAnyStruck = entries.some(({ struck }) => struck !== undefined);
  }

  /** How many entries have an answer, struck ones included. */
  get answeredCount(): number {
    return this.answered;
  }

  /** Whether any entry was ever struck: in most runs none is. */
  get hasStruck(): boolean {
    return this.isAnyStruck;
  }

  /** The entry that answers a question, when this many equal ones were asked before it. */
  answering(question: Question, ordinal: number, within?: string): JournalEntry | undefined {
    const entry = this.byQuestion.get(keyOf(question, within))?.[ordinal];
    return entry?.struck === undefined ? entry : undefined;
  }

  /** Enters a new question. Its step is named after the agent, tool or approval, and counted. */
  enter(entry: NewEntry): JournalEntry {
    const { name } = entry.question;
    const full: JournalEntry = {
      step: `${name}-${(this.countByName.get(name) ?? 0) + 1}`,
      ...entry,
      state: 'asked',
      usage: noUsage,
    };
    this.entries.push(full);
    this.index(full);
    return full;
  }

  find(step: string): JournalEntry | undefined {
    return this.byStep.get(step);
  }

  /** Notes when and in which order a step ended. */
  settle(entry: JournalEntry, endedAt: number): void {
    entry.endedAt = endedAt;
    entry.settled = this.settledCount++;
    if (entry.state === 'answered') this.answered += 1;
  }

  /** The step of the process on whose behalf an entry was asked: itself, unless the engine asked it within another. */
  outermost(entry: JournalEntry): JournalEntry {
    const asker = entry.within === undefined ? undefined : this.find(entry.within);
    return asker === undefined ? entry : this.outermost(asker);
  }

  /** Whether a step failed, or the one on whose behalf it was asked did. */
  hasFailed(entry: JournalEntry): boolean {
    return entry.state === 'failed' || this.outermost(entry).state === 'failed';
  }

  /** Strikes a step and what was asked within it: the question, asked again, is a new one. */
  strike(entry: JournalEntry, strike: Strike): void {
    entry.struck ??= strike;
    this.isAnyStruck = true;
    for (const inner of this.entries) {
      if (inner.within === entry.step) this.strike(inner, { why: 'stale' });
    }
  }

  /** Why earlier answers to an entry's question were rejected, oldest first. */
  rejectionsOf({ question, ordinal, within }: JournalEntry): Rejection[] {
    if (!this.hasStruck) return [];
    const key = keyOf(question, within);
    return this.entries.flatMap((other) =>
      other.struck?.why === 'blamed' && other.ordinal === ordinal && keyOf(other.question, other.within) === key
        ? [other.struck]
        : [],
    );
  }

  private index(entry: JournalEntry): void {
    this.byStep.set(entry.step, entry);
    if (entry.question.kind === 'approval') this.approvals.push(entry);
    this.countByName.set(entry.question.name, (this.countByName.get(entry.question.name) ?? 0) + 1);
    if (entry.struck !== undefined) return;
    const key = keyOf(entry.question, entry.within);
    const equal = this.byQuestion.get(key) ?? [];
    equal[entry.ordinal] = entry;
    this.byQuestion.set(key, equal);
  }
}

/** Equal for equal questions, asked by the process or within the same step. */
export function keyOf({ kind, name, version, inputHash }: Question, within = ''): string {
  return `${kind} ${name}@${version} ${inputHash} ${within}`;
}
