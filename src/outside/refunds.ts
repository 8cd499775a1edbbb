import * as z from 'zod/mini';
import { answeredKeys, idOf, type AnsweredKeys } from './answered-keys';
import { Refusal } from './refusal';

/** Of one refund, and of all that stand for one order. */
const amountCentsMax = 10_000_000;
const name = z.string().check(z.regex(/^[^\p{Cc}]{1,100}$/u));

/** What is posted to have a refund authorised. */
export const NewRefund = z.strictObject({
  order_id: name,
  payment_method: name,
  amount_cents: z.int().check(z.positive(), z.maximum(amountCentsMax)),
  currency: z.literal('USD'),
});
type NewRefund = z.infer<typeof NewRefund>;

/** What is posted to have a refund settled. */
export const NewSettlement = z.strictObject({ refund_id: name });
type NewSettlement = z.infer<typeof NewSettlement>;

/** What was accepted: the lines that the provider keeps. */
export const RefundLine = z.discriminatedUnion('did', [
  z.strictObject({ did: z.literal('authorise'), key: z.string(), refund: NewRefund }),
  z.strictObject({ did: z.literal('void'), key: z.string() }),
  z.strictObject({ did: z.literal('settle'), key: z.string(), settlement: NewSettlement }),
]);
export type RefundLine = z.infer<typeof RefundLine>;

/** A refund that stands. `pending`: authorised, may be voided. `settled`: paid out, for good. */
export interface Refund extends NewRefund {
  readonly id: string;
  readonly status: 'pending' | 'settled';
}

/** The provider's books, in memory. */
export interface RefundBooks {
  readonly keys: AnsweredKeys;
  /** The refunds that stand, in the order of what they are, not of when they came. */
  readonly list: () => readonly Refund[];
  /** What stands under a key. */
  readonly find: (key: string) => { readonly refund: Refund } | { readonly settlement: unknown };
  /** The line to be kept, unless it is refused. */
  readonly decideRefund: (key: string, refund: NewRefund) => RefundLine;
  readonly decideSettlement: (key: string, settlement: NewSettlement) => RefundLine;
  /** Nothing when the key is void already. */
  readonly decideVoid: (key: string) => RefundLine | undefined;
  /** Enters a line that was kept: nothing else changes the books. */
  readonly enter: (line: RefundLine) => void;
}

export function refundBooks(): RefundBooks {
  const keys = answeredKeys();
  const refunds = new Map<string, Refund>();
  const settlements = new Map<string, unknown>();

  function standing(refundId: string): Refund {
    const refund = refunds.get(refundId);
    if (refund !== undefined) return refund;
    throw new Refusal(404, 'unknown_refund', 'No refund of this id stands. It may have been voided.');
  }

  return {
    keys,
    list: () => [...refunds.values()].sort(inOrder),
    find(key) {
      if (keys.isVoided(key)) throw new Refusal(410, 'key_voided', 'What stood under the key was voided.');
      const refund = refunds.get(idOf('re', key));
      if (refund !== undefined) return { refund };
      const settlement = settlements.get(key);
      if (settlement !== undefined) return { settlement };
      throw new Refusal(404, 'unknown_key', 'Nothing was done under the key.');
    },
    decideRefund(key, refund) {
      const others = [...refunds.values()].filter(({ order_id }) => order_id === refund.order_id);
      const sum = others.reduce((cents, { amount_cents }) => cents + amount_cents, refund.amount_cents);
      if (sum > amountCentsMax) {
        throw new Refusal(422, 'limit_exceeded', `Refunds of one order come to at most ${amountCentsMax} cents.`);
      }
      return { did: 'authorise', key, refund };
    },
    decideSettlement(key, settlement) {
      if (standing(settlement.refund_id).status === 'pending') return { did: 'settle', key, settlement };
      throw new Refusal(409, 'already_settled', 'The refund was settled, under another key.');
    },
    decideVoid(key) {
      if (keys.isVoided(key)) return undefined;
      const isSettled = settlements.has(key) || refunds.get(idOf('re', key))?.status === 'settled';
      if (isSettled) throw new Refusal(409, 'already_settled', 'What was settled cannot be voided.');
      return { did: 'void', key };
    },
    enter(line) {
      switch (line.did) {
        case 'authorise': {
          const refund: Refund = { id: idOf('re', line.key), ...line.refund, status: 'pending' };
          refunds.set(refund.id, refund);
          keys.keep(line.key, line.refund, refund);
          break;
        }
        case 'settle': {
          const refund: Refund = { ...standing(line.settlement.refund_id), status: 'settled' };
          refunds.set(refund.id, refund);
          const { id: refund_id, amount_cents, currency } = refund;
          const settlement = { id: idOf('st', line.key), refund_id, amount_cents, currency };
          settlements.set(line.key, settlement);
          keys.keep(line.key, line.settlement, settlement);
          break;
        }
        case 'void':
          refunds.delete(idOf('re', line.key));
          keys.void(line.key);
      }
    },
  };
}

function inOrder(one: Refund, other: Refund): number {
  const [a, b] = [one, other].map(({ order_id, payment_method, amount_cents, id }) =>
    [order_id, payment_method, String(amount_cents).padStart(8, '0'), id].join('\n'),
  );
  return (a ?? '') < (b ?? '') ? -1 : 1;
}
