import { matters } from './0001-matters';
import { shop } from './0002-shop';
import { withdrawnMatters } from './0003-withdrawn-matters';
import { cases } from './0004-cases';
import { transcripts } from './0005-transcripts';

/** A change of tables. What was once applied is never edited; another migration follows it. */
export interface Migration {
  readonly name: string;
  readonly statements: readonly string[];
}

/** The migrations in the order in which they are applied. */
export const migrations: readonly Migration[] = [
  { name: '0001-matters', statements: matters },
  { name: '0002-shop', statements: shop },
  { name: '0003-withdrawn-matters', statements: withdrawnMatters },
  { name: '0004-cases', statements: cases },
  { name: '0005-transcripts', statements: transcripts },
];
