/** A place in a JSON document, from its root. */
export type Path = readonly (string | number)[];

export interface Site {
  readonly path: Path;
  readonly value: unknown;
}

/** Every value of a document with its place, the document itself first. */
export function sitesOf(document: unknown, path: Path = []): Site[] {
  const own = { path, value: document };
  if (typeof document !== 'object' || document === null) return [own];
  const fields: [string | number, unknown][] = Array.isArray(document)
    ? document.map((item: unknown, index): [number, unknown] => [index, item])
    : Object.entries(document);
  return [own, ...fields.flatMap(([key, value]) => sitesOf(value, [...path, key]))];
}

/** The document with another value at a place. */
export function put(document: unknown, [key, ...rest]: Path, value: unknown): unknown {
  if (key === undefined) return value;
  if (Array.isArray(document)) {
    return document.map((item: unknown, index) => (index === key ? put(item, rest, value) : item));
  }
  if (typeof document !== 'object' || document === null) return document;
  return Object.fromEntries(
    Object.entries(document).map(([name, field]: [string, unknown]) => [
      name,
      name === key ? put(field, rest, value) : field,
    ]),
  );
}

export function at(document: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined), // an object or a list
    document,
  );
}

/** The field that a place belongs to: a list's items belong to the list's. */
export function keyOf(path: Path): string {
  return path.findLast((part) => typeof part === 'string') ?? '';
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
