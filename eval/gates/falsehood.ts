/** What a falsehood is about, and what was done to it. */
export const falsehoodKinds = [
  'figure altered',
  'figure added',
  'figure dropped',
  'date altered',
  'date added',
  'date dropped',
  'name altered',
  'name added',
  'name dropped',
  'quotation altered',
  'quotation added',
  'quotation dropped',
  'clause altered',
  'clause added',
  'clause dropped',
  'field swapped',
] as const;
export type FalsehoodKind = (typeof falsehoodKinds)[number];

/** A document with one falsehood in it; `what` says where and which, for people. */
export interface Falsified {
  readonly document: unknown;
  readonly what: string;
}
