import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CaseResult } from '../../src/contracts/customer-case';
import type { RunResult } from '../../src/contracts/outcome';
import { install, root, stop, untilUp, type Ended, type Installation, type Started } from './command-line';
import { documentOf } from './review';

jest.setTimeout(240_000);

type CaseDocument = { readonly runId: string } & RunResult<CaseResult>;
const sample = (name: string) => join(root, 'data', 'shop', 'cases', `${name}.json`);

describe('customer operations on the command line', () => {
  let installation: Installation;
  let up: Started;
  beforeAll(async () => {
    installation = await install();
    up = installation.start('up');
    await untilUp(installation);
  });
  afterAll(async () => {
    await stop(up);
    await installation.remove();
  });

  const run = (file: string, ...words: readonly string[]): Promise<Ended> =>
    installation.run('run', 'customer-operations', '--input', file, '--wait', '--json', ...words);
  const dump = async () => (await installation.run('data', 'dump')).stdout;
  const reset = () => installation.run('data', 'reset');

  async function caseOf(name: string, content: unknown): Promise<string> {
    const file = join(installation.folder, `${name}.json`);
    await writeFile(file, JSON.stringify(content));
    return file;
  }

  it('refuse a case that does not fit before anything is begun', async () => {
    await reset();
    const before = await dump();
    const file = await caseOf('unknown', { operations: [{ name: 'refund_everything', arguments: {} }] });
    const ended = await run(file);
    expect(ended).toMatchObject({ exitCode: 2, stdout: '' });
    expect(ended.stderr).toMatch(/operations\.0\.name: expected an operation/);
    expect(await dump()).toBe(before);
  });

  it('perform a decided case and list the answer of each operation', async () => {
    await reset();
    const ended = await run(sample('decided-three-writes'));
    const result = documentOf(ended) as CaseDocument;
    expect(ended.exitCode).toBe(0);
    expect(result).toMatchObject({ outcome: 'completed', value: { resolution: 'executed' } });
    const again = documentOf(await run(sample('decided-three-writes'))) as CaseDocument;
    expect(again).toMatchObject({ outcome: 'rolledBack', failure: { details: { reason: 'caseTaken' } } });
  });

  it('undo a decided case whose write is refused, and list what came of each operation', async () => {
    await reset();
    const before = await dump();
    const ended = await run(sample('decided-refused'));
    expect(documentOf(ended)).toMatchObject({
      failure: { details: { operations: [{ answer: {} }, { answer: {} }, { refusal: { reason: 'wrongStatus' } }] } },
    });
    expect(documentOf(ended)).toMatchObject({ outcome: 'rolledBack', effects: [] });
    expect(ended.exitCode).toBe(12);
    expect(await dump()).toBe(before);
  });

  it('work on what a customer wrote, with the approvals that it takes', async () => {
    await reset();
    const result = documentOf(await run(sample('cancel-over-the-limit'), '--yes')) as CaseDocument;
    expect(result).toMatchObject({
      outcome: 'completed',
      value: { resolution: 'settled', approvals: [{ role: 'payments-officer', actor: 'demo' }] },
    });
  });
});
