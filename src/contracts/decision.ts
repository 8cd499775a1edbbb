import * as z from 'zod/mini';

/** A name that cannot forge a second line wherever it is shown. */
export const oneLine = z
  .string()
  .check(z.minLength(1), z.maxLength(200), z.regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*\S[^\p{Cc}\p{Zl}\p{Zp}]*$/u));

const common = {
  /** The waiting step, as `inbox` and `show` name it. */
  step: z.string().check(z.minLength(1), z.maxLength(200)),
  /** The hash of what the person was shown; a decision about anything else is refused. */
  shown: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
  actor: oneLine,
  comment: z.optional(z.string().check(z.maxLength(4_000))),
};

/**
 * What a person says of a waiting step. `edit` supplies another value; `retry` sends feedback to the agent (offered
 * when an agent escalated); `undoneByHand` and `tryAgain` are offered when an effect could not be undone or nobody knows
 * whether it happened; `reassign` asks another role and leaves the step waiting.
 */
export const Decision = z.discriminatedUnion('decision', [
  z.strictObject({ decision: z.literal('approve'), ...common }),
  z.strictObject({ decision: z.literal('edit'), value: z.json(), ...common }),
  z.strictObject({ decision: z.literal('reject'), blame: z.optional(z.string().check(z.maxLength(200))), ...common }),
  z.strictObject({
    decision: z.literal('retry'),
    ...common,
    comment: z.string().check(z.minLength(1), z.maxLength(4_000)),
  }),
  z.strictObject({ decision: z.literal('undoneByHand'), ...common }),
  z.strictObject({ decision: z.literal('tryAgain'), ...common }),
  z.strictObject({
    decision: z.literal('reassign'),
    role: oneLine,
    ...common,
  }),
]);
export type Decision = z.infer<typeof Decision>;

export type DecisionKind = Decision['decision'];

/** The answer to a decision that was taken. */
export interface DecisionReceipt {
  readonly step: string;
  readonly decision: DecisionKind;
  readonly actor: string;
}
