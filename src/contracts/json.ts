/** A value that JSON can carry. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/**
 * The one JSON text of a value: keys sorted, no white space, absent fields left out. Two values with the same
 * canonical text are the same question.
 *
 * @param numberText writes a number. Default: as JSON does
 * @throws TypeError for what JSON cannot carry (functions, symbols, bigints, NaN, infinities)
 */
export function canonicalJson(value: unknown, numberText: (value: number) => string = JSON.stringify): string {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return JSON.stringify(value);
    case 'number':
      if (!Number.isFinite(value)) throw new TypeError(`Expected a finite number, got ${value}.`);
      return numberText(value);
    case 'object':
      return value === null ? 'null' : canonicalObject(value, numberText);
    case 'undefined':
    case 'function':
    case 'symbol':
    case 'bigint':
      throw new TypeError(`Expected a JSON value, got ${typeof value}.`);
  }
}

function canonicalObject(value: object, numberText: (value: number) => string): string {
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => (item === undefined ? 'null' : canonicalJson(item, numberText)));
    return `[${items.join(',')}]`;
  }
  if (value instanceof Date) return JSON.stringify(value);
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, field]) => `${JSON.stringify(key)}:${canonicalJson(field, numberText)}`);
  return `{${fields.join(',')}}`;
}
