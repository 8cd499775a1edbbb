import { ask, post, question, said, serve, serveReplies } from './serving';

const use = { name: 'book', arguments: { seat: '12A' } };

describe('an answer', () => {
  it('is a text, with usage counted from the texts', async () => {
    const answer = await ask(await serveReplies({ content: 'Twelve dollars.' }));
    expect(answer).toMatchObject({
      object: 'chat.completion',
      model: 'small',
      choices: [{ index: 0, message: { role: 'assistant', content: 'Twelve dollars.' }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 7, completion_tokens: 4, total_tokens: 11, prompt_tokens_details: { cached_tokens: 0 } },
    });
  });

  it('is JSON of any value', async () => {
    const server = await serveReplies({ content: { due: [1, null] } }, { content: 0 }, { content: false });
    expect(await said(server)).toMatchObject({ content: '{"due":[1,null]}' });
    expect(await said(server)).toMatchObject({ content: '0' });
    expect(await said(server)).toMatchObject({ content: 'false' });
  });

  it('is several tool calls, each with an id of its own, arguments as JSON or as they stand', async () => {
    const server = await serveReplies({ toolCalls: [use, { name: 'cancel', arguments: '{"seat": ' }] });
    const { choices } = await ask(server);
    expect(choices[0]?.finish_reason).toBe('tool_calls');
    expect(choices[0]?.message).toEqual({
      role: 'assistant',
      content: null,
      refusal: null,
      tool_calls: [
        { id: 'call_1_1', type: 'function', function: { name: 'book', arguments: '{"seat":"12A"}' } },
        { id: 'call_1_2', type: 'function', function: { name: 'cancel', arguments: '{"seat": ' } },
      ],
    });
    expect(JSON.stringify(await said(server))).toContain('call_2_1');
  });

  it('is tool calls with the ids of the script', async () => {
    const server = await serveReplies({ content: 'Wait.', toolCalls: [{ ...use, id: 'same' }] });
    expect(await said(server)).toMatchObject({ content: 'Wait.', tool_calls: [{ id: 'same' }] });
  });

  it('is a refusal', async () => {
    expect(await said(await serveReplies({ refusal: 'I will not.' }))).toMatchObject({
      content: null,
      refusal: 'I will not.',
    });
  });

  it.each(['length', 'content_filter'] as const)('ends for the reason %s where the script says so', async (reason) => {
    const { choices } = await ask(await serveReplies({ content: '{"due":', finishReason: reason }));
    expect(choices).toMatchObject([{ message: { content: '{"due":' }, finish_reason: reason }]);
  });

  it('has the usage of the script, or none', async () => {
    const counts = { promptTokens: 100, cachedTokens: 60, completionTokens: 9, reasoningTokens: 5 };
    const server = await serveReplies({ content: 'x', usage: counts }, { content: 'x', usage: 'none' });
    expect((await ask(server)).usage).toEqual({
      prompt_tokens: 100,
      completion_tokens: 9,
      total_tokens: 109,
      prompt_tokens_details: { cached_tokens: 60 },
      completion_tokens_details: { reasoning_tokens: 5 },
    });
    expect(await ask(server)).not.toHaveProperty('usage');
  });

  it('has no choices where the script says so', async () => {
    const server = await serveReplies({ emptyChoices: true });
    expect((await ask(server)).choices).toEqual([]);
  });

  it('is as large as the script says', async () => {
    const server = await serveReplies(
      { content: 'again ', oversizeBytes: 3_000_000 },
      { content: { a: 1 }, oversizeBytes: 500 },
    );
    const [text, json] = [await said(server), await said(server)] as { content: string }[];
    expect(text?.content.length).toBe(3_000_000);
    expect(text?.content.endsWith('again again ')).toBe(true);
    expect(json?.content.length).toBe(500);
    expect(JSON.parse(json?.content ?? '')).toEqual({ a: 1 });
  });
});

describe('a stream', () => {
  const text = 'Twelve dollars, 😀 due 3 May.';

  it('carries the same as the whole answer', async () => {
    const server = await serveReplies({ content: text, toolCalls: [use, use] });
    const { message, finishReasons, chunks } = await streamed(server);
    expect(message).toEqual({
      content: text,
      refusal: '',
      calls: ['call_1_1 book {"seat":"12A"}', 'call_1_2 book {"seat":"12A"}'],
    });
    expect(finishReasons).toEqual(['tool_calls']);
    expect(chunks.length).toBeGreaterThan(10);
    expect(JSON.stringify(chunks)).not.toContain('"usage"');
  });

  it('carries a refusal in pieces', async () => {
    const { message } = await streamed(await serveReplies({ refusal: 'I will not do this.' }));
    expect(message.refusal).toBe('I will not do this.');
  });

  it('carries its usage in a last chunk without choices when asked to, and null before', async () => {
    const server = await serveReplies({ content: text });
    const { chunks } = await streamed(server, { stream_options: { include_usage: true } });
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { prompt_tokens: 7, completion_tokens: 8 } });
    expect(chunks.slice(0, -1).every(({ usage }) => usage === null)).toBe(true);
  });

  it('without choices has none', async () => {
    const { chunks, finishReasons } = await streamed(await serveReplies({ emptyChoices: true }));
    expect(chunks).toMatchObject([{ choices: [] }]);
    expect(finishReasons).toEqual([]);
  });

  it('carries a very large text', async () => {
    const { message } = await streamed(await serveReplies({ content: 'again ', oversizeBytes: 300_000 }));
    expect(message.content).toBe('again '.repeat(50_000));
  });

  it('waits before every piece, and the pieces leave one by one', async () => {
    const server = await serveReplies({ content: 'one two three', perTokenDelayMs: 20 });
    const response = await post(server, { ...question, stream: true });
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    let reads = 0;
    for await (const chunk of response.body!) reads += (chunk as Uint8Array).byteLength > 0 ? 1 : 0;
    expect(reads).toBeGreaterThan(3);
  });
});

describe('the list of models', () => {
  const list = async (server: { readonly url: string }) => (await fetch(`${server.url}/models`)).json();

  it('is that of the script', async () => {
    const server = await serve({ models: ['large', 'small'], rules: [{ replies: [{ content: 'x' }] }] });
    expect(await list(server)).toMatchObject({
      object: 'list',
      data: [{ id: 'large', object: 'model' }, { id: 'small' }],
    });
    expect(server.requests).toMatchObject([{ method: 'GET', path: '/v1/models', body: undefined }]);
  });

  it('without one is that of the rules', async () => {
    const rule = { when: { model: 'large' }, replies: [{ content: 'x' }] };
    expect(await list(await serve({ rules: [rule, rule] }))).toMatchObject({ data: [{ id: 'large' }] });
  });
});

interface Chunk {
  readonly usage?: unknown;
  readonly choices: readonly {
    readonly delta: {
      readonly content?: string | null;
      readonly refusal?: string | null;
      readonly tool_calls?: readonly [
        {
          readonly index: number;
          readonly id?: string;
          readonly function: { readonly name?: string; readonly arguments: string };
        },
      ];
    };
    readonly finish_reason: string | null;
  }[];
}

/** Reads a stream as clients do: event by event, each delta added to what it belongs to. */
async function streamed(server: Parameters<typeof post>[0], more: object = {}) {
  const events = (await (await post(server, { ...question, stream: true, ...more })).text()).split('\n\n');
  expect(events.slice(-2)).toEqual(['data: [DONE]', '']);
  const chunks = events.slice(0, -2).map((event) => JSON.parse(event.replace(/^data: /, '')) as Chunk);
  const message = { content: '', refusal: '', calls: [] as string[] };
  const choices = chunks.flatMap((chunk) => chunk.choices);
  for (const { delta } of choices) {
    message.content += delta.content ?? '';
    message.refusal += delta.refusal ?? '';
    const [call] = delta.tool_calls ?? [];
    if (call === undefined) continue;
    const begins = call.id === undefined ? '' : `${call.id} ${call.function.name ?? ''} `;
    message.calls[call.index] = (message.calls[call.index] ?? '') + begins + call.function.arguments;
  }
  return { chunks, message, finishReasons: choices.flatMap((choice) => choice.finish_reason ?? []) };
}
