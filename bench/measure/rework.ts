/** What something took of the model and of time. */
export interface Cost {
  readonly durationMs: number;
  readonly modelCalls: number;
  readonly tokens: number;
}

/** The same late rejection, answered by rework and by starting again. */
export interface Rework {
  readonly reworked: Cost;
  readonly startedAgain: Cost;
}
