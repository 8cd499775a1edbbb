import type * as z from 'zod/mini';
import { issuesOf } from '../contracts/issues';
import { Refusal } from './refusal';

/**
 * The value, when it fits its schema.
 *
 * @throws Refusal 422 whose code names the first field that does not fit, such as `invalid_amount_cents`
 */
export function fitting<Schema extends z.ZodMiniType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const field = parsed.error.issues[0]?.path[0];
  const code = typeof field === 'string' ? `invalid_${field}` : 'invalid_request';
  throw new Refusal(422, code, `The request does not fit: ${issuesOf(parsed.error)}.`);
}
