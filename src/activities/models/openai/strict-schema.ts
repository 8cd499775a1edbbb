import type { Json } from '../../../contracts/json';
import type { JsonSchema } from '../chat';

/** The keywords that servers hold an answer to letter by letter. One that is not here would have the request refused. */
const keywords: ReadonlySet<string> = new Set([
  ...['$schema', '$defs', '$ref', 'title', 'description', 'type', 'enum', 'const', 'anyOf'],
  ...['properties', 'required', 'additionalProperties', 'items', 'minItems', 'maxItems', 'pattern', 'format'],
  ...['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
]);
const formats: ReadonlySet<Json> = new Set([
  ...['date-time', 'time', 'date', 'duration', 'email', 'hostname', 'ipv4', 'ipv6', 'uuid'],
]);
const depthMax = 10;

/** Whether a schema can be sent in strict mode: every object is closed and every field of it required. */
export function isStrict(schema: JsonSchema): boolean {
  return schema['type'] === 'object' && schema['anyOf'] === undefined && isStrictWithin(schema, 0);
}

function isStrictWithin(schema: Json | undefined, depth: number): boolean {
  if (!isSchema(schema) || depth > depthMax) return false;
  if (!Object.keys(schema).every((keyword) => keywords.has(keyword))) return false;
  if (schema['format'] !== undefined && !formats.has(schema['format'])) return false;
  const { properties = {}, $defs = {}, items } = schema;
  const anyOf = listIn(schema['anyOf'] ?? []);
  if (!isSchema(properties) || !isSchema($defs) || anyOf === undefined) return false;
  if (schema['type'] === 'object' && !isClosed(schema, Object.keys(properties))) return false;
  if (schema['type'] === undefined && anyOf.length === 0 && !saysOtherwise(schema)) return false;
  const parts: readonly Json[] = [
    ...Object.values(properties),
    ...Object.values($defs),
    ...anyOf,
    ...(items === undefined ? [] : [items]),
  ];
  return parts.every((part) => isStrictWithin(part, depth + 1));
}

function isSchema(value: Json | undefined): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isClosed(schema: JsonSchema, names: readonly string[]): boolean {
  const { required, additionalProperties } = schema;
  if (additionalProperties !== false) return false;
  return names.every((name) => Array.isArray(required) && required.includes(name));
}

function saysOtherwise(schema: JsonSchema): boolean {
  return schema['$ref'] !== undefined || schema['enum'] !== undefined || schema['const'] !== undefined;
}

function listIn(value: Json): readonly Json[] | undefined {
  return Array.isArray(value) ? (value as readonly Json[]) : undefined; // a list of JSON is one of JSON values
}
