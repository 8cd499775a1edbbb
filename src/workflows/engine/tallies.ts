import type { JournalEntry } from '../../contracts/journal';
import type { Journal } from './journal';

/** The steps of one name: the first, and how many are in each state. */
export interface Tally {
  readonly first: JournalEntry;
  readonly counts: Map<string, number>;
}

/**
 * Counts the steps of a journal by name and state, for the current details, which are told after every answer. A step that
 * is settled and has changed nothing is counted once for all. In a journal with struck steps all are counted each time:
 * any may be struck next.
 */
export class Tallies {
  private readonly settled = new Map<string, Tally>();
  private open: JournalEntry[] = [];
  private seenCount = 0;

  constructor(private readonly journal: Pick<Journal, 'entries' | 'hasStruck'>) {}

  /** A tally for each name, in the order in which the names were first asked. */
  count(): Tally[] {
    const { entries, hasStruck } = this.journal;
    if (hasStruck) return [...counted(new Map(), entries).values()];
    const open = [...this.open, ...entries.slice(this.seenCount)];
    this.seenCount = entries.length;
    const isOver = ({ state, effect }: JournalEntry) => state !== 'asked' && effect === undefined;
    for (const entry of open) nameIn(this.settled, entry);
    counted(this.settled, open.filter(isOver));
    this.open = open.filter((entry) => !isOver(entry));
    const copies = [...this.settled].map(([name, { first, counts }]): [string, Tally] => [
      name,
      { first, counts: new Map(counts) },
    ]);
    return [...counted(new Map(copies), this.open).values()];
  }
}

function counted(tallies: Map<string, Tally>, entries: readonly JournalEntry[]): Map<string, Tally> {
  for (const entry of entries) {
    const { counts } = nameIn(tallies, entry);
    const state = stateOf(entry);
    counts.set(state, (counts.get(state) ?? 0) + 1);
  }
  return tallies;
}

function nameIn(tallies: Map<string, Tally>, entry: JournalEntry): Tally {
  const { name } = entry.question;
  const tally = tallies.get(name) ?? { first: entry, counts: new Map<string, number>() };
  tallies.set(name, tally);
  return tally;
}

/** A step's state for people: whether it still counts, and what became of what it did. */
export function stateOf({ state, struck, effect }: JournalEntry): string {
  const whether = struck?.why ?? state;
  return effect === undefined ? whether : `${whether}, ${effect.effect} ${effect.outcome}`;
}
