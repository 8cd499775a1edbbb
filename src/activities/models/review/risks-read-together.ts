import type { ContractReading, UnnumberedRisk } from './contract-reading';
import { liabilityCappedAndUncapped } from './liability-read-together';
import { lawsContradict, perpetualWithinTerm, saleOfBusinessBlocked } from './scope-read-together';
import { renewalCannotBeStopped, renewalWithoutNotice, restrictionOutlastsTerm } from './term-read-together';
import { exclusiveWithMinimum, oneSidedExitAfterPrepayment } from './trade-read-together';

const rules: readonly ((reading: ContractReading) => readonly UnnumberedRisk[])[] = [
  liabilityCappedAndUncapped,
  renewalCannotBeStopped,
  renewalWithoutNotice,
  restrictionOutlastsTerm,
  exclusiveWithMinimum,
  oneSidedExitAfterPrepayment,
  lawsContradict,
  perpetualWithinTerm,
  saleOfBusinessBlocked,
];

/** The risks that no clause shows alone and that the clauses' own words decide, in the order of the rules. */
export function risksReadTogether(reading: ContractReading): UnnumberedRisk[] {
  return rules.flatMap((rule) => rule(reading));
}
