import { quotesAreVerbatim } from './quotes-are-verbatim';

/** The catalogue of rules: gates that need an output's sources. One line each. */
export const rules = {
  quotesAreVerbatim,
};

export type Rules = typeof rules;
