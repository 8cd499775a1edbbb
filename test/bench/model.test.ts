import { gzipSync } from 'node:zlib';
import { answer, type ChatRequest } from '../../bench/model/answer';
import { randomText } from '../../bench/work/random-text';

const behaviour = { delayMs: 0, textBytes: 1_024, toolCalls: 2, toolArguments: { bytes: 5_120 } };
const page = {
  function: {
    name: 'page',
    parameters: { type: 'object', properties: { key: { type: 'string' }, bytes: { type: 'integer' } } },
  },
};

function asked(results: number, rest: Partial<ChatRequest> = {}): ChatRequest {
  const answered = Array.from({ length: results }, (_, index) => ({ role: 'tool', content: `result ${index}` }));
  return { model: 'bench', messages: [{ role: 'user', content: 'Go on.' }, ...answered], ...rest };
}

describe('the model of the benchmark', () => {
  it('asks for a tool until it has as many results as a conversation is to have, and then answers', () => {
    const calls = [0, 1, 2].map(
      (results) => answer(asked(results, { tools: [page] }), behaviour).tool_calls?.length ?? 0,
    );
    expect(calls).toEqual([1, 1, 0]);
  });

  it('asks differently in each turn, with the size of the result that the work wants', () => {
    const given = [0, 1].map((results) => {
      const [call] = answer(asked(results, { tools: [page] }), behaviour).tool_calls ?? [];
      return JSON.parse(call?.function.arguments ?? '') as { readonly key: string; readonly bytes: number };
    });
    expect(given.map(({ bytes }) => bytes)).toEqual([5_120, 5_120]);
    expect(given[0]?.key).not.toBe(given[1]?.key);
  });

  it('answers in the shape of a schema when there is one', () => {
    const schema = { type: 'object', properties: { text: { type: 'string' } } };
    const format = { type: 'json_schema', json_schema: { schema } };
    const { content } = answer(asked(0, { response_format: format }), behaviour);
    expect((JSON.parse(content ?? '') as { readonly text: string }).text).toHaveLength(1_024);
  });

  it('answers the same when it is asked the same, and otherwise something else', () => {
    expect(answer(asked(0), behaviour)).toEqual(answer(asked(0), behaviour));
    expect(answer(asked(0), behaviour)).not.toEqual(answer(asked(1), behaviour));
  });

  it('makes up texts that no compression makes much smaller', () => {
    const text = randomText('a seed', 8_192);
    expect(text).toHaveLength(8_192);
    expect(gzipSync(text).length).toBeGreaterThan(6_000);
  });
});
