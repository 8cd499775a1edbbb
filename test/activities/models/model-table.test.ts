import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { preferModels } from '../../../src/activities/models/prefer-models';
import { readModelTable } from '../../../src/activities/models/read-model-table';
import { modelCards } from '../../../src/contracts/model-table';
import { agents } from '../../support/catalogue';
import { models } from '../../support/asking-models';

const shipped = join(__dirname, '..', '..', '..', 'data', 'models.yaml');
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'counterpoint-table-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function read(yaml: string) {
  const path = join(folder, 'models.yaml');
  await writeFile(path, yaml);
  return readModelTable(path);
}

const entry = `
  id: small-1
  contextTokens: 8192
  outputTokensMax: 2048
  prices: { input: '0.25', cachedInput: '0.025', output: '2' }
  capabilities: { structuredOutputs: schema, toolCalling: true }
`;

describe('the model table', () => {
  it.each([
    ['is no YAML', 'small: [', /cannot be used/],
    [
      'has an alias',
      `small: &small${entry}large: *small\n`,
      /cannot be used: expected plain YAML, came the alias \*small/,
    ],
    ['names a model code, which is the agents’ own', `code:${entry}`, /but not code/],
    ['has a price that is no decimal text', `small:${entry.replace("'2'", '2')}`, /small\.prices\.output/],
    ['has a price finer than a millionth of a dollar', `small:${entry.replace("'2'", "'0.1234567'")}`, /decimal text/],
    ['leaves a price out', `small:${entry.replace("input: '0.25', ", '')}`, /small\.prices\.input/],
    ['has a field that nobody knows', `small:${entry}  speed: 9\n`, /speed/],
    ['is too long', `# ${'x'.repeat(300_000)}`, /at most 262144 bytes/],
  ])('is refused when it %s', async (_what, yaml, why) => {
    await expect(read(yaml)).rejects.toMatchObject({
      type: 'InvalidInput',
      message: expect.stringMatching(why) as string,
    });
  });

  it('is refused when there is none', async () => {
    await expect(readModelTable(join(folder, 'none.yaml'))).rejects.toMatchObject({
      type: 'InvalidInput',
      message: expect.stringContaining('COUNTERPOINT_MODEL_TABLE') as string,
    });
  });

  it('gives prices in whole micro-dollars per million tokens', async () => {
    expect(modelCards(await read(`small:${entry}`))['small']).toMatchObject({
      ...{ name: 'small', contextTokens: 8_192, outputTokensMax: 2_048 },
      ...{ inputPrice: 250_000, cachedInputPrice: 25_000, outputPrice: 2_000_000 },
    });
  });

  it('is shipped as docs/models.md has it', async () => {
    const page = await readFile(join(__dirname, '..', '..', '..', 'docs', 'models.md'), 'utf8');
    const rows = page.split('\n').map((line) => line.split('|').map((cell) => cell.trim()));
    for (const [name, { contextTokens, outputTokensMax, prices }] of Object.entries(await readModelTable(shipped))) {
      const [context, answer, ...costs] = rows.find(([, first]) => first === `\`${name}\``)?.slice(2, 7) ?? [];
      expect([context, answer].map((cell) => Number(cell?.replaceAll(',', '')))).toEqual([
        contextTokens,
        outputTokensMax,
      ]);
      expect(costs.map((cell) => Number(cell) * 1e6)).toEqual([prices.input, prices.cachedInput, prices.output]);
    }
  });

  it('is shipped with models whose answers leave room in their contexts', async () => {
    const cards = Object.values(modelCards(await readModelTable(shipped)));
    expect(cards.length).toBeGreaterThan(3);
    for (const { outputTokensMax, contextTokens } of cards) expect(outputTokensMax).toBeLessThan(contextTokens);
  });
});

describe('preferred models', () => {
  const { writer, understudy, critic } = agents;
  const prefer = (preferences: Record<string, [string, ...string[]]>) =>
    Object.fromEntries(
      Object.entries(preferModels({ writer, understudy, soloist: writer, critic }, preferences, models)).map(
        ([name, agent]) => [name, agent.models],
      ),
    );

  it('are refused for an agent that does not exist, with those that do', () => {
    expect(() => prefer({ poet: ['small'] })).toThrow(/poet.*There are: writer, understudy, soloist, critic/);
  });

  it('are refused when a model is not in the table, with those that are', () => {
    expect(() => prefer({ writer: ['huge', 'code'] })).toThrow(
      /models that do not exist: huge\. There are: code, small/,
    );
  });

  it('are refused when an agent itself names a model that is not in the table', () => {
    expect(() => preferModels(agents, {}, models)).toThrow(/code-2/);
  });

  it('stand in place of the agent’s own, those of the agent before those of all', () => {
    expect(prefer({ writer: ['small', 'code'], '*': ['code', 'small'] })).toEqual({
      writer: ['small', 'code'],
      understudy: ['code', 'small'],
      soloist: ['code', 'small'],
      critic: ['code', 'small'],
    });
    expect(prefer({ writer: ['small'] })).toMatchObject({ writer: ['small'], understudy: undefined });
  });
});
