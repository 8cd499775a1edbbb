import { createCipheriv, createHash } from 'node:crypto';

const bitsPerCharacter = 6;

/**
 * Random text that no compression makes smaller than three quarters, the same for the same seed.
 *
 * @param bytes its length; one character is one byte
 */
export function randomText(seed: string, bytes: number): string {
  const digest = createHash('sha256').update(seed).digest();
  const cipher = createCipheriv('aes-128-ctr', digest.subarray(0, 16), digest.subarray(16));
  const noise = cipher.update(Buffer.alloc(Math.ceil((bytes * bitsPerCharacter) / 8)));
  return noise.toString('base64url').slice(0, bytes);
}
