/**
 * A place where a section begins. `start` is where its label stands, `titleAt` the first character after the label;
 * `anchor` is what the section will be called unless an earlier one has that name already.
 */
export type Mark = {
  readonly start: number;
  readonly titleAt: number;
  readonly anchor: string;
  readonly level: number;
};
