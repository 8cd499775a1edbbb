import { openaiChat } from '../../../../src/activities/models/openai/openai-chat';
import type { ChatMessage } from '../../../../src/activities/models/chat';
import { serve, serveReplies } from '../../../model-server/serving';
import { apiKey, asked, bodiesOf, chatWith, lookUp, secretPrompt } from './asking';

const due = { due: 'in May' };
const calls = [
  { name: 'lookUp', arguments: { term: 'notice' }, id: 'a' },
  { name: 'lookUp', arguments: { term: 'renewal' }, id: 'b' },
];

describe.each([
  ['a streamed answer', true],
  ['a whole answer', false],
])('%s', (_, streaming) => {
  it('is the text, with the tokens that the server counted', async () => {
    const usage = { promptTokens: 120, cachedTokens: 100, completionTokens: 7 };
    const server = await serveReplies({ content: due, usage });
    await expect(chatWith(server, { streaming })(asked())).resolves.toEqual({
      text: JSON.stringify(due),
      requests: [],
      isTruncated: false,
      tokens: { input: 120, cachedInput: 100, output: 7 },
    });
    expect(server.requests).toHaveLength(1);
  });

  it('is made of estimates where the server does not count', async () => {
    const { tokens } = await chatWith(await serveReplies({ content: due, usage: 'none' }), { streaming })(asked());
    expect(tokens.input).toBeGreaterThan(secretPrompt.length / 4);
    expect(tokens.output).toBeGreaterThanOrEqual(JSON.stringify(due).length / 4);
  });

  it('has every request for a tool, also parallel ones', async () => {
    const server = await serveReplies({ toolCalls: calls });
    const { requests } = await chatWith(server, { streaming })(asked({ tools: [lookUp] }));
    expect(requests).toEqual([
      { call: 'a', tool: 'lookUp', arguments: '{"term":"notice"}' },
      { call: 'b', tool: 'lookUp', arguments: '{"term":"renewal"}' },
    ]);
    expect(server.requests).toHaveLength(1);
  });

  it('has arguments that are no JSON as the model wrote them', async () => {
    const server = await serveReplies({ toolCalls: [{ name: 'lookUp', arguments: '{"term": ' }] });
    const { requests } = await chatWith(server, { streaming })(asked({ tools: [lookUp] }));
    expect(requests).toMatchObject([{ arguments: '{"term": ' }]);
  });

  it('says that it was cut off at the limit, and is left as it came', async () => {
    const server = await serveReplies({ content: '{"due": {"a": 1}, "x', finishReason: 'length' });
    await expect(chatWith(server, { streaming })(asked())).resolves.toMatchObject({
      text: '{"due": {"a": 1}, "x',
      isTruncated: true,
    });
  });

  it('is given to whoever listens, who cannot disturb it', async () => {
    const server = await serveReplies({ content: due });
    const heard: string[] = [];
    const onText = (text: string) => {
      heard.push(text);
      throw new Error('nobody watches any more');
    };
    await expect(chatWith(server, { streaming })(asked({ onText }))).resolves.toMatchObject({ requests: [] });
    expect(heard.join('')).toBe(JSON.stringify(due));
  });

  it('ends with the reason of whoever cancels it, and with the connection', async () => {
    const cancelling = new AbortController();
    const why = new Error('the run was cancelled');
    const server = await serveReplies({ content: due, perTokenDelayMs: 100, delayMs: streaming ? 0 : 50_000 });
    const answer = chatWith(server, { streaming })(asked({ signal: cancelling.signal }));
    while (server.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
    cancelling.abort(why);
    await expect(answer).rejects.toBe(why);
    expect(server.requests).toHaveLength(1);
  });
});

describe('a question', () => {
  it('is not sent when it was cancelled before', async () => {
    const server = await serveReplies({ content: due });
    const why = new Error('the run was cancelled');
    await expect(chatWith(server)(asked({ signal: AbortSignal.abort(why) }))).rejects.toBe(why);
    expect(server.requests).toHaveLength(0);
  });

  it('carries the conversation, the limit, the tools and the schema', async () => {
    const server = await serveReplies({ content: due });
    const messages: ChatMessage[] = [
      { role: 'user', text: 'When?' },
      { role: 'assistant', text: '', requests: [{ call: 'a', tool: 'lookUp', arguments: '{"term":"notice"}' }] },
      { role: 'tool', call: 'a', text: 'thirty days' },
    ];
    await chatWith(server, { schemaInPrompt: false })(asked({ messages, tools: [lookUp], outputTokensMax: 77 }));
    expect(bodiesOf(server)).toMatchObject([
      {
        model: 'small',
        max_tokens: 77,
        stream: true,
        stream_options: { include_usage: true },
        tools: [{ type: 'function', function: { name: 'lookUp', parameters: lookUp.parameters, strict: true } }],
        response_format: { type: 'json_schema', json_schema: { name: 'reader', strict: true } },
        messages: [
          { role: 'user', content: 'When?' },
          { role: 'assistant', tool_calls: [{ id: 'a', function: { name: 'lookUp' } }] },
          { role: 'tool', tool_call_id: 'a', content: 'thirty days' },
        ],
      },
    ]);
  });

  it('asks for strict answers only where the schema can be held to strictly', async () => {
    const server = await serveReplies({ content: {} });
    const schema = { type: 'object', properties: { due: { type: 'string' } }, additionalProperties: false };
    await chatWith(server)(asked({ answer: { name: 'a reader', schema } }));
    expect(bodiesOf(server)).toMatchObject([
      { response_format: { json_schema: { name: 'a_reader', strict: false, schema } } },
    ]);
  });

  it('carries the key, and none where there is none', async () => {
    const server = await serve({ rules: [{ replies: [{ content: due }] }], requireKey: apiKey });
    await expect(chatWith(server)(asked())).resolves.toMatchObject({ requests: [] });
    const keyless = await serveReplies({ content: due });
    await openaiChat({ baseUrl: keyless.url, model: { id: 'small' } })(asked());
    expect(keyless.requests[0]?.headers).not.toHaveProperty('authorization');
  });

  it('and its answer are told at debug level, without the key', async () => {
    const server = await serveReplies({ content: due });
    const told: unknown[] = [];
    const debug = (...entry: unknown[]) => told.push(entry);
    await openaiChat({ baseUrl: server.url, apiKey, model: { id: 'small' }, debug })(asked());
    expect(JSON.stringify(told)).toContain(secretPrompt);
    expect(JSON.stringify(told)).toContain('in May');
    expect(JSON.stringify(told)).not.toContain(apiKey);
  });
});

interface Told {
  readonly tool_calls?: readonly { readonly function: { readonly arguments: string } }[];
}

describe('a request for a tool that was made before', () => {
  it.each([
    ['as it was written', '{"term": "notice"}', { term: 'notice' }],
    ['without arguments as an empty object', ' ', {}],
    ['that is no JSON as an object that holds it', '{"term": ', { written: '{"term": ' }],
    ['that is no object as one that holds it', '7', { written: '7' }],
  ])('is sent %s', async (_, written, sent) => {
    const server = await serveReplies({ content: due });
    const messages: ChatMessage[] = [
      { role: 'user', text: 'When?' },
      { role: 'assistant', text: '', requests: [{ call: 'a', tool: 'lookUp', arguments: written }] },
      { role: 'tool', call: 'a', text: 'thirty days' },
    ];
    await chatWith(server)(asked({ messages, tools: [lookUp] }));
    const { messages: told } = server.requests[0]?.body as { readonly messages: readonly Told[] };
    const calls = told.flatMap(({ tool_calls: made = [] }) => made);
    expect(calls.map(({ function: called }) => JSON.parse(called.arguments) as unknown)).toEqual([sent]);
  });
});

it('an answer has at most 128 requests for tools, whatever came', async () => {
  const ids = Array.from({ length: 130 }, (_, at) => `call-${at}`);
  const calls = ids.map((id) => ({ id, function: { name: 'lookUp', arguments: '{}' } }));
  const body = JSON.stringify({ choices: [{ message: { tool_calls: calls }, finish_reason: 'tool_calls' }] });
  const server = await serveReplies({ body, contentType: 'application/json' });
  const { requests } = await chatWith(server, { streaming: false })(asked({ tools: [lookUp] }));
  expect(requests.map(({ call }) => call)).toEqual(ids.slice(0, 128));
});

describe('an id of a call', () => {
  it('is the conversation’s own when the server gives none, or one that was used', async () => {
    const server = await serveReplies({
      toolCalls: [
        { name: 'lookUp', arguments: {}, id: '' },
        { name: 'lookUp', arguments: {}, id: 'used' },
      ],
    });
    const messages: ChatMessage[] = [
      { role: 'user', text: 'When?' },
      { role: 'assistant', text: '', requests: [{ call: 'used', tool: 'lookUp', arguments: '{}' }] },
      { role: 'tool', call: 'used', text: 'thirty days' },
    ];
    const { requests } = await chatWith(server)(asked({ messages, tools: [lookUp] }));
    const ids = requests.map(({ call }) => call);
    expect(new Set([...ids, 'used', '']).size).toBe(4);
  });
});
