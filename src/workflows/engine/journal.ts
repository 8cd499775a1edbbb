import type { JournalEntry, Question } from '../../contracts/journal';
import { noUsage } from '../../contracts/usage';

/** What a new entry starts with; the journal adds its name, its ordinal and its state. */
export type NewEntry = Pick<JournalEntry, 'question' | 'about' | 'askedAt' | 'effect' | 'wakesAt'> & {
  readonly within?: string;
  readonly ordinal: number;
};

/**
 * Everything that a run asked, in the order of asking, and what came of it. A pass claims entries by asking again;
 * what a pass over a handed-over journal does not claim betrays a process that is not a function of its journal.
 */
export class Journal {
  private readonly byQuestion = new Map<string, JournalEntry[]>();
  private readonly countByName = new Map<string, number>();
  private readonly asksInPass = new Map<string, number>();
  private readonly claimed = new Set<string>();

  constructor(readonly entries: JournalEntry[]) {
    for (const entry of entries) this.index(entry);
  }

  /**
   * Claims the answer to a question, or says which ordinal a new entry for it would have. What the engine asks within
   * a step is counted apart and has no second answer: a step that is resumed does not ask again what came before.
   */
  claim(question: Question, within?: string): { readonly entry: JournalEntry } | { readonly ordinal: number } {
    const key = keyOf(question, within);
    const ordinal = within === undefined ? (this.asksInPass.get(key) ?? 0) : 0;
    this.asksInPass.set(key, ordinal + 1);
    const entry = this.byQuestion.get(key)?.[ordinal];
    if (entry === undefined) return { ordinal };
    this.claimed.add(entry.step);
    return { entry };
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
    this.claimed.add(full.step);
    return full;
  }

  find(step: string): JournalEntry | undefined {
    return this.entries.find((entry) => entry.step === step);
  }

  /** Entries that this pass has not asked for again. What the engine asked within a claimed step belongs to it. */
  unclaimed(): JournalEntry[] {
    return this.entries.filter((entry) => !this.isClaimed(entry));
  }

  private isClaimed({ step, within }: JournalEntry): boolean {
    if (this.claimed.has(step)) return true;
    const asker = within === undefined ? undefined : this.find(within);
    return asker !== undefined && this.isClaimed(asker);
  }

  private index(entry: JournalEntry): void {
    const key = keyOf(entry.question, entry.within);
    const equal = this.byQuestion.get(key) ?? [];
    equal[entry.ordinal] = entry;
    this.byQuestion.set(key, equal);
    this.countByName.set(entry.question.name, (this.countByName.get(entry.question.name) ?? 0) + 1);
  }
}

function keyOf({ kind, name, version, inputHash }: Question, within = ''): string {
  return `${kind} ${name}@${version} ${inputHash} ${within}`;
}
