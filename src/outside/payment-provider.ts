import { fitting } from './fitting';
import { inTurn } from './in-turn';
import { serveApi, type Answer, type ServedApi, type SystemOptions } from './json-api';
import { openKeptLines } from './kept-lines';
import { NewRefund, NewSettlement, refundBooks, RefundLine } from './refunds';

/**
 * Starts a payment provider for development and tests. It speaks JSON:
 *
 * - `POST /v1/refunds` `{order_id, payment_method, amount_cents, currency: "USD"}`: authorises a refund, 201
 *   `{id, …, status: "pending"}`
 * - `POST /v1/settlements` `{refund_id}`: pays it out, for good, 201 `{id, refund_id, amount_cents, currency}`
 * - `DELETE /v1/keys/{key}`: voids what was authorised under the key, and the key with it, also when nothing was, 204;
 *   409 `already_settled`
 * - `GET /v1/keys/{key}`: what stands under the key, 200 `{refund}` or `{settlement}`; 404, or 410 when voided
 * - `GET /v1/refunds`: the refunds that stand, 200 `{refunds}`
 *
 * Every POST has an `Idempotency-Key`: the same key with the same body is answered as it first was and does nothing;
 * with another body, or once voided, it is refused with 409. What was answered with success was kept before.
 *
 * @throws `PortOccupied`, `DataFolderUnusable`
 */
export async function startPaymentProvider({ file, port, onTrouble }: SystemOptions): Promise<ServedApi> {
  const books = refundBooks();
  const lines = await openKeptLines({ file, schema: RefundLine, onLine: books.enter });
  const oneByOne = inTurn();

  const enter = async (line: RefundLine) => {
    await lines.append(line);
    books.enter(line);
  };
  const once = (key: string, asked: unknown, decide: () => RefundLine): Promise<Answer> =>
    oneByOne(async () => {
      const known = books.keys.replay(key, asked);
      if (known !== undefined) return { status: 201, body: known, isReplay: true };
      await enter(decide());
      return { status: 201, body: books.keys.replay(key, asked) };
    });

  // A look-up does not overtake what is being kept.
  const find = (key: string): Promise<Answer> => oneByOne(() => ({ status: 200, body: books.find(key) }));

  const api = await serveApi({
    ...{ port, onTrouble },
    routes: [
      { method: 'GET', path: '/v1/refunds', answer: () => ({ status: 200, body: { refunds: books.list() } }) },
      { method: 'GET', path: '/v1/keys/{key}', answer: ({ key }) => find(key) },
      {
        method: 'POST',
        path: '/v1/refunds',
        answer({ key, body }) {
          const refund = fitting(NewRefund, body);
          return once(key, refund, () => books.decideRefund(key, refund));
        },
      },
      {
        method: 'POST',
        path: '/v1/settlements',
        answer({ key, body }) {
          const settlement = fitting(NewSettlement, body);
          return once(key, settlement, () => books.decideSettlement(key, settlement));
        },
      },
      {
        method: 'DELETE',
        path: '/v1/keys/{key}',
        answer: ({ key }) =>
          oneByOne(async () => {
            const line = books.decideVoid(key);
            if (line !== undefined) await enter(line);
            return { status: 204 };
          }),
      },
    ],
  }).catch(async (error: unknown) => {
    await lines.close();
    throw error;
  });
  return {
    url: api.url,
    async close() {
      await api.close();
      await oneByOne(() => lines.close());
    },
  };
}
