import { moneyAddsUp } from './money-adds-up';
import { ownRecordsOnly } from './own-records-only';
import { policyHolds } from './policy-holds';
import { nothingInvented } from './nothing-invented';
import { quotesAreVerbatim } from './quotes-are-verbatim';
import { replyKeepsToTheCase } from './reply-keeps-to-the-case';

/** The catalogue of rules: gates that need an output's sources. One line each. */
export const rules = {
  nothingInvented,
  quotesAreVerbatim,
  ownRecordsOnly,
  policyHolds,
  moneyAddsUp,
  replyKeepsToTheCase,
};

export type Rules = typeof rules;
