import type { ChatRequest, ChatTool } from '../../../../src/activities/models/chat';
import { openaiChat, type OpenaiModel } from '../../../../src/activities/models/openai/openai-chat';
import type { Failure } from '../../../../src/contracts/failures';
import type { ModelServer } from '../../../support/model-server';

export const apiKey = 'sk-not-to-be-told-0123456789';
export const secretPrompt = 'the plaintiff is called Rumpelstiltskin';

export const answer: ChatRequest['answer'] = {
  name: 'reader',
  schema: {
    type: 'object',
    properties: { due: { type: 'string' } },
    required: ['due'],
    additionalProperties: false,
  },
};

export const lookUp: ChatTool = {
  name: 'lookUp',
  description: 'Look up a term.',
  parameters: {
    type: 'object',
    properties: { term: { type: 'string' } },
    required: ['term'],
    additionalProperties: false,
  },
};

/** A question with nothing special about it. */
export function asked(more: Partial<ChatRequest> = {}): ChatRequest {
  return {
    messages: [
      { role: 'system', text: 'You read contracts.' },
      { role: 'user', text: secretPrompt },
    ],
    tools: [],
    answer,
    outputTokensMax: 500,
    signal: new AbortController().signal,
    ...more,
  };
}

/** A chat with a server's model. */
export function chatWith({ url }: Pick<ModelServer, 'url'>, model: Partial<OpenaiModel> = {}) {
  return openaiChat({ baseUrl: url, apiKey, model: { id: 'small', ...model } });
}

/** What a call failed with; a call that does not fail is an error. */
export async function failureOf(work: Promise<unknown>): Promise<Failure> {
  const outcome = await work.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if ('value' in outcome) throw new Error(`Expected a failure; came ${JSON.stringify(outcome.value)}.`);
  return outcome.error as Failure; // its fields are asserted on by the test
}

/** The bodies of the requests that a server got. */
export function bodiesOf({ requests }: ModelServer): readonly Record<string, unknown>[] {
  return requests.map(({ body }) => body as Record<string, unknown>); // chat requests are objects
}
