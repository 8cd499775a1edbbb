import * as z from 'zod/mini';
import type { JsonSchema } from '../../../../src/activities/models/chat';
import { jsonSchemaOf } from '../../../../src/activities/models/json-schema';
import { isStrict } from '../../../../src/activities/models/openai/strict-schema';

describe('a schema', () => {
  it.each<[string, z.ZodMiniType]>([
    ['an optional field', z.strictObject({ a: z.optional(z.string()) })],
    ['an optional field deep within', z.strictObject({ a: z.array(z.strictObject({ b: z.optional(z.int()) })) })],
    ['an open object', z.looseObject({ a: z.string() })],
    ['fields of any name', z.strictObject({ a: z.record(z.string(), z.string()) })],
    ['a value of any kind', z.strictObject({ a: z.unknown() })],
    ['a length of text', z.strictObject({ a: z.string().check(z.maxLength(5)) })],
    ['a list at its root', z.array(z.string())],
    ['alternatives at its root', z.union([z.strictObject({ a: z.string() }), z.strictObject({ b: z.string() })])],
  ])('with %s is not sent in strict mode', (_, schema) => {
    expect(isStrict(jsonSchemaOf(schema))).toBe(false);
  });

  it('that is closed all through is sent in strict mode', () => {
    const schema = z.strictObject({
      kind: z.literal('a'),
      count: z.nullable(z.int()),
      list: z.array(z.union([z.strictObject({ b: z.enum(['x', 'y']) }), z.string()])).check(z.maxLength(3)),
    });
    expect(isStrict(jsonSchemaOf(schema))).toBe(true);
  });

  it('that is nested too deeply is not sent in strict mode', () => {
    let schema: JsonSchema = { type: 'string' };
    for (let depth = 0; depth < 11; depth += 1) {
      schema = { type: 'object', properties: { a: schema }, required: ['a'], additionalProperties: false };
    }
    expect(isStrict(schema)).toBe(false);
  });
});
