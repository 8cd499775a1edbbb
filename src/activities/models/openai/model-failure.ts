import { failure, type Failure, type FailureDetails, type FailureType } from '../../../contracts/failures';
import { retryAfterMs } from './retry-after';
import type { ServerError } from './server-error';

/** What a failure may say of a request: which model, and a hash by which the request can be known again. */
export interface Asked {
  readonly model: string;
  readonly requestHash: string;
  /** Never part of a failure, whatever the server repeats. Default: there is none */
  readonly apiKey?: string | undefined;
}

const unusableStatuses: ReadonlySet<number | undefined> = new Set([401, 402, 403, 404, 405, 410]);
const passingStatuses: ReadonlySet<number | undefined> = new Set([408, 409, 425]);
const unusableCodes =
  /^(insufficient_quota|billing_hard_limit_reached|billing_not_active|account_deactivated|invalid_api_key|model_not_found|invalid_model|unknown_model|model_not_available|DeploymentNotFound)$/;
const filterCodes = /^(content_filter|content_policy_violation|ResponsibleAIPolicyViolation)$/;
const contextCodes = /^(context_length_exceeded|exceed_context_size_error|context_window_exceeded)$/;
/** Most compatible servers say it only in words. */
const contextWords =
  /context (length|window|size|limit)|maximum (context|sequence)|(prompt|input) is too long|too many (input )?tokens|reduce the length of/i;
const unknownModelWords = /\bmodel\b.{0,200}(does not exist|not found)|api key not valid/i;

/** What a server's error becomes. */
export function modelFailure(said: ServerError, asked: Asked): Failure {
  const type = typeOf(said);
  const fields = tellable(said, asked.apiKey);
  const what = [said.status ?? 'an error', fields.code ?? fields.serverType].filter((part) => part !== undefined);
  const waitMs =
    type === 'ModelBusy' || type === 'ModelUnavailable' ? retryAfterMs(said.headers, Date.now()) : undefined;
  const details: FailureDetails = {
    model: asked.model,
    ...(said.status === undefined ? {} : { status: said.status }),
    ...fields,
    ...(waitMs === undefined ? {} : { retryAfterMs: waitMs }),
    ...(type === 'ModelRequestRejected' ? { requestHash: asked.requestHash } : {}),
  };
  return failure(
    type,
    `Expected an answer of ${asked.model}; its server said ${what.join(' ')}. ${adviceOn[type]}`,
    details,
  );
}

type ModelFailureType = Extract<
  FailureType,
  'ModelUnavailable' | 'ModelBusy' | 'ModelUnusable' | 'ModelRefused' | 'ContextTooLong' | 'ModelRequestRejected'
>;

const adviceOn: Readonly<Record<ModelFailureType, string>> = {
  ModelUnavailable: 'The same may succeed later.',
  ModelBusy: 'Ask again when it says.',
  ModelUnusable: 'Look at the key, the quota, the model’s name and the base URL, or name another model.',
  ModelRefused: 'Ask another model, or a person.',
  ContextTooLong: 'Shorten the conversation.',
  ModelRequestRejected: 'The request must change; its hash tells it from others.',
};

function typeOf(said: ServerError): ModelFailureType {
  const { status } = said;
  const has = (codes: RegExp) => codes.test(said.code ?? '') || codes.test(said.type ?? '');
  if (has(filterCodes)) return 'ModelRefused';
  if (has(contextCodes) || status === 413) return 'ContextTooLong';
  if (has(unusableCodes) || unusableStatuses.has(status)) return 'ModelUnusable';
  if (status === 429 || has(/^rate_limit_(exceeded|error)$/)) return 'ModelBusy';
  if (status === undefined || status >= 500 || passingStatuses.has(status)) return 'ModelUnavailable';
  // An address that moved: the key is not sent after it.
  if (status < 400) return 'ModelUnusable';
  if (contextWords.test(said.message)) return 'ContextTooLong';
  return unknownModelWords.test(said.message) ? 'ModelUnusable' : 'ModelRequestRejected';
}

/** Codes and types are words of an interface; anything else in their place, such as a part of the key, is not passed on. */
function tellable({ code, type }: ServerError, apiKey = ''): { readonly code?: string; readonly serverType?: string } {
  const isOfKey = (text: string) => apiKey !== '' && (apiKey.includes(text) || text.includes(apiKey));
  const isTold = (text: string | undefined): text is string =>
    text !== undefined && (/^\d{3,5}$/.test(text) || isInterfaceWord(text)) && !isOfKey(text);
  return { ...(isTold(code) ? { code } : {}), ...(isTold(type) ? { serverType: type } : {}) };
}

/** Words in snake or camel case: letters thrown together, as in a key, are none. */
function isInterfaceWord(text: string): boolean {
  return (
    text.length <= 64 && text.split(/_|(?=[A-Z][a-z])/).every((word) => /^([A-Z]?[a-z]{2,24}|[A-Z]{2,16})$/.test(word))
  );
}
