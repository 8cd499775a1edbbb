import type { ClauseCategory } from '../../../contracts/clause';

/**
 * A phrase and the points it adds to a passage that contains it: once, however often it stands there. Ten points make
 * a clause, so ten is "enough alone", five "one of two", and negative points speak against. The phrase's language is
 * described at `compilePhrase`.
 */
export type Cue = readonly [phrase: string, points: number];

/** What speaks for and against a passage being a clause of one category. */
export type CueSheet = {
  /** The question that a lawyer asks of the contract. */
  readonly asks: string;
  /** Phrases in the passage itself. */
  readonly cues: readonly Cue[];
  /** Phrases in the headings over the passage. */
  readonly headings?: readonly Cue[];
  /** The passage must contain one phrase of each of these lists, whatever its points. */
  readonly requires?: readonly (readonly string[])[];
};

/** The cue sheets of some categories. */
export type CueTable = Readonly<Partial<Record<ClauseCategory, CueSheet>>>;

/** From so many points on, a passage is a clause of the category. */
export const pointsOfAClause = 10;
