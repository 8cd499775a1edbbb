/**
 * Bytes of UTF-8 that are taken for a token. Models' vocabularies have three to five in prose of any language, and
 * seldom as few as two in figures and code, so in practice an estimate is an upper bound.
 */
export const bytesPerToken = 2;
