import type { CaseDecision, DecisionBasis } from '../../contracts/case-decision';
import { canonicalJson } from '../../contracts/json';
import type { Verdict } from '../../contracts/verdict';
import { moneyOf, refundsOf } from '../shop/case-money';
import { centsOf } from '../shop/money';
import type { RuleContext } from './rule';

/**
 * The refunds and the sum of a decision are exactly what its actions come to by the records, and each gift card can
 * pay for all that is charged to it.
 */
export function moneyAddsUp(
  { actions, refunds, movedCents }: Pick<CaseDecision, 'actions' | 'refunds' | 'movedCents'>,
  { input: { records } }: RuleContext<Pick<DecisionBasis, 'records'>>,
): Promise<Verdict> {
  const money = actions.map((action) => moneyOf(action, records));
  const due = refundsOf(actions, records);
  const moved = money.reduce((sum, one) => sum + one.movedCents, 0);
  const charged = new Map<string, number>();
  for (const { methodId, cents } of money.flatMap(({ charges }) => charges)) {
    charged.set(methodId, (charged.get(methodId) ?? 0) + cents);
  }
  const empty = [...charged].filter(([methodId, cents]) => {
    const method = records.customer.payment_methods[methodId];
    return method?.source === 'gift_card' && centsOf(method.balance) < cents;
  });
  const wrong = [
    ...(canonicalJson(refunds) === canonicalJson(due) ? [] : [`the refunds must be ${canonicalJson(due)}`]),
    ...(movedCents === moved ? [] : [`the actions move ${moved} cents and not ${movedCents}`]),
    ...empty.map(([methodId, cents]) => `gift card ${methodId} cannot pay ${cents} cents`),
  ];
  if (wrong.length === 0) return Promise.resolve({ verdict: 'accept' });
  return Promise.resolve({ verdict: 'retry', feedback: `The money is wrong: ${wrong.join('; ')}`.slice(0, 4_000) });
}
