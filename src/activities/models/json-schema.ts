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
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  const json = JSON.parse(JSON.stringify(rest)) as JsonSchema; // a JSON schema is JSON
  made.set(schema, json);
  return json;
}
