import type { ChatMessage } from '../../../../src/activities/models/chat';
import type { OpenaiModel } from '../../../../src/activities/models/openai/openai-chat';
import type { ModelScript } from '../../../support/model-server';
import { serve, serveReplies } from '../../../model-server/serving';
import { answer, asked, bodiesOf, chatWith, failureOf, lookUp } from './asking';

const due = { content: { due: 'in May' } };
type Reply = ModelScript['rules'][number]['replies'][number];
const complaint = (message: string, param?: string, code?: string): Reply => ({
  error: { status: 400, message, param: param ?? null, code: code ?? null },
});

describe('a server that lacks something', () => {
  it.each<[string, Reply, (body: Record<string, unknown>) => boolean]>([
    ['tools', complaint('small does not support tools'), (body) => 'tools' in body],
    [
      'tools, where no endpoint has them',
      { error: { status: 404, message: 'No endpoints found that support tool use.', code: null } },
      (body) => 'tools' in body,
    ],
    [
      'structured outputs',
      complaint("'response_format' of type 'json_schema' is not supported with this model.", 'response_format'),
      (body) => 'response_format' in body,
    ],
    [
      'structured outputs, in the words of another framework',
      { status: 422, body: '{"detail":[{"loc":["body","response_format"],"msg":"Extra inputs are not permitted"}]}' },
      (body) => 'response_format' in body,
    ],
    [
      'counting the tokens of a stream',
      complaint('Unrecognized request argument supplied: stream_options'),
      (body) => 'stream_options' in body,
    ],
    ['streaming', complaint('Streaming is not supported for this model.', 'stream'), (body) => 'stream' in body],
    [
      'the old name of the limit',
      complaint(
        "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
        'max_tokens',
        'unsupported_parameter',
      ),
      (body) => 'max_tokens' in body,
    ],
  ])('(%s) is asked once more without, and then never asked for it again', async (_, reply, asksFor) => {
    const server = await serve({ rules: [{ replies: [reply, due] }] });
    const chat = chatWith(server);
    const request = asked({ tools: [lookUp] });
    await expect(chat(request)).resolves.toMatchObject({ text: '{"due":"in May"}' });
    expect(bodiesOf(server).map(asksFor)).toEqual([true, false]);
    await chat(request);
    expect(bodiesOf(server).map(asksFor)).toEqual([true, false, false]);
  });

  it('of everything is asked once for each thing, and no more', async () => {
    const server = await serveReplies(
      complaint('unknown field stream_options'),
      complaint('response_format is not supported'),
      complaint('tools are not supported'),
      complaint('stream is not supported', 'stream'),
      complaint('tools are not supported'),
    );
    const failed = await failureOf(chatWith(server)(asked({ tools: [lookUp] })));
    expect(failed.type).toBe('ModelRequestRejected');
    expect(server.requests).toHaveLength(5);
  });

  it('that takes JSON but no schema is asked for JSON, and told the schema', async () => {
    const server = await serveReplies(
      complaint("response_format.type must be one of 'text', 'json_object'", 'response_format.type'),
      due,
    );
    await chatWith(server, { schemaInPrompt: false })(asked());
    const [, second] = bodiesOf(server);
    expect(second).toMatchObject({ response_format: { type: 'json_object' } });
    expect(JSON.stringify(second?.['messages'])).toContain('fits this JSON schema');
  });

  it('dislikes one schema, and is given the next one all the same', async () => {
    const server = await serveReplies(
      complaint("Invalid schema for response_format 'reader'", 'response_format'),
      due,
      due,
    );
    const chat = chatWith(server);
    await chat(asked());
    await chat(asked());
    expect(bodiesOf(server).map((body) => 'response_format' in body)).toEqual([true, false, true]);
  });

  it.each([
    complaint("Invalid 'tools[0].function.name': does not match the pattern", 'tools[0].function.name'),
    complaint("messages with role 'tool' must be a response to a preceding message with 'tool_calls'."),
    complaint('max_tokens must be at most 100', 'max_tokens', 'invalid_value'),
    complaint('Something else is not supported'),
  ])('is not seen in a complaint of something else (%j)', async (reply) => {
    const server = await serveReplies(reply, due);
    expect(await failureOf(chatWith(server)(asked({ tools: [lookUp] })))).toMatchObject({
      type: 'ModelRequestRejected',
    });
    expect(server.requests).toHaveLength(1);
  });

  it('is not seen in a context that is too long', async () => {
    const server = await serveReplies(
      complaint("This model's maximum context length is 10 tokens, with the tools (structured output not supported)."),
      due,
    );
    expect(await failureOf(chatWith(server)(asked({ tools: [lookUp] })))).toMatchObject({ type: 'ContextTooLong' });
    expect(server.requests).toHaveLength(1);
  });

  it('asks nothing twice when it is known beforehand', async () => {
    const server = await serve({
      rules: [{ replies: [due] }],
      structuredOutputs: 'unsupported',
      toolCalling: 'unsupported',
    });
    const known: Partial<OpenaiModel> = { structuredOutputs: 'none', toolCalling: false, streaming: false };
    await expect(chatWith(server, known)(asked({ tools: [lookUp] }))).resolves.toMatchObject({ requests: [] });
    expect(server.requests).toHaveLength(1);
  });

  it('answers at once though a stream was asked for, and is read', async () => {
    const body = JSON.stringify({ choices: [{ message: { content: '{"due":"in May"}' }, finish_reason: 'stop' }] });
    const server = await serveReplies({ body, contentType: 'application/json' });
    await expect(chatWith(server)(asked())).resolves.toMatchObject({ text: '{"due":"in May"}', isTruncated: false });
  });
});

describe('in words', () => {
  const inWords: Partial<OpenaiModel> = { structuredOutputs: 'none', toolCalling: false };
  const messages: ChatMessage[] = [
    { role: 'system', text: 'You read contracts.' },
    { role: 'user', text: 'When?' },
    {
      role: 'assistant',
      text: 'I look.',
      requests: [
        { call: 'a', tool: 'lookUp', arguments: '{"term":"notice"}' },
        { call: 'b', tool: 'lookUp', arguments: 'no JSON' },
      ],
    },
    { role: 'tool', call: 'a', text: 'thirty days' },
    { role: 'tool', call: 'b', text: 'nothing' },
  ];

  it('the tools and the schema stand at the end of the instructions, requests and results among the messages', async () => {
    const server = await serveReplies(due);
    await chatWith(server, inWords)(asked({ messages, tools: [lookUp] }));
    const said = bodiesOf(server)[0]?.['messages'] as { role: string; content: string }[];
    expect(said.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'user']);
    expect(said[0]?.content).toContain('You read contracts.\n\nYou can use tools.');
    expect(said[0]?.content).toContain('- lookUp: Look up a term.');
    expect(said[0]?.content).toContain(JSON.stringify(answer.schema));
    expect(said[2]?.content).toBe(
      'I look.\n[{"tool": "lookUp", "arguments": {"term":"notice"}}, {"tool": "lookUp", "arguments": "no JSON"}]',
    );
    expect(said[3]?.content).toBe('Result of the tool lookUp:\nthirty days\n\nResult of the tool lookUp:\nnothing');
  });

  it('what was asked of tools stays in words when no more tools are offered', async () => {
    const server = await serveReplies(due);
    await chatWith(server, inWords)(asked({ messages, tools: [] }));
    expect(JSON.stringify(bodiesOf(server))).not.toMatch(/tool_call|"role":"tool"|You can use tools/);
  });

  it('a server that holds answers to a schema is given one that lets requests through', async () => {
    const server = await serveReplies({ content: { tool: 'lookUp', arguments: { term: 'notice' } } });
    const { requests } = await chatWith(server, { toolCalling: false })(asked({ tools: [lookUp] }));
    expect(requests).toMatchObject([{ tool: 'lookUp', arguments: '{"term":"notice"}' }]);
    expect(bodiesOf(server)).toMatchObject([
      { response_format: { json_schema: { schema: { anyOf: [answer.schema, { type: 'object' }] } } } },
    ]);
  });
});
