import * as z from 'zod/mini';
import { CaseReading } from './case-reading';
import { Customer, Order, Product, ShopId, shopText } from './shop';
import { ShopOperationCall } from './shop-operation-call';

const listMax = 200;
const line = shopText(20_000);
const lines = z.array(line).check(z.maxLength(listMax));

/** The records that a case is decided on. Authority comes from them and from the policy, never from a message. */
export const CaseRecords = z.strictObject({
  customer: Customer,
  orders: z.array(Order).check(z.maxLength(1_000)),
  products: z.array(Product).check(z.maxLength(1_000)),
});
export type CaseRecords = z.infer<typeof CaseRecords>;

/** Money that goes back to a card or an account; a gift card has its refund at once, without anyone settling it. */
export const Refund = z.strictObject({
  orderId: ShopId,
  paymentMethodId: ShopId,
  amountCents: z.int().check(z.positive()),
});
export type Refund = z.infer<typeof Refund>;

/** What is to be done about a case. */
export const CaseDecision = z.strictObject({
  /** The writes to perform, in order, all or nothing. */
  actions: z.array(ShopOperationCall).check(z.maxLength(listMax)),
  /** What the writes give back to cards and accounts, to be settled with the payment provider. */
  refunds: z.array(Refund).check(z.maxLength(listMax)),
  /** All money that the case moves or promises, whatever the method. */
  movedCents: z.int().check(z.nonnegative()),
  /** What is denied, and why, in words for the customer. */
  denials: lines,
  /** What the customer must say before anything can be done. */
  questions: lines,
  /** Answers from the records. */
  facts: lines,
  /** Why a person must take the case, if one must. */
  handOff: z.nullable(line),
});
export type CaseDecision = z.infer<typeof CaseDecision>;

/** What a case is decided on: the message as it was read, and the records. */
export const DecisionBasis = z.strictObject({ reading: CaseReading, records: CaseRecords });
export type DecisionBasis = z.infer<typeof DecisionBasis>;

/** A case that moves more than this is approved by a service lead before anything is done. */
export const approvalLimitCents = 50_000;
