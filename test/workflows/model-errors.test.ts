import { bySecond, startModelEngine, type ModelEngine, type Replies, type Reply } from '../support/model-errors-world';

let engine: ModelEngine;

beforeAll(async () => {
  engine = await startModelEngine();
});

afterAll(() => engine.stop());

const essay = { content: { text: 'On tides.' } };
const error = (status: number, more: object = {}): Reply => ({ error: { status, ...more } });
const contextTooLong = error(400, { code: 'context_length_exceeded' });
const lookUp = { toolCalls: [{ id: 'a', name: 'lookUp', arguments: { key: 'tides' } }] };
const [first, second] = ['first', 'second'];

describe('what passes is waited for, so that the first model answers after all', () => {
  it.each<[string, Replies, number]>([
    ['a reset before the answer', [{ reset: 'beforeAnswer' }, essay], 2],
    ['a reset in the middle of the answer', [{ ...essay, reset: 'midway' }, essay], 2],
    ['an answer that does not come in time', [{ ...essay, delayMs: 60_000 }, essay], 2],
    ...[408, 503, 529].map((status): [string, Replies, number] => [`status ${status}`, [error(status), essay], 2]),
    ['429 that does not say when to come again', [error(429), essay], 2],
    ['429 twice', [error(429), error(429), essay], 3],
    ['a page instead of an answer', [{ body: '<html>Sign in</html>', contentType: 'text/html' }, essay], 2],
    ['an answer without a choice', [{ emptyChoices: true }, essay], 2],
  ])('%s', async (_what, replies, requests) => {
    const { result, asked } = await engine.write(replies);
    expect(result).toMatchObject({ outcome: 'completed', value: 'On tides.' });
    expect(asked).toEqual(Array.from({ length: requests }, () => first));
  });

  it('429 that says when to come again, until then', async () => {
    const { result, history } = await engine.write([{ ...error(429), retryAfter: { seconds: 40 } }, essay]);
    expect(result).toMatchObject({ outcome: 'completed', value: 'On tides.' });
    expect(lastedMs(history)).toBeGreaterThanOrEqual(40_000);
  });
});

describe('what does not pass', () => {
  it.each<[string, Reply]>([
    ['a server that resets every connection', { reset: 'beforeAnswer' }],
    ['a server that is down', error(503)],
    ['a server that is always busy', error(429)],
  ])('(%s) is tried three times, and then the next model answers', async (_what, reply) => {
    const { result, asked } = await engine.write([reply]);
    expect(result).toMatchObject({ outcome: 'completed', value: bySecond.content.text });
    expect(asked).toEqual([first, first, first, second]);
  });

  it.each<[string, Reply]>([
    ['429 for want of quota', error(429, { code: 'insufficient_quota' })],
    ['401', error(401)],
    ['403', error(403)],
    ['an unknown model', error(404)],
    ['400', error(400)],
    ['an opening that is too long for the model', contextTooLong],
    ['a refusal', { refusal: 'No.' }],
    ['a filtered answer', { content: '{"te', finishReason: 'content_filter' }],
  ])('(%s) is asked once, and then the next model answers', async (_what, reply) => {
    const { result, asked } = await engine.write([reply]);
    expect(result).toMatchObject({ outcome: 'completed', value: bySecond.content.text });
    expect(asked).toEqual([first, second]);
  });

  it.each<[string, Reply, [number, number]]>([
    // Its circuit opens after five; how often it is tried after that depends on the time that passes.
    ['a server that is down', error(503), [5, 14]],
    ['a server that is always busy', error(429), [14, 14]],
    ['a wrong key', error(401), [1, 1]],
    ['a wrong request', error(400), [1, 1]],
    ['a refusal', { refusal: 'No.' }, [1, 1]],
    ['answers that are no JSON', { content: 'On tides.' }, [2, 2]],
  ])(
    '(%s) without another model is asked so often and no more, and then a person',
    async (_what, reply, [requestsMin, requestsMax]) => {
      const { result, asked } = await engine.write([reply], { models: ['first'] });
      expect(result).toMatchObject({ outcome: 'rolledBack', failure: { type: 'ApprovalExpired' } });
      expect(asked.length).toBeGreaterThanOrEqual(requestsMin);
      expect(asked.length).toBeLessThanOrEqual(requestsMax);
    },
  );
});

describe('an answer that cannot be used', () => {
  it.each<[string, Reply, RegExp]>([
    ['is not JSON', { content: 'On tides.' }, /not JSON/],
    ['is empty', { content: '' }, /not JSON/],
    ['does not fit the schema', { content: { text: 7 } }, /text: .*expected string/],
  ])('because it %s goes back to the model with the reason', async (_what, reply, reason) => {
    const { result, asked, requests } = await engine.write([reply, essay]);
    expect(result).toMatchObject({ outcome: 'completed', value: 'On tides.' });
    expect(asked).toEqual([first, first]);
    expect(lastMessage(requests.at(-1)?.body)).toMatch(reason);
  });

  it('goes back once, and then the next model answers', async () => {
    const { result, asked } = await engine.write([{ content: 'On tides.' }]);
    expect(result).toMatchObject({ outcome: 'completed', value: bySecond.content.text });
    expect(asked).toEqual([first, first, second]);
  });

  it('because it was cut off is asked for once more with a larger limit, and then goes back', async () => {
    const cut: Reply = { content: '{"text": "On ti', finishReason: 'length' };
    const { asked, requests } = await engine.write([cut], { limits: { outputTokensMax: 500 } });
    expect(asked).toEqual([first, first, first, second]);
    expect(requests.map(({ body }) => (body as { max_tokens: number }).max_tokens)).toEqual([500, 1_000, 1_000, 500]);
  });
});

describe('a conversation that has become too long for the model', () => {
  it('is made shorter, and the model is asked once more', async () => {
    const summary = { content: { decisions: ['look tides up'], facts: [], done: [], open: [] } };
    const { result, asked } = await engine.write([lookUp, contextTooLong, summary, essay], { tools: ['lookUp'] });
    expect(result).toMatchObject({ outcome: 'completed', value: 'On tides.' });
    expect(asked).toEqual([first, first, first, first]);
  });

  it('once more after that is left to the next model', async () => {
    const summary = { content: { decisions: ['look tides up'], facts: [], done: [], open: [] } };
    const replies: Replies = [lookUp, contextTooLong, summary, contextTooLong];
    const { result, asked } = await engine.write(replies, { tools: ['lookUp'] });
    expect(result).toMatchObject({ outcome: 'completed', value: bySecond.content.text });
    expect(asked).toEqual([first, first, first, first, second]);
  });
});

describe('parallel requests for tools', () => {
  it('are answered together, those that do not fit with the reason, and the model goes on', async () => {
    const toolCalls = [
      { id: 'a', name: 'lookUp', arguments: { key: 'tides' } },
      { id: 'b', name: 'lookUp', arguments: { key: 7 } },
      { id: 'c', name: 'lookUp', arguments: { key: 'moon' } },
    ];
    const { result, asked, requests } = await engine.write([{ toolCalls }, essay], { tools: ['lookUp'] });
    expect(result).toMatchObject({ outcome: 'completed', value: 'On tides.' });
    expect(asked).toEqual([first, first]);
    const { messages } = requests[1]?.body as { messages: { role: string; tool_call_id?: string; content: string }[] };
    const told = messages.flatMap(({ role, tool_call_id: id, content }) => (role === 'tool' ? [[id, content]] : []));
    expect(told).toEqual([
      ['a', '{"value":"value of tides"}'],
      ['b', expect.stringMatching(/do not fit lookUp: key: .*expected string/)],
      ['c', '{"value":"value of moon"}'],
    ]);
  });
});

describe('a call of a model', () => {
  it('is missed long before its time is over when its worker says nothing', async () => {
    const { history } = await engine.write([essay]);
    const call = history.events
      ?.map(({ activityTaskScheduledEventAttributes: scheduled }) => scheduled)
      .find((scheduled) => scheduled?.activityType?.name === 'callModel');
    expect(Number(call?.heartbeatTimeout?.seconds)).toBe(10);
    expect(Number(call?.startToCloseTimeout?.seconds)).toBe(60);
    expect(call?.retryPolicy?.maximumAttempts).toBe(3);
  });
});

function lastMessage(body: unknown): string | undefined {
  return (body as { readonly messages: readonly { readonly content: string }[] }).messages.at(-1)?.content;
}

type Told = Awaited<ReturnType<ModelEngine['write']>>;

/** From the first event to the last, in the server's own time. */
function lastedMs({ events }: Told['history']): number {
  const [from, to] = [events?.at(0), events?.at(-1)].map((event) => Number(event?.eventTime?.seconds));
  return ((to ?? 0) - (from ?? 0)) * 1_000;
}
