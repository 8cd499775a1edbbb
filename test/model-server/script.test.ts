import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asScript, readScript } from '../support/model-server/read-script';

const replying = (reply: object) => ({ rules: [{ replies: [reply] }] });

describe('a script is refused', () => {
  it.each([
    ['that is no object', 'rules', 'expected object'],
    ['without rules', { rules: [] }, 'rules: Too small'],
    ['with a rule without replies', { rules: [{ replies: [] }] }, 'rules.0.replies: Too small'],
    ['with a word that nobody knows', { rules: [{ replies: [{ contents: 'x' }] }] }, 'Unrecognized key: "contents"'],
    ['with a reply that says nothing', replying({}), 'rules.0.replies.0: expected content, toolCalls,'],
    ['with a text that was forgotten', replying({ content: null }), 'expected a text or a JSON value other than null'],
    ['with an answer that is an error', replying({ content: 'x', error: { status: 500 } }), 'expected only one of'],
    ['with an error of status 200', replying({ error: { status: 200 } }), 'replies.0.error.status: Too small'],
    ['with a finish of an error', replying({ error: { status: 500 }, finishReason: 'stop' }), 'finishReason belongs'],
    ['with usage of garbage', replying({ body: 'x', usage: {} }), 'usage belongs to an answer'],
    ['with a pace of an error', replying({ error: { status: 500 }, perTokenDelayMs: 1 }), 'perTokenDelayMs belongs'],
    ['with the size of a refusal', replying({ refusal: 'no', oversizeBytes: 9 }), 'oversizeBytes belongs to content'],
    ['with a status of an answer', replying({ content: 'x', status: 201 }), 'status belongs to body'],
    ['with headers of nothing', replying({ reset: 'beforeAnswer', retryAfter: { ms: 1 } }), 'nothing is sent'],
    ['with an unknown reset', replying({ content: 'x', reset: 'later' }), 'expected beforeAnswer, midway, or afterB'],
    ['with a reset of nothing', replying({ reset: 'midway' }), 'nothing came'],
    ['with two times to come again', replying({ body: '', retryAfter: { seconds: 1, ms: 1 } }), 'expected one of sec'],
    ['with a header of two lines', replying({ body: '', headers: { a: 'b\r\nc: d' } }), 'that HTTP can carry'],
    ['with a pause without end', replying({ content: 'x', delayMs: 1e9 }), 'replies.0.delayMs: Too big'],
    [
      'with a pattern that is none',
      { rules: [{ when: { last: { regex: '(' } }, replies: [{ body: '' }] }] },
      'when.last',
    ],
    ['with less than no context', { ...replying({ body: '' }), contextTokens: 0 }, 'contextTokens: Too small'],
  ])('%s', (_what, script, message) => {
    expect(() => asScript(script)).toThrow(message);
    expect(errorOf(() => asScript(script))).toMatchObject({ type: 'InvalidInput' });
  });
});

describe('a file', () => {
  let folder: string;
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'counterpoint-model-script-'))));
  afterEach(() => rm(folder, { recursive: true, force: true }));
  const read = async (text: string) => {
    const path = join(folder, 'script.yaml');
    await writeFile(path, text);
    return readScript(path);
  };

  it('that is not there is refused by its name', async () => {
    await expect(readScript(join(folder, 'none.yaml'))).rejects.toThrow('none.yaml cannot be read');
  });

  it('that is no YAML is refused with the line', async () => {
    await expect(read('rules:\n  - replies: [\n')).rejects.toThrow(/came line \d/);
  });

  it('that says a thing twice is refused with the line', async () => {
    await expect(read('rules: []\nrules: []\n')).rejects.toThrow('came line 2: Map keys must be unique');
  });

  it('that is no script is refused with the file', async () => {
    await expect(read('rules: []')).rejects.toThrow('script.yaml: rules: Too small');
  });

  it('is read from YAML and from JSON alike', async () => {
    const script = { rules: [{ when: { tool: 'book' }, replies: [{ content: { due: 3 } }] }] };
    expect(await read('rules:\n  - when: { tool: book }\n    replies: [{ content: { due: 3 } }]\n')).toEqual(script);
    expect(await read(JSON.stringify(script))).toEqual(script);
  });

  it('of the samples is a script', async () => {
    const sample = await readScript(join(__dirname, '../../docs/examples/model-script.yaml'));
    expect(sample.rules.length).toBeGreaterThan(3);
  });
});

function errorOf(attempt: () => unknown): unknown {
  try {
    return attempt();
  } catch (error) {
    return error;
  }
}
