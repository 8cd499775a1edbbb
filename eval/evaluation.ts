/** A measurement of a part of the project against labelled data, run by `npm run eval -- NAME`. */
export type Evaluation = {
  readonly about: string;
  /** Throws `EvaluationCannotRun` when the data is absent. */
  readonly measure: () => { readonly table: string; readonly json: unknown };
};

/** The data of an evaluation is not there; the message says what to set. */
export class EvaluationCannotRun extends Error {}
