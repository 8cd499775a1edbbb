import * as z from 'zod/mini';
import type { JsonSchema } from './chat';

const made = new WeakMap<z.ZodMiniType, JsonSchema>();

/**
 * The JSON schema of what may be given to a zod schema, made once. What JSON schema cannot say is left open there: the
 * answer is held against the zod schema in any case.
 */
export function jsonSchemaOf(schema: z.ZodMiniType): JsonSchema {
  const standing = made.get(schema);
  if (standing !== undefined) return standing;
  // Servers refuse the line that says which draft it is of, and models need not read it.
  const said = { ...z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }), $schema: undefined };
  const json = JSON.parse(JSON.stringify(said)) as JsonSchema; // a JSON schema is JSON
  made.set(schema, json);
  return json;
}
