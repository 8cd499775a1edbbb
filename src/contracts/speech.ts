import * as z from 'zod/mini';

const Name = z.string().check(z.maxLength(1_000));

/** Who speaks: one try of one call of a model. */
export const Speaker = z.strictObject({
  runId: Name,
  /** The call's own name in the run, such as `writer-1.1.1.2`. */
  call: Name,
  step: Name,
  agent: Name,
  model: Name,
  /** What the call is for. */
  doing: z.enum(['answer', 'summary']),
  /** Which part of the agent's work, from 1. */
  part: z.int(),
  /** Which try of this call, from 1: what an earlier one said counts for nothing. */
  attempt: z.int(),
});
export type Speaker = z.infer<typeof Speaker>;

/** What whoever watches is told: text as it comes, that a call is over, and how many characters were dropped. */
export const SpeechEvent = z.discriminatedUnion('event', [
  z.strictObject({ event: z.literal('text'), speaker: Speaker, text: z.string() }),
  z.strictObject({ event: z.literal('over'), speaker: Speaker }),
  z.strictObject({ event: z.literal('lost'), characters: z.int() }),
]);
export type SpeechEvent = z.infer<typeof SpeechEvent>;

/** One call's way to whoever watches. Neither function throws, waits, or is heard by anyone but watchers. */
export interface Speech {
  readonly say: (text: string) => void;
  readonly end: () => void;
}

/** Lets calls of models be watched. */
export interface Broadcast {
  readonly begin: (speaker: Speaker) => Speech;
}
