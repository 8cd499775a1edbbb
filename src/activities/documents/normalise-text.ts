const ligatures: Readonly<Record<string, string>> = {
  ﬀ: 'ff',
  ﬁ: 'fi',
  ﬂ: 'fl',
  ﬃ: 'ffi',
  ﬄ: 'ffl',
  ﬅ: 'st',
  ﬆ: 'st',
};

/**
 * Brings the raw text of a document into one form: `\n` line ends, one blank between words, no blanks at either end
 * of a line, at most one empty line in a row, no control or invisible characters, ligatures as letters. Letters,
 * quotes, dashes and figures stay as written, so that a quote is verbatim but for white space. Idempotent.
 */
export function normaliseText(raw: string): string {
  return (
    raw
      .normalize('NFC')
      .replace(/\r\n?|[\u0085\u2028\v]/g, '\n')
      .replace(/[\f\u2029]/g, '\n\n')
      // A soft hyphen at the end of a line stands in the middle of a word.
      .replace(/\u00ad(?:[^\S\n]*\n)?/g, '')
      .replace(/[\ufb00-\ufb06]/g, (ligature) => ligatures[ligature] ?? ligature)
      // Word's bullets come from symbol fonts, as code points for private use.
      .replace(/[\uf0a7\uf0a8\uf0b7\uf0d8\uf0fc]/g, '•')
      .replace(/[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g, '')
      .replace(/[^\S\n]+/g, ' ')
      // eslint-disable-next-line no-control-regex -- removing the control characters is the purpose
      .replace(/[\0-\x09\x0b-\x1f\x7f-\x9f]/g, '')
      .replace(/ {2,}/g, ' ')
      .replace(/ ?\n ?/g, '\n')
      .replace(/\n{3,}/g, '\n\n')
      .trim()
      .normalize('NFC')
  );
}
