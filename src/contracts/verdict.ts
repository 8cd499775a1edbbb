import * as z from 'zod/mini';

const feedback = z.string().check(z.minLength(1), z.maxLength(4_000));

/**
 * What a gate says of an output. `retry` goes back to the same agent with the feedback; `reject` blames a step, by
 * default the one that was judged; `escalate` asks a person.
 */
export const Verdict = z.discriminatedUnion('verdict', [
  z.strictObject({ verdict: z.literal('accept') }),
  z.strictObject({ verdict: z.literal('retry'), feedback }),
  z.strictObject({ verdict: z.literal('reject'), feedback, blame: z.optional(z.string().check(z.maxLength(200))) }),
  z.strictObject({ verdict: z.literal('escalate'), feedback }),
]);
export type Verdict = z.infer<typeof Verdict>;
