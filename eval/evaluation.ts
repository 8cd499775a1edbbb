/** What an evaluation is told: the options of the command line, and whom to tell how far it is. */
export interface EvaluationRequest {
  readonly options: Readonly<Record<string, string | boolean | undefined>>;
  readonly say: (line: string) => void;
}

/** A table for people, and the same as one JSON document. */
interface Measured {
  readonly table: string;
  readonly json: unknown;
}

/** A measurement of a part of the project, run by `npm run eval -- NAME`. */
export type Evaluation = {
  readonly about: string;
  /** Throws `EvaluationCannotRun` when its data is absent, or an option does not fit. */
  readonly measure: (request: EvaluationRequest) => Measured | Promise<Measured>;
};

/** The evaluation cannot run; the message says what to set. */
export class EvaluationCannotRun extends Error {}
