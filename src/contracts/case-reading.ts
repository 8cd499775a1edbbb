import * as z from 'zod/mini';
import { Address, ShopId, ShopText, shopText } from './shop';

/** The most sentences and requests that are read of one message. */
const listMax = 200;
const sentence = shopText(20_000);

/** Words of the customer for something of theirs: an item, a variant, a payment method. The records decide what is meant. */
const words = sentence;

const of = {
  /** The order it is about; null when the message names none, or several. */
  orderId: z.nullable(ShopId),
  /** The customer's own words. */
  said: sentence,
};

/** One thing that a customer asks for. It is what was said, and not yet what is true or allowed. */
export const CaseRequest = z.discriminatedUnion('ask', [
  z.strictObject({ ask: z.literal('cancel'), ...of, reason: z.nullable(words) }),
  /** No items: all of the order. */
  z.strictObject({ ask: z.literal('return'), ...of, items: z.array(words), method: z.nullable(words) }),
  z.strictObject({ ask: z.literal('replace'), ...of, item: words, by: words, method: z.nullable(words) }),
  z.strictObject({ ask: z.literal('shipTo'), ...of, address: Address }),
  z.strictObject({ ask: z.literal('payBy'), ...of, method: words }),
  z.strictObject({ ask: z.literal('liveAt'), said: sentence, address: Address }),
  z.strictObject({ ask: z.literal('status'), ...of }),
]);
export type CaseRequest = z.infer<typeof CaseRequest>;

/** What a message says: who the customer says they are, what they ask for, and what could not be understood. */
export const CaseReading = z.strictObject({
  name: z.nullable(z.strictObject({ first_name: ShopText, last_name: ShopText, zip: ShopText })),
  /** Whether the customer confirms, in so many words, that what is asked for is to be done. */
  confirmed: z.boolean(),
  requests: z.array(CaseRequest).check(z.maxLength(listMax)),
  /** Sentences that may ask for something and were not understood: a person must read them. */
  notUnderstood: z.array(sentence).check(z.maxLength(listMax)),
});
export type CaseReading = z.infer<typeof CaseReading>;
