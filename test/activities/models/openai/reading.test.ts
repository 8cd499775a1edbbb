import type { ChatTool } from '../../../../src/activities/models/chat';
import { findJson } from '../../../../src/activities/models/openai/find-json';
import { serveReplies } from '../../../model-server/serving';
import { asked, chatWith, lookUp } from './asking';

const request = '{"name": "lookUp", "arguments": {"term": "notice"}}';
const read = async (content: string, tools: readonly ChatTool[] = []) =>
  chatWith(await serveReplies({ content }))(asked({ tools }));

describe('an answer', () => {
  it.each([
    ['by itself', ' {"due": "in May"}\n'],
    ['in a fenced block', 'Here it is:\n```json\n{"due": "in May"}\n```\nAnything else?'],
    ['in a block without its end', 'Here it is:\n```json\n{"due": "in May"}'],
    ['with words around it', 'The answer is {"due": "in May"}, I think.'],
    ['after what is no answer', 'For {example} and {"like": "this"}: {"due": "in May"}'],
    ['after thoughts', '<think>Is it {"due": "in June"}?</think>\n{"due": "in May"}'],
    ['with brackets in its text', 'So: {"due": "in May"} }'],
  ])('%s is read', async (_, content) => {
    await expect(read(content)).resolves.toMatchObject({ text: '{"due": "in May"}', requests: [] });
  });

  it('without JSON is left as it is', async () => {
    await expect(read('in May, {perhaps')).resolves.toMatchObject({ text: 'in May, {perhaps', requests: [] });
  });

  it('of a great many brackets is read in bounded time', () => {
    expect(findJson('{['.repeat(200_000))).toEqual([]);
  });

  it('of a great many line breaks in a block without its end is read in bounded time', () => {
    expect(findJson(`\`\`\`json${'\n'.repeat(2_000_000)}`)).toEqual([]);
  });

  it('may have brackets and quotes in its strings', () => {
    expect(findJson('so {"a": "}\\"{"} and [1]').map(({ text }) => text)).toEqual(['{"a": "}\\"{"}', '[1]']);
  });
});

describe('a request for a tool that came as text', () => {
  it.each([
    ['in the form that was asked for', '{"tool": "lookUp", "arguments": {"term": "notice"}}'],
    ['in a fenced block', `\`\`\`json\n${request}\n\`\`\``],
    ['in the tags of a template', `<tool_call>\n${request}\n</tool_call>`],
    ['in a list', `[${request}]`],
    ['as on the wire', `{"tool_calls": [{"type": "function", "function": ${request}}]}`],
    ['with its parameters', '{"name": "lookUp", "parameters": {"term": "notice"}}'],
  ])('%s is read', async (_, content) => {
    const { text, requests } = await read(content, [lookUp]);
    expect(requests.map(({ tool, arguments: given }) => [tool, JSON.parse(given) as unknown])).toEqual([
      ['lookUp', { term: 'notice' }],
    ]);
    expect(text).toBe('');
  });

  it('keeps what was said before it', async () => {
    await expect(read(`I look it up.\n\`\`\`json\n${request}\n\`\`\``, [lookUp])).resolves.toMatchObject({
      text: 'I look it up.',
      requests: [{ tool: 'lookUp' }],
    });
  });

  it('may be several, each with an id of its own', async () => {
    const { requests } = await read(`\`\`\`json\n${request}\n\`\`\`\n\`\`\`json\n${request}\n\`\`\``, [lookUp]);
    expect(new Set(requests.map(({ call }) => call)).size).toBe(2);
  });

  it.each([
    ['no tool is offered', request, []],
    ['that tool is not offered', '{"name": "deleteAll", "arguments": {}}', [lookUp]],
    ['one of several is not offered', `[${request}, {"name": "deleteAll", "arguments": {}}]`, [lookUp]],
    ['it fits the answer', '{"due": "in May", "tool": "lookUp", "arguments": {}}', [lookUp]],
  ])('is an answer when %s', async (_, content, tools) => {
    await expect(read(content, tools)).resolves.toMatchObject({ text: content, requests: [] });
  });
});
