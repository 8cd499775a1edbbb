/** A name as it is written, and its words without a first one that may only be the beginning of a sentence. */
export interface Name {
  readonly written: string;
  /** Absent when the name does not begin a sentence. */
  readonly tail?: string;
}

const capitalised = String.raw`\p{Lu}[\p{L}\p{M}\p{N}'’&-]*(?:\.(?=\p{Lu}))?`;
const joined = String.raw`(?:[ \t]+(?:of|and|the|for|de|van|von|&)){0,2}[ \t]+`;
const sequence = new RegExp(String.raw`(?<![\p{L}\p{N}_@.#-])${capitalised}(?:${joined}${capitalised})*`, 'gu');
const eMail = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;
const identifier = /(?:#\p{N}|#?[\p{L}_])[\p{L}_]*\p{N}[\p{L}\p{N}_]*|\p{N}+[\p{L}_][\p{L}\p{N}_]*/gu;
const ordinal = /^\p{N}+(?:st|nd|rd|th)$/iu;
const beginsSentence = /(?:^|[.!?:;|>•(…\n])["“'‘(*_\s-]*$/u;
const charactersBefore = 12;
const wordsOfValueMax = 6;

/**
 * The names of a text: words with a capital that do not only begin a sentence, e-mail addresses, and identifiers, in
 * which digits hang together with letters. A short text without a full stop is a value, and its first word counts.
 */
export function namesIn(text: string): Name[] {
  const addresses = [...text.matchAll(eMail)].map(([written]) => ({ written }));
  const withoutAddresses = text.replace(eMail, ' ');
  const identifiers = [...withoutAddresses.matchAll(identifier)].filter(([written]) => !ordinal.test(written));
  const rest = identifiers.reduce((words, [written]) => words.replace(written, ' '), withoutAddresses);
  const isValue = !/[.!?:;]\s|[.!?:;]$/u.test(rest.trim()) && rest.trim().split(/\s+/).length <= wordsOfValueMax;
  const sequences = [...rest.matchAll(sequence)].flatMap(({ 0: written, index }): Name[] => {
    const starts = !isValue && beginsSentence.test(rest.slice(Math.max(0, index - charactersBefore), index));
    if (!starts) return [{ written }];
    const tail = written.replace(/^\S+\s*(?:(?:of|and|the|for|de|van|von|&)\s+)*/u, '');
    return tail === '' ? [] : [{ written, tail }];
  });
  return [...addresses, ...identifiers.map(([written]) => ({ written })), ...sequences];
}
