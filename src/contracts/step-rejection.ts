import * as z from 'zod/mini';
import { oneLine } from './decision';

/** A person's word that an answered step of a run under way is wrong. */
export const StepRejection = z.strictObject({
  /** The step to blame, as `show` names it. */
  step: z.string().check(z.minLength(1), z.maxLength(200)),
  /** What is wrong: the step is asked again with it. */
  feedback: z.string().check(z.minLength(1), z.maxLength(4_000)),
  actor: oneLine,
});
export type StepRejection = z.infer<typeof StepRejection>;

/** The answer to a rejection that was taken up: the pass that has begun. */
export interface RejectionReceipt {
  readonly step: string;
  readonly pass: number;
}
