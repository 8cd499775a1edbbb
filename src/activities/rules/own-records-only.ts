import type { CaseDecision, DecisionBasis } from '../../contracts/case-decision';
import type { Verdict } from '../../contracts/verdict';
import type { RuleContext } from './rule';

/** Every action and refund concerns the identified customer: their address, their orders, their payment methods. */
export function ownRecordsOnly(
  { actions, refunds }: Pick<CaseDecision, 'actions' | 'refunds'>,
  { input }: RuleContext<Pick<DecisionBasis, 'records'>>,
): Promise<Verdict> {
  const { customer, orders } = input.records;
  const isOwnOrder = (orderId: string) =>
    customer.orders.includes(orderId) &&
    orders.some(({ order_id, user_id }) => order_id === orderId && user_id === customer.user_id);
  const isOwnMethod = (methodId: string) => Object.hasOwn(customer.payment_methods, methodId);
  const foreign = [
    ...actions.flatMap(({ name, arguments: given }) => [
      ...('user_id' in given && given.user_id !== customer.user_id ? [`${name} on customer ${given.user_id}`] : []),
      ...('order_id' in given && !isOwnOrder(given.order_id) ? [`${name} on order ${given.order_id}`] : []),
      ...('payment_method_id' in given && !isOwnMethod(given.payment_method_id)
        ? [`${name} by ${given.payment_method_id}`]
        : []),
    ]),
    ...refunds
      .filter(({ orderId, paymentMethodId }) => !isOwnOrder(orderId) || !isOwnMethod(paymentMethodId))
      .map(({ orderId, paymentMethodId }) => `a refund for ${orderId} to ${paymentMethodId}`),
  ];
  if (foreign.length === 0) return Promise.resolve({ verdict: 'accept' });
  const feedback = `Only records of ${customer.user_id} may be concerned; these are not theirs: ${foreign.join('; ')}`;
  return Promise.resolve({ verdict: 'retry', feedback: feedback.slice(0, 4_000) });
}
