/** The characters of a text from `start` up to, not including, `end`. */
export type Span = { readonly start: number; readonly end: number };
