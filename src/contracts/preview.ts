import * as z from 'zod/mini';
import type { Usage } from './usage';

/** Asks what a rejection of a step would come to. */
export const PreviewRequest = z.strictObject({
  /** The step that would be blamed. */
  reject: z.string().check(z.minLength(1), z.maxLength(200)),
});
export type PreviewRequest = z.infer<typeof PreviewRequest>;

/**
 * What a rejection would come to at the most: steps that hang on the blamed one and ask the same again keep their
 * answers after all.
 */
export interface Preview {
  readonly reject: string;
  /** Steps whose effects would be undone, newest first; a child's are named after both: `family-1/book-1`. */
  readonly undone: readonly string[];
  /** Steps whose effects would have to be, and cannot be undone. */
  readonly cannotBeUndone: readonly string[];
  /** Steps that would be asked again, the blamed one first. */
  readonly askedAgain: readonly string[];
  /** What these steps had cost. */
  readonly usage: Usage;
}
