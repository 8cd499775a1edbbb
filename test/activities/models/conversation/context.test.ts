import { after, asking, lastRequest, takeTurn, type Asking } from '../../../support/asking-models';

const essay = { content: { text: 'On tides.' } };

describe('a conversation that goes on', () => {
  const twoCalls = {
    toolCalls: [
      { id: 'call-a', name: 'lookUp', arguments: { key: 'a' } },
      { id: 'call-b', name: 'lookUp', arguments: { key: 'b' } },
    ],
  };
  const answerNode = (world: Asking, text: string) =>
    world.calling.transcripts.put({ kind: 'toolAnswer', tool: 'lookUp', text });

  it('says all that was said before, and tools’ answers from where they are kept, in front of words', async () => {
    const world = await asking([twoCalls, essay]);
    const first = await takeTurn(world, { agent: 'clerk' });
    const message = await answerNode(world, '{"value":"seven"}');
    const said = [{ text: 'Go on.' }, { call: 'call-a', message, bytes: 17 }, { call: 'call-b', text: 'It failed.' }];
    expect((await takeTurn(world, { agent: 'clerk', ...after(first, ...said) })).decision).toMatchObject({
      type: 'output',
    });
    expect(lastRequest(world).messages.slice(2)).toMatchObject([
      { role: 'assistant', tool_calls: [{ id: 'call-a' }, { id: 'call-b' }] },
      { role: 'tool', tool_call_id: 'call-a', content: '{"value":"seven"}' },
      { role: 'tool', tool_call_id: 'call-b', content: 'It failed.' },
      { role: 'user', content: 'Go on.' },
    ]);
  });

  it('leaves requests out that nobody answered, and says answers as words that nobody asked for', async () => {
    const world = await asking([twoCalls, essay]);
    const first = await takeTurn(world, { agent: 'clerk' });
    const said = [
      { call: 'call-b', text: 'Seven.' },
      { call: 'call-z', text: 'Eight.' },
    ];
    await takeTurn(world, { agent: 'clerk', ...after(first, ...said) });
    const [assistant, tool, words] = lastRequest(world).messages.slice(2);
    expect(assistant?.tool_calls?.map(({ id }) => id)).toEqual(['call-b']);
    expect(tool).toMatchObject({ role: 'tool', tool_call_id: 'call-b' });
    expect(words).toMatchObject({ role: 'user', content: expect.stringContaining('Eight.') as string });
  });

  it('asks again as if an answer had not been after which nothing was said', async () => {
    const world = await asking([{ content: 'On ti', finishReason: 'length' }, essay]);
    const first = await takeTurn(world);
    await takeTurn(world, after(first));
    expect(lastRequest(world).messages.map(({ role }) => role)).toEqual(['system', 'user']);
  });

  it('begins after the opening with what was summarised', async () => {
    const world = await asking([{ content: 'Forgotten.' }, { content: 'Kept.' }, essay]);
    const first = await takeTurn(world);
    const tokens = { input: 0, cachedInput: 0, output: 0 };
    const parent = first.head!;
    const head = await world.calling.transcripts.put({
      kind: 'summary',
      parent,
      text: 'High water is at noon.',
      tokens,
    });
    const second = await takeTurn(world, after({ ...first, head }, { text: 'Now write.' }));
    await takeTurn(world, after(second, { text: 'As JSON.' }));
    const texts = JSON.stringify(lastRequest(world).messages);
    expect(texts).toMatch(/"topic\\+":\\+"tides[^]*High water is at noon\.[^]*Now write\.[^]*Kept\.[^]*As JSON\./);
    expect(texts).not.toContain('Forgotten.');
  });

  it('shows the beginning of a tool’s answer that would take up the context', async () => {
    const world = await asking([twoCalls, essay]);
    const first = await takeTurn(world, { agent: 'clerk' });
    const message = await answerNode(world, 'é'.repeat(100_000));
    await takeTurn(world, { agent: 'clerk', ...after(first, { call: 'call-a', message, bytes: 200_000 }) });
    const { content } = lastRequest(world).messages.at(-1)!;
    expect(content).toMatch(/^é+\n\[cut off here: the first 2048 of 200000 bytes\]$/);
  });

  it('believes what the model counted rather than what was estimated', async () => {
    const usage = { promptTokens: 100, completionTokens: 10 };
    const world = await asking([{ content: 'No.', usage }, essay]);
    const conversation = { input: { topic: 'tides '.repeat(500) }, feedback: [], part: 0 };
    const first = await takeTurn(world, { conversation });
    const limits = { inputTokensMax: 200, outputTokensMax: 100 };
    expect((await takeTurn(world, { limits, ...after(first, { text: 'JSON.' }) })).decision).toMatchObject({
      type: 'output',
    });
  });
});
