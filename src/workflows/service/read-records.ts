import type { CaseRecords } from '../../contracts/case-decision';
import type { CaseReading } from '../../contracts/case-reading';
import type { ProjectRun } from '../define-process';

/** Reads the customer, those of the customer's orders that the message names, and the products to choose from. */
export async function readRecords(
  run: ProjectRun,
  userId: string,
  { requests }: Pick<CaseReading, 'requests'>,
): Promise<CaseRecords> {
  const customer = await run.tool('getUserDetails', { user_id: userId }, { about: userId });
  const ordersOf = (asked: CaseReading['requests']) => {
    const named = asked.flatMap((request) =>
      'orderId' in request && request.orderId !== null ? [request.orderId] : [],
    );
    // Nobody else's order is even read.
    return [...new Set(named)].filter((orderId) => customer.orders.includes(orderId));
  };
  const orders = await run.map(ordersOf(requests), (order_id) =>
    run.tool('getOrderDetails', { order_id }, { about: order_id }),
  );
  const replaced = ordersOf(requests.filter(({ ask }) => ask === 'replace'));
  const chosen = orders.filter(({ order_id }) => replaced.includes(order_id));
  const productIds = new Set(chosen.flatMap(({ items }) => items.map(({ product_id }) => product_id)));
  const products = await run.map([...productIds], (product_id) => run.tool('getProductDetails', { product_id }));
  return { customer, orders, products };
}
