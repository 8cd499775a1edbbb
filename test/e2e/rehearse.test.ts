import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import type { Row } from '../../src/client/rehearse/judge';
import { effectFaults } from '../../src/contracts/rehearsal';
import { hasPostgres, startPostgres } from '../support/postgres';
import { install, processesOf, type Installation } from './command-line';
import { documentOf } from './review';

jest.setTimeout(600_000);

let installation: Installation;

beforeEach(async () => {
  installation = await install();
});
afterEach(() => installation.remove());

async function scratchFolders(): Promise<string[]> {
  return (await readdir(tmpdir())).filter((name) => name.startsWith('counterpoint-rehearsal-'));
}

function expectGreen(rows: readonly Row[]): void {
  expect(rows.filter(({ isGreen }) => !isGreen)).toEqual([]);
  expect(rows[0]).toMatchObject({ step: null, fault: 'none', outcome: 'completed' });
  for (const step of ['publishReport-1', 'fileReview-1']) {
    expect(rows.filter((row) => row.step === step).map(({ fault }) => fault)).toEqual([...effectFaults]);
  }
  const cancelled = rows.find(({ step, fault }) => step === 'fileReview-1' && fault === 'cancelled');
  expect(cancelled).toMatchObject({ outcome: 'rolledBack', undone: ['fileReview-1', 'publishReport-1'] });
  expect(rows.at(-1)).toMatchObject({ fault: 'signOffRejected', outcome: 'rejected', expected: 'initial' });
}

describe('rehearse', () => {
  it('refuses a process that there is not, and an input that does not fit', async () => {
    expect(await installation.run('rehearse', 'nothing')).toMatchObject({ exitCode: 2 });
    const unfit = await installation.run('rehearse', 'contract-review', '--input', 'package.json');
    expect(unfit).toMatchObject({ exitCode: 2, stdout: '' });
  });

  it('is green for contract review, says what it rehearses, and leaves nothing', async () => {
    const before = await scratchFolders();
    const ended = await installation.run('rehearse', 'contract-review', '--json');
    expectGreen(documentOf(ended) as Row[]);
    expect(ended.exitCode).toBe(0);
    expect(ended.stderr).toMatch(/\d+ of 15: fileReview-1, worker dies: completed/);
    expect((await scratchFolders()).filter((name) => !before.includes(name))).toEqual([]);
    expect(processesOf('counterpoint-rehearsal')).toEqual([]);
  });

  const onPostgres = hasPostgres() ? it : it.skip;
  onPostgres('is green for contract review on PostgreSQL, in databases that are gone afterwards', async () => {
    const server = await startPostgres();
    try {
      const url = await server.newDatabase();
      const ended = await installation.startWith({ DATABASE_URL: url }, 'rehearse', 'contract-review', '--json').ended;
      expectGreen(documentOf(ended) as Row[]);
      expect(await server.databases()).not.toContainEqual(expect.stringContaining('counterpoint_rehearsal'));
    } finally {
      await server.stop();
    }
  });
});
