import type { WireError } from './reply';

/** A request that is refused before any rule is looked at, or because none has a reply for it. */
export class RefusedRequest extends Error {
  readonly error: WireError;

  /** @param error Default status: 400 */
  constructor(error: Omit<WireError, 'status'> & { readonly status?: number }) {
    super(error.message);
    this.error = { status: 400, ...error };
  }
}

/** The body of an error; what is left out is what goes with its status. */
export function errorBody({ status, message, type, code, param }: WireError): object {
  const usual = usualErrors[status] ?? {};
  const error = {
    message: message ?? usual.message ?? `The server answered with status ${status}.`,
    type: type ?? usual.type ?? (status >= 500 ? 'server_error' : 'invalid_request_error'),
    param: param ?? null,
    code: code === undefined ? (usual.code ?? null) : code,
  };
  return { error };
}

const usualErrors: Readonly<
  Record<number, { readonly message?: string; readonly type?: string; readonly code?: string }>
> = {
  401: { message: 'Incorrect API key provided.', code: 'invalid_api_key' },
  404: { message: 'The model does not exist or you do not have access to it.', code: 'model_not_found' },
  429: { message: 'Rate limit reached.', type: 'requests', code: 'rate_limit_exceeded' },
  500: { message: 'The server had an error while processing your request.' },
  503: { message: 'The server is overloaded or not ready yet.' },
};
