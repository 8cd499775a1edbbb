import type { ChatRequest } from './chat-request';
import { RefusedRequest } from './refused-request';
import type { ModelScript } from './script';
import { countPromptTokens } from './tokens';

/** @throws RefusedRequest, a 401, when the script requires a key and another came, or none */
export function refuseWithoutKey({ requireKey }: ModelScript, authorization: string | undefined): void {
  if (requireKey === undefined || requireKey === false) return;
  const key = /^Bearer (.+)$/.exec(authorization ?? '')?.[1];
  if (key === undefined) {
    throw new RefusedRequest({ status: 401, message: "You didn't provide an API key.", code: null });
  }
  if (requireKey === true || key === requireKey) return;
  // As the real one does: enough of the key to know it again.
  const message = `Incorrect API key provided: ${key.slice(0, 3)}***${key.slice(-4)}.`;
  throw new RefusedRequest({ status: 401, message, code: 'invalid_api_key' });
}

/** @throws RefusedRequest for what the script says that this server cannot do */
export function refuseUnsupported(script: ModelScript, request: ChatRequest): void {
  const { model } = request;
  if (script.models?.includes(model) === false) {
    const message = `The model \`${model}\` does not exist or you do not have access to it.`;
    throw new RefusedRequest({ status: 404, message, code: 'model_not_found' });
  }
  if (script.toolCalling === 'unsupported' && request.tools !== undefined) {
    throw new RefusedRequest({ message: `${model} does not support tools`, type: 'api_error' });
  }
  if (script.structuredOutputs === 'unsupported' && request.response_format?.type === 'json_schema') {
    const message = "Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model.";
    throw new RefusedRequest({ message });
  }
  refuseTooLong(script, request);
}

function refuseTooLong({ contextTokens }: ModelScript, request: ChatRequest): void {
  if (contextTokens === undefined) return;
  const prompt = countPromptTokens(request);
  const completion = request.max_completion_tokens ?? request.max_tokens ?? 0;
  if (prompt + completion <= contextTokens) return;
  const known = `This model's maximum context length is ${contextTokens} tokens.`;
  const message =
    prompt > contextTokens
      ? `${known} However, your messages resulted in ${prompt} tokens. Please reduce the length of the messages.`
      : `${known} However, you requested ${prompt + completion} tokens (${prompt} in the messages, ${completion} in the completion). Please reduce the length of the messages or completion.`;
  throw new RefusedRequest({ message, param: 'messages', code: 'context_length_exceeded' });
}
