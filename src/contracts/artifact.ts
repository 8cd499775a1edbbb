import * as z from 'zod/mini';

/**
 * A large value stored by the hash of its content; processes and the journal carry only this reference.
 * `sha256` is the lower-case hex digest of the stored bytes, `bytes` their number.
 */
export const Artifact = z.strictObject({
  sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
  bytes: z.int().check(z.nonnegative()),
  mediaType: z.string().check(z.maxLength(100)),
  name: z.string().check(z.maxLength(255)),
});
export type Artifact = z.infer<typeof Artifact>;
