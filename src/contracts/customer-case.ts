import * as z from 'zod/mini';
import { CaseRequest } from './case-reading';
import { Refund } from './case-decision';
import { ShopId, shopText } from './shop';
import { OperationResult, ShopOperationCall } from './shop-operation-call';

/** The most operations of one case, and the longest message and address of e-mail. */
const operationsMax = 100;
const messageMax = 20_000;
const addressMax = 320;

/** An address that cannot forge a second header or recipient wherever it is used. */
const EmailAddress = shopText(addressMax).check(
  z.regex(/^[^\s\p{Cc}<>()[\]\\,;:"@]+@[^\s\p{Cc}<>()[\]\\,;:"@]+$/u, {
    error: 'expected one address of e-mail, such as ann@example.org',
  }),
);

/** A name for a case that is one line, so that it can forge nothing where it is shown. */
export const CaseId = shopText(200).check(
  z.regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*\S[^\p{Cc}\p{Zl}\p{Zp}]*$/u, { error: 'expected one line of text' }),
);

/**
 * A case for customer operations: either **decided**, with the `operations` to perform in order, all or nothing; or
 * **written**, with the customer's `message` and the address it came `from`.
 *
 * - `caseId`: two runs of one case id never both act on it. Default: the case has none, and is never refused for that
 * - `onRefusal`: what a refused write does in a decided case. Default: `rollBack`
 * - `userId`: in a decided case, whom it is for: operations on anyone else's records are refused. Default: not held
 */
export const CustomerCase = z
  .strictObject({
    caseId: z.optional(CaseId),
    operations: z.optional(z.array(ShopOperationCall).check(z.minLength(1), z.maxLength(operationsMax))),
    onRefusal: z.optional(z.enum(['rollBack', 'continue'])),
    userId: z.optional(ShopId),
    message: z.optional(shopText(messageMax).check(z.minLength(1))),
    from: z.optional(EmailAddress),
  })
  .check(
    z.refine(({ operations, message }) => (operations === undefined) !== (message === undefined), {
      error: 'expected either "operations", for a decided case, or "message" and "from", for a written one',
    }),
    z.refine(({ message, from }) => (message === undefined) === (from === undefined), {
      error: 'expected "message" and "from" together',
    }),
    z.refine((given) => given.message === undefined || (given.onRefusal ?? given.userId) === undefined, {
      error: '"onRefusal" and "userId" belong to a decided case',
    }),
  );
export type CustomerCase = z.infer<typeof CustomerCase>;

const lines = z.array(shopText(20_000));

/** What is known of a written case, whichever way it ends. */
const known = {
  /** Null when the customer could not be identified. */
  userId: z.nullable(ShopId),
  /** What was denied, what the customer is asked, and what the records answer. */
  denials: lines,
  questions: lines,
  facts: lines,
  /** The subject of the mail to the customer; null when there is nobody to write to. */
  mail: z.nullable(shopText(200)),
};

/**
 * What a case comes to. `operations` are in the order of the case.
 *
 * - `executed`: a decided case was performed
 * - `settled`: a written case was acted on, and the customer answered
 * - `answered`: a written case was answered and nothing was changed
 * - `handedOff`: a person has the case, with all that is known; nothing was changed
 */
export const CaseResult = z.discriminatedUnion('resolution', [
  z.strictObject({ resolution: z.literal('executed'), operations: z.array(OperationResult) }),
  z.strictObject({
    ...{ resolution: z.literal('settled'), ...known },
    operations: z.array(OperationResult),
    refunds: z.array(Refund),
    /** Who approved, by role. */
    approvals: z.array(z.strictObject({ role: z.string(), actor: z.string() })),
  }),
  z.strictObject({ resolution: z.literal('answered'), ...known }),
  z.strictObject({
    ...{ resolution: z.literal('handedOff'), ...known },
    why: shopText(20_000),
    understood: z.array(CaseRequest),
    notUnderstood: lines,
    /** The number of the hand-off in the list that people work through. */
    handOff: z.string(),
  }),
]);
export type CaseResult = z.infer<typeof CaseResult>;
