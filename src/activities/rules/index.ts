import { clausesStandInPlace } from './clauses-stand-in-place';
import { comparisonsFollowPlaybook } from './comparisons-follow-playbook';
import { decisionFollowsFromReading } from './decision-follows-from-reading';
import { differencesStand } from './differences-stand';
import { moneyAddsUp } from './money-adds-up';
import { nothingInvented } from './nothing-invented';
import { ownRecordsOnly } from './own-records-only';
import { policyHolds } from './policy-holds';
import { quotesAreVerbatim } from './quotes-are-verbatim';
import { readingKeepsToTheMessage } from './reading-keeps-to-the-message';
import { replyKeepsToTheCase } from './reply-keeps-to-the-case';
import { replySaysOnlyTheCase } from './reply-says-only-the-case';
import { reportSaysWhatWasSignedOff } from './report-says-what-was-signed-off';
import { risksFollowFromComparisons } from './risks-follow-from-comparisons';
import { termsFollowFromClauses } from './terms-follow-from-clauses';

/** The catalogue of rules: gates that need an output's sources. One line each. */
export const rules = {
  nothingInvented,
  quotesAreVerbatim,
  ownRecordsOnly,
  policyHolds,
  moneyAddsUp,
  replyKeepsToTheCase,
  readingKeepsToTheMessage,
  decisionFollowsFromReading,
  differencesStand,
  replySaysOnlyTheCase,
  clausesStandInPlace,
  termsFollowFromClauses,
  comparisonsFollowPlaybook,
  risksFollowFromComparisons,
  reportSaysWhatWasSignedOff,
};

export type Rules = typeof rules;
