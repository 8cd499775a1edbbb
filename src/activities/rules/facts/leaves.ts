import { Artifact } from '../../../contracts/artifact';

/** A value of a JSON document, where it stands (`risks.0.statement`), and the texts beside it in the same object. */
export interface Leaf {
  readonly path: string;
  readonly key: string;
  readonly value: string | number;
  readonly beside: readonly string[];
}

/** A document taken apart: its values, the artifacts that it refers to, and its lists. */
export interface Taken {
  readonly leaves: readonly Leaf[];
  readonly artifacts: readonly { readonly path: string; readonly artifact: Artifact }[];
  readonly lists: readonly (readonly unknown[])[];
}

/** Takes a JSON document apart. What is neither text, number, list nor object states no fact. */
export function takeApart(document: unknown): Taken {
  const leaves: Leaf[] = [];
  const artifacts: { path: string; artifact: Artifact }[] = [];
  const lists: (readonly unknown[])[] = [];
  const walk = (value: unknown, path: string, beside: readonly string[]): void => {
    if (typeof value === 'string' || typeof value === 'number') {
      leaves.push({ path, key: lastKey(path), value, beside });
    } else if (Array.isArray(value)) {
      lists.push(value);
      for (const [index, item] of value.entries()) walk(item, join(path, String(index)), beside);
    } else if (typeof value === 'object' && value !== null) {
      const artifact = Artifact.safeParse(value);
      if (artifact.success) {
        artifacts.push({ path, artifact: artifact.data });
        return;
      }
      const texts = Object.values(value).filter((field) => typeof field === 'string');
      for (const [key, field] of Object.entries(value)) walk(field, join(path, key), texts);
    }
  };
  walk(document, '', []);
  return { leaves, artifacts, lists };
}

function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

/** The field that a value belongs to; a list's items belong to the list's field. */
function lastKey(path: string): string {
  return path.split('.').findLast((part) => !/^\d+$/.test(part)) ?? '';
}
