import { asking, lastRequest, takeTurn } from '../../../support/asking-models';
import { tools } from '../../../support/catalogue';

const essay = { content: { text: 'On tides.' } };

describe('a model’s requests for tools', () => {
  it('are held against the agent’s tools and their schemas, each with the reason why it cannot be', async () => {
    const world = await asking([
      {
        toolCalls: [
          { id: '1', name: 'announce', arguments: { item: 'x' } },
          { id: '2', name: 'lookUp', arguments: '{"key": ' },
          { id: '3', name: 'lookUp', arguments: { key: 7 } },
          { id: '4', name: 'lookUp', arguments: { key: 'k' } },
        ],
      },
    ]);
    const { decision } = await takeTurn(world, { agent: 'clerk' });
    expect(decision).toEqual({
      type: 'tools',
      requests: [
        {
          ...{ call: '1', tool: 'announce', arguments: { item: 'x' } },
          refusal: 'There is no tool announce for you. There are: lookUp, book, noArguments.',
        },
        {
          ...{ call: '2', tool: 'lookUp', arguments: '{"key": ' },
          refusal: expect.stringMatching(/^The arguments for lookUp are not JSON: /) as string,
        },
        {
          ...{ call: '3', tool: 'lookUp', arguments: { key: 7 } },
          refusal: expect.stringMatching(/^The arguments do not fit lookUp: key: .*expected string/) as string,
        },
        { call: '4', tool: 'lookUp', arguments: { key: 'k' } },
      ],
    });
  });

  it('are refused beyond the sixteenth', async () => {
    const toolCalls = Array.from({ length: 18 }, (_none, at) => ({ name: 'lookUp', arguments: { key: `k${at}` } }));
    const world = await asking([{ toolCalls }]);
    const { decision } = await takeTurn(world, { agent: 'clerk' });
    const requests = decision.type === 'tools' ? decision.requests : [];
    expect(requests.map(({ refusal }) => refusal === undefined)).toEqual([
      ...Array.from({ length: 16 }, () => true),
      ...[false, false],
    ]);
  });

  it('are no requests of an agent without tools', async () => {
    const world = await asking([{ toolCalls: [{ name: 'lookUp', arguments: { key: 'k' } }] }]);
    expect((await takeTurn(world)).decision).toMatchObject({ type: 'output', verdict: { verdict: 'retry' } });
  });

  it('offer the tools that the worker has, with their schemas', async () => {
    const world = await asking([essay]);
    await takeTurn(world, { agent: 'clerk' });
    expect(lastRequest(world).tools).toMatchObject([
      {
        function: {
          ...{ name: 'lookUp', description: tools.lookUp.description },
          parameters: { type: 'object', required: ['key'], properties: { key: { type: 'string' } } },
        },
      },
      { function: { name: 'book' } },
    ]);
  });

  it('end with the last turn, and the model is told so', async () => {
    const world = await asking([essay]);
    await takeTurn(world, { agent: 'clerk', isLastTurn: true });
    const { tools: offered, messages } = lastRequest(world);
    expect(offered).toBeUndefined();
    expect(messages.at(-1)?.content).toContain('last turn');
  });
});
