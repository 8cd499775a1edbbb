/** A title has at most this many words; longer ones are sentences. */
const wordsMax = 14;
const titleLengthMax = 120;

const verb =
  /\b(?:shall|will|may|must|can|is|are|was|were|has|have|had|means?|agrees?|does|do|represents|warrants|acknowledges|grants|hereby)\b/i;
const connector = /^(?:of|and|or|the|to|for|in|on|by|with|a|an|from|at|as|upon|&|\/|-|–)$/;
const sentenceOpener =
  /^(?:The|This|These|That|Each|Either|Neither|Both|If|It|Such|Subject|During|Unless|Where|When|Nothing|Notwithstanding)$/;
/** These stand within titles too (`Limitation On Liability`); before a small letter they open a sentence. */
const possibleOpener = /^(?:Any|All|In|For|To|No|Upon|Except|Without|At|On|By|As|An?)$/;

/**
 * The title that `following`, the text after a section's number, begins with; empty when it begins with a sentence.
 * Inline titles without a full stop (`Notice Any notice to be served …`) are told by their capitals.
 */
export function titleOf(following: string): string {
  const text = following.trimStart().replace(/^[-–—:]\s+/, '');
  const quoted = /^["“][^"“”\n]{1,80}["”]/.exec(text)?.[0];
  if (quoted !== undefined) return quoted;
  return beforeSentence(text) ?? punctuated(text) ?? ownLine(text) ?? inCapitals(text) ?? capitalised(text);
}

/** `Termination for cause If either party fails …`: a word that opens sentences, with a capital, ends the title. */
function beforeSentence(text: string): string | null {
  const words = text.split(/\s+/, wordsMax);
  const opener = words.findIndex((_, index) => index > 0 && opensSentence(words, index));
  if (opener < 1) return null;
  const title = words.slice(0, opener).join(' ');
  return !/[.:;,](?:\s|$)/.test(title) && isTitle(title) && !opensSentence(words, 0) ? title : null;
}

function opensSentence(words: readonly string[], index: number): boolean {
  const word = words[index] ?? '';
  if (connector.test((words[index - 1] ?? '').toLowerCase())) return false;
  return sentenceOpener.test(word) || (possibleOpener.test(word) && /^\p{Ll}/u.test(words[index + 1] ?? ''));
}

/** `Purchase Orders. Customer will …`, `Lead times: …` */
function punctuated(text: string): string | null {
  const found = /^([^.:\n]{2,120}(?:\n(?!\n)[^.:\n]{1,60})?)[.:](?=\s|$)/.exec(text)?.[1];
  if (found === undefined) return null;
  const title = found.replace(/\s+/g, ' ').trim();
  return isTitle(title) ? title : null;
}

/** A line of its own before an empty line, or the next line in capitals under `ARTICLE 2`. */
function ownLine(text: string): string | null {
  const [, line = '', next = ''] = /^([^\n]*)(?:\n([^\n]*))?/.exec(text) ?? [];
  const title = line.trim();
  if (!isTitle(title) || /[,;]$/.test(title)) return null;
  const alone = next.trim() === '' || (isShouted(title) && !isShouted(next));
  return alone ? title.replace(/\.$/, '') : null;
}

/** `INDEMNITY / INSURANCE Supplier pays …`, but not `HDI shall …` */
function inCapitals(text: string): string | null {
  const words: string[] = [];
  for (const word of text.split(/\s+/, wordsMax + 2)) {
    if (/\p{Ll}/u.test(word)) {
      if (!/^["“'‘(]?\p{Lu}/u.test(word)) return null;
      break;
    }
    words.push(word);
  }
  while (words.length > 0 && /^(?:[AI]|\W+)$/.test(words.at(-1) ?? '')) words.pop();
  const title = words.join(' ');
  return words.length > wordsMax || verb.test(title) || !/\p{Lu}{3}/u.test(title) ? null : title;
}

/**
 * `Scope Of Work Contractor will …`: the last capitalised word before a small one opens the sentence. After a single
 * word (`Data is …`) or a preposition (`of the Software`) it belongs to what stands before: a sentence all along.
 */
function capitalised(text: string): string {
  const words: string[] = [];
  let next = '';
  for (const word of text.split(/\s+/, wordsMax)) {
    next = word;
    if (!(/^\p{Lu}/u.test(word) || connector.test(word)) || /[.,;:]$/.test(word)) break;
    words.push(word);
  }
  if (!/^\p{Ll}/u.test(next) || connector.test(next)) return '';
  while (connector.test(words.at(-1) ?? '')) words.pop();
  words.pop();
  const title = words.join(' ');
  const unfinished = words.length < 2 || connector.test(words.at(-1) ?? '');
  return unfinished || !isTitle(title) || isShouted(title) || opensSentence(words, 0) ? '' : title;
}

function isShouted(line: string): boolean {
  return line === line.toUpperCase();
}

function isTitle(title: string): boolean {
  return (
    title.length <= titleLengthMax &&
    title.split(/\s+/).length <= wordsMax &&
    /^["“'‘([]?[\p{Lu}\p{N}]/u.test(title) &&
    /\p{L}{3}|\p{Lu}{2}/u.test(title) &&
    !verb.test(title)
  );
}
