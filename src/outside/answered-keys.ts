import { createHash } from 'node:crypto';
import { canonicalJson } from '../contracts/json';
import { Refusal } from './refusal';

/** What was asked and answered under idempotency keys, and which of them are dead. */
export interface AnsweredKeys {
  /**
   * The answer of a key to the same question; nothing when the key is new.
   *
   * @throws Refusal 409 when it was used for another question (`key_reused`) or was voided (`key_voided`)
   */
  replay(key: string, asked: unknown): unknown;
  keep(key: string, asked: unknown, answer: unknown): void;
  /** Lets nothing be done under the key any more. */
  void(key: string): void;
  isVoided(key: string): boolean;
}

export function answeredKeys(): AnsweredKeys {
  const answers = new Map<string, { readonly asked: string; readonly answer: unknown }>();
  const voided = new Set<string>();
  return {
    replay(key, asked) {
      if (voided.has(key)) throw new Refusal(409, 'key_voided', 'The key was voided. Ask anew, under another key.');
      const known = answers.get(key);
      if (known === undefined) return undefined;
      if (known.asked === canonicalJson(asked)) return known.answer;
      throw new Refusal(409, 'key_reused', 'The key was used for something else. Use a key of its own.');
    },
    keep: (key, asked, answer) => void answers.set(key, { asked: canonicalJson(asked), answer }),
    void: (key) => void voided.add(key),
    isVoided: (key) => voided.has(key),
  };
}

/** The name of what was made under a key: always the same, and saying nothing of the key. */
export function idOf(prefix: string, key: string): string {
  return `${prefix}_${createHash('sha256').update(key).digest('hex').slice(0, 24)}`;
}
