import type { CaseDecision, CaseRecords } from '../../contracts/case-decision';
import type { Verdict } from '../../contracts/verdict';
import { verifyOutcome } from '../models/service/verify-outcome';
import type { RuleContext } from './rule';
import { verdictOn } from './verdict-on';

interface Input {
  readonly actions: CaseDecision['actions'];
  readonly before: CaseRecords;
  readonly after: CaseRecords;
}

/** The differences that are named are those that the records show, field by field: none is passed over or made up. */
export function differencesStand(
  { differences }: { readonly differences: readonly string[] },
  { input: { actions, before, after } }: RuleContext<Input>,
): Promise<Verdict> {
  const real = verifyOutcome(actions, before, after);
  return Promise.resolve(
    verdictOn('Name the differences that the records show.', [
      ...real.filter((one) => !differences.includes(one)).map((one) => `this is passed over: ${one}`),
      ...differences.filter((one) => !real.includes(one)).map((one) => `this is made up: ${one}`),
    ]),
  );
}
