import type { Json } from '../../contracts/json';

/** The JSON that a text is, or why it is none. */
export type ParsedJson = { readonly value: Json } | { readonly fault: string };

/** Reads a text that is one JSON value and nothing else. */
export function parsedJson(text: string): ParsedJson {
  try {
    return { value: JSON.parse(text) as Json }; // what JSON.parse gives
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) };
  }
}
