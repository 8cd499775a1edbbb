import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex } from '@noble/hashes/utils';
import { canonicalJson } from '../../contracts/json';

/** SHA-256 of a value's canonical JSON, in lower-case hex: the same in every pass and every execution. */
export function fingerprint(value: unknown): string {
  return bytesToHex(sha256(canonicalJson(value)));
}
