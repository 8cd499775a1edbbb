import type { Json } from '../../../contracts/json';
import type { JsonSchema } from '../chat';

/** Whether a value within a schema is a schema, or a record of them. */
export function isSchema(value: Json | undefined): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The schema without the line that says which draft it is of, which servers refuse and models need not read. */
export function withoutDialect(schema: JsonSchema): Record<string, Json> {
  return Object.fromEntries(Object.entries(schema).filter(([keyword]) => keyword !== '$schema'));
}
