import { startModelServer, type ModelScript } from '../support/model-server';
import { post, question, refusal, said, serve, serveReplies } from './serving';

const rules: ModelScript['rules'] = [{ replies: [{ content: 'x' }] }];
const user = { role: 'user', content: '?' };
const call = (id: string) => ({ id, type: 'function', function: { name: 'book', arguments: '{}' } });
const result = (id: string) => ({ role: 'tool', tool_call_id: id, content: 'done' });
const tools = [{ type: 'function', function: { name: 'book', parameters: { type: 'object' } } }];
const schema = { type: 'json_schema', json_schema: { name: 'due', schema: { type: 'object' }, strict: true } };

describe('a request is refused, and uses up no reply,', () => {
  it.each([
    ['that is no JSON', '{'],
    ['without a model', { messages: [user] }],
    ['without messages', { ...question, messages: [] }],
    ['with a role that nobody has', { ...question, messages: [{ role: 'judge', content: 'x' }] }],
    ['with a message without content', { ...question, messages: [{ role: 'user' }] }],
    ['with an empty list of tools', { ...question, tools: [] }],
    ['with a tool of a wrong name', { ...question, tools: [{ type: 'function', function: { name: 'a b' } }] }],
    ['with a format that there is not', { ...question, response_format: { type: 'xml' } }],
    ['with a schema without a name', { ...question, response_format: { type: 'json_schema', json_schema: {} } }],
    ['with options of a stream that is none', { ...question, stream_options: { include_usage: true } }],
    ['with room for no token', { ...question, max_completion_tokens: 0 }],
    ['with the result of no call', { ...question, messages: [user, result('c1')] }],
    [
      'with a call without a result',
      { ...question, messages: [user, { role: 'assistant', tool_calls: [call('c1')] }] },
    ],
    [
      'with a word between a call and its result',
      { ...question, messages: [{ role: 'assistant', tool_calls: [call('c1')] }, user, result('c1')] },
    ],
    [
      'with one result for two calls',
      { ...question, messages: [{ role: 'assistant', tool_calls: [call('c1'), call('c2')] }, result('c1'), user] },
    ],
  ])('%s', async (_what, body) => {
    const server = await serve({ rules: [{ replies: [{ content: 'x' }], then: 'refuse' }] });
    expect(await refusal(await post(server, body))).toBe('400 invalid_request_error null');
    expect(await said(server)).toMatchObject({ content: 'x' });
  });

  it('for a model that there is not', async () => {
    const server = await serve({ rules, models: ['large'] });
    expect(await refusal(await post(server))).toBe('404 invalid_request_error model_not_found');
    expect(await said(server, { model: 'large' })).toMatchObject({ content: 'x' });
  });

  it('at any other address', async () => {
    const { url } = await serve({ rules });
    const statuses = [`${url}/completions`, `${url}/chat/completions`, `${url}/../models`].map(async (address) => {
      return (await fetch(address)).status;
    });
    expect(await Promise.all(statuses)).toEqual([404, 404, 404]);
  });

  it('without the key that the script requires, in one word or in any', async () => {
    const server = await serve({ rules, requireKey: 'sk-right-key-0001' });
    const withKey = (authorization: string) => post(server, question, { headers: { authorization } });
    expect(await refusal(await post(server))).toBe('401 invalid_request_error null');
    const wrong = await withKey('Bearer sk-wrong-key-0002');
    expect(await wrong.clone().text()).not.toContain('sk-wrong-key-0002');
    expect(await refusal(wrong)).toBe('401 invalid_request_error invalid_api_key');
    expect((await withKey('Bearer sk-right-key-0001')).status).toBe(200);
    expect((await fetch(`${server.url}/models`)).status).toBe(401);

    const any = await serve({ rules, requireKey: true });
    expect((await post(any)).status).toBe(401);
    expect((await post(any, question, { headers: { authorization: 'Bearer whatever' } })).status).toBe(200);
  });

  it('with a schema, by a server without structured outputs', async () => {
    const server = await serve({ rules, structuredOutputs: 'unsupported' });
    const response = await post(server, { ...question, response_format: schema });
    expect(await response.clone().text()).toContain("'response_format' of type 'json_schema' is not supported");
    expect(await refusal(response)).toBe('400 invalid_request_error null');
    expect(await said(server, { response_format: { type: 'json_object' } })).toMatchObject({ content: 'x' });
    expect(await said(await serve({ rules }), { response_format: schema })).toMatchObject({ content: 'x' });
  });

  it('with tools, by a server without tool calling', async () => {
    const server = await serve({ rules, toolCalling: 'unsupported' });
    const response = await post(server, { ...question, tools });
    expect(await response.clone().text()).toContain('small does not support tools');
    expect(await refusal(response)).toBe('400 api_error null');
    expect(await said(server)).toMatchObject({ content: 'x' });
    expect(await said(await serve({ rules }), { tools })).toMatchObject({ content: 'x' });
  });

  it('that does not fit the context, its completion counted', async () => {
    const server = await serve({ rules, contextTokens: 100 });
    const tooLong = '400 invalid_request_error context_length_exceeded';
    const long = { ...question, messages: [{ role: 'user', content: 'word '.repeat(100) }] };
    const response = await post(server, long);
    expect(await response.clone().text()).toContain('maximum context length is 100 tokens. However, your messages');
    expect(await refusal(response)).toBe(tooLong);
    expect(await refusal(await post(server, { ...question, max_tokens: 94 }))).toBe(tooLong);
    expect(await refusal(await post(server, { ...question, max_completion_tokens: 94 }))).toBe(tooLong);
    expect(await said(server, { max_completion_tokens: 93 })).toMatchObject({ content: 'x' });
  });
});

describe('the server', () => {
  it('refuses a script that is none', async () => {
    await expect(startModelServer({ rules: [] })).rejects.toMatchObject({ type: 'InvalidInput' });
  });

  it('refuses a port that is occupied', async () => {
    const { url } = await serve({ rules });
    const port = Number(new URL(url).port);
    await expect(startModelServer({ rules }, { port })).rejects.toMatchObject({ type: 'PortOccupied' });
  });

  it('keeps every request in order, with its body and headers, without keys', async () => {
    const server = await serve({ rules });
    const key = 'sk-secret-0123456789';
    await post(server, question, { headers: { authorization: `Bearer ${key}`, 'api-key': key, 'x-attempt': '1' } });
    await post(server, '{');
    expect(server.requests).toMatchObject([
      {
        number: 1,
        method: 'POST',
        path: '/v1/chat/completions',
        headers: { authorization: '(not kept)', 'api-key': '(not kept)', 'x-attempt': '1' },
        body: question,
        ending: 'complete',
      },
      { number: 2, body: '{', status: 400 },
    ]);
    expect(JSON.stringify(server.requests)).not.toContain(key);
    expect(server.requests[1]!.receivedAtMs).toBeGreaterThanOrEqual(server.requests[0]!.receivedAtMs);
  });

  it('takes the results of two calls in any order', async () => {
    const messages = [user, { role: 'assistant', tool_calls: [call('a'), call('b')] }, result('b'), result('a'), user];
    expect(await said(await serveReplies({ content: 'x' }), { messages })).toMatchObject({ content: 'x' });
  });
});
