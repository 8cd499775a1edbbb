import * as z from 'zod/mini';

/** An error as a model's server tells it. The message may repeat a prompt or a key: it is read, and never passed on. */
export interface ServerError {
  /** Nothing of an error that came in an answer or a stream without naming one. */
  readonly status: number | undefined;
  readonly code: string | undefined;
  readonly type: string | undefined;
  readonly param: string | undefined;
  readonly message: string;
  /** Of the answer. */
  readonly headers: Headers | undefined;
}

const Field = z.optional(z.nullable(z.union([z.string(), z.number()])));
const OpenaiError = z.object({ message: Field, code: Field, type: Field, param: Field });
const ErrorBody = z.union([
  z.object({ error: OpenaiError }),
  z.object({ error: z.string() }),
  z.object({ detail: z.unknown() }),
  OpenaiError,
]);

/** The fields of an error in the body of an answer, in whichever of the usual forms it has. */
export function errorFieldsOf(body: unknown): z.infer<typeof OpenaiError> {
  const parsed = ErrorBody.safeParse(body);
  if (!parsed.success) return { message: typeof body === 'string' ? body : '' };
  if ('detail' in parsed.data) return { message: JSON.stringify(parsed.data.detail) };
  if (!('error' in parsed.data)) return parsed.data;
  return typeof parsed.data.error === 'string' ? { message: parsed.data.error } : parsed.data.error;
}

/** @param status Nothing: the error names it as its code, or nobody does */
export function serverError(error: unknown, status: number | undefined, headers?: Headers): ServerError {
  const { message, code, type, param } = errorFieldsOf(error);
  const named = Number(code);
  return {
    status: status ?? (named >= 400 && named <= 599 ? named : undefined),
    code: textOf(code),
    type: textOf(type),
    param: textOf(param),
    message: textOf(message) ?? '',
    headers,
  };
}

function textOf(field: string | number | null | undefined): string | undefined {
  return field === null || field === undefined || field === '' ? undefined : String(field);
}
