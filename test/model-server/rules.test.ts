import { post, question, refusal, said, serve, serveReplies } from './serving';

const system = (content: string) => ({ role: 'system', content });
const user = (content: string) => ({ role: 'user', content });
const call = { id: 'c1', type: 'function', function: { name: 'book', arguments: '{"seat":"12A"}' } };
const calling = { role: 'assistant', content: null, tool_calls: [call] };
const result = { role: 'tool', tool_call_id: 'c1', content: 'booked under M-7' };
const tools = [{ type: 'function', function: { name: 'book', parameters: { type: 'object' } } }];

describe('a rule', () => {
  it.each([
    ['of another model', { model: 'large' }, {}],
    ['with a text that stands elsewhere', { system: 'What is due?' }, {}],
    ['with a pattern that is not found', { last: { regex: '^due' } }, {}],
    ['with a tool that is not offered', { tool: 'cancel' }, { tools }],
    ['with a tool when none is offered', { tool: 'book' }, {}],
    ['of which one part holds', { model: 'small', last: 'overdue' }, {}],
    ['on the last words, of words before them', { last: 'Book it' }, { messages: [user('Book it'), calling, result] }],
  ])('%s does not fit', async (_what, when, more) => {
    const server = await serve({ rules: [{ when, replies: [{ content: 'x' }] }] });
    expect(await refusal(await post(server, { ...question, ...more }))).toBe('400 script_error no_rule_fits');
    expect(server.requests[0]).toMatchObject({ status: 400 });
    expect(server.requests[0]).not.toHaveProperty('rule');
  });

  it.each([
    ['no condition', {}, {}],
    ['its model', { model: 'small' }, {}],
    ['a text of the system', { system: 'terse' }, { messages: [system('Be terse.'), user('?')] }],
    [
      'a text of the developer',
      { system: 'terse' },
      { messages: [{ role: 'developer', content: 'terse' }, user('?')] },
    ],
    ['a text of the question', { last: 'is due' }, {}],
    [
      'a part of the question',
      { last: 'due' },
      { messages: [{ role: 'user', content: [{ type: 'text', text: 'due' }] }] },
    ],
    ['a pattern with flags', { last: { regex: 'WHAT .* due', flags: 'i' } }, {}],
    ['the result of a tool', { last: 'M-7' }, { messages: [user('Book it'), calling, result] }],
    ['words before the last', { conversation: 'Book it' }, { messages: [user('Book it'), calling, result] }],
    ['the arguments of a tool call', { conversation: '12A' }, { messages: [user('Book it'), calling, result] }],
    ['a tool that is offered', { tool: 'book' }, { tools }],
  ])('with %s fits', async (_what, when, more) => {
    const server = await serve({ rules: [{ when, replies: [{ content: 'x' }] }] });
    expect(await said(server, more)).toMatchObject({ content: 'x' });
    expect(server.requests).toMatchObject([{ rule: 1, reply: 1, status: 200 }]);
  });

  it('gives its replies one after the other, and repeats the last', async () => {
    const server = await serveReplies({ content: 'one' }, { content: 'two' });
    for (const content of ['one', 'two', 'two', 'two']) expect(await said(server)).toMatchObject({ content });
    expect(server.requests.map(({ reply }) => reply)).toEqual([1, 2, 2, 2]);
  });

  it('refuses when its replies are used up, where it says so', async () => {
    const server = await serve({
      rules: [{ replies: [{ content: 'one' }], then: 'refuse' }, { replies: [{ body: '' }] }],
    });
    expect(await said(server)).toMatchObject({ content: 'one' });
    expect(await refusal(await post(server))).toBe('400 script_error replies_used_up');
    expect(await refusal(await post(server))).toBe('400 script_error replies_used_up');
  });

  it('counts for itself, and the first that fits answers', async () => {
    const server = await serve({
      rules: [
        { when: { model: 'large' }, replies: [{ content: 'L1' }, { content: 'L2' }] },
        { replies: [{ content: 'S1' }, { content: 'S2' }] },
      ],
    });
    expect(await said(server)).toMatchObject({ content: 'S1' });
    expect(await said(server, { model: 'large' })).toMatchObject({ content: 'L1' });
    expect(await said(server)).toMatchObject({ content: 'S2' });
    expect(await said(server, { model: 'large' })).toMatchObject({ content: 'L2' });
  });

  it('gives each of many at once a reply of its own', async () => {
    const replies = Array.from({ length: 50 }, (_, index) => ({ content: `reply ${index}` }));
    const server = await serveReplies(...replies);
    const answers = await Promise.all(replies.map(() => said(server)));
    expect(new Set(answers.map((message) => JSON.stringify(message))).size).toBe(50);
  });
});
