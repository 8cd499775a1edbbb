import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDataFolder, type DataFolder } from '../../../src/client/up/data-folder';
import { isAlive } from '../../../src/client/up/process-identity';
import { claimUp, readUpState, type UpClaim } from '../../../src/client/up/up-state';

const addresses = { address: '127.0.0.1:1', uiUrl: 'http://127.0.0.1:2', startedAt: '2026-11-21T00:00:00Z' };

const upFolder = join(__dirname, '../../../src/client/up');

/** A program that claims a data folder, says whether it got it, and holds it until it is ended. */
const claimAndHold = `
  const [folder, dir] = process.argv.slice(1);
  const { dataFolder } = require(folder + '/data-folder.ts');
  const { claimUp } = require(folder + '/up-state.ts');
  claimUp(dataFolder(dir)).then(async (result) => {
    if (result.claimed) await result.claim.publish({ address: 'a:1', uiUrl: 'http://a', startedAt: 'now' });
    process.stdout.write(result.claimed ? 'claimed' : 'owner ' + result.ownerPid);
    process.stdin.resume();
  });
`;

describe('what is up in a data folder', () => {
  let root: string;
  let folder: DataFolder;
  let children: ChildProcess[];
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'counterpoint-up-'));
    folder = await openDataFolder(join(root, 'data'));
    children = [];
  });
  afterEach(async () => {
    await Promise.all(children.map((child) => end(child)));
    await rm(root, { recursive: true, force: true });
  });

  async function end(child: ChildProcess): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }

  /** A process that claims the folder, and the first line it says. */
  async function claimant(dir = folder.root): Promise<{ readonly child: ChildProcess; readonly says: string }> {
    const child = spawn(process.execPath, ['-r', 'tsx/cjs', '-e', claimAndHold, upFolder, dir], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    children.push(child);
    const [says] = (await once(child.stdout, 'data')) as [Buffer];
    return { child, says: says.toString().trim() };
  }

  /** A process with the command line of a dev server on the given database. */
  function idleServer(databaseFile: string): number {
    const child = spawn(process.execPath, [
      '-e',
      'setInterval(() => {}, 1000)',
      '--',
      'server',
      'start-dev',
      '--db-filename',
      databaseFile,
    ]);
    children.push(child);
    return child.pid ?? 0;
  }

  async function claimed(): Promise<UpClaim> {
    const result = await claimUp(folder);
    if (!result.claimed) throw new Error(`The folder is claimed by ${result.ownerPid}.`);
    return result.claim;
  }

  it.each(['', '{', '{"ownerPid":1}', '{"ownerPid":-1,"address":"a:1","uiUrl":"u","startedAt":"s"}', '[]'])(
    'takes the broken record %j for none, says so, and lets it be replaced',
    async (text) => {
      await writeFile(folder.upState, text);
      expect(await readUpState(folder)).toEqual({
        state: 'down',
        reason: expect.stringContaining('is not a record of what is up') as string,
      });
      const claim = await claimed();
      expect(await claim.endOrphanedServer()).toBeUndefined();
      await claim.publish(addresses);
      expect(await readUpState(folder)).toEqual({ state: 'up', record: { ownerPid: process.pid, ...addresses } });
    },
  );

  it('is down when the record is of a process that is gone', async () => {
    const { child } = await claimant();
    expect(await readUpState(folder)).toMatchObject({ state: 'up', record: { ownerPid: child.pid } });
    await end(child);
    expect(await readUpState(folder)).toEqual({
      state: 'down',
      reason: expect.stringContaining('which is gone') as string,
    });
  });

  it('never takes another program that got the number of the server for the server', async () => {
    const serverPid = idleServer(join(root, 'other', 'temporal.db'));
    await writeFile(folder.upState, JSON.stringify({ ownerPid: 999_999_999, serverPid, ...addresses }));
    expect(await readUpState(folder)).toMatchObject({ state: 'down' });
    const claim = await claimed();
    expect(await claim.endOrphanedServer()).toBeUndefined();
    expect(isAlive(serverPid)).toBe(true);
  });

  it('does not take a process for the owner that got its number later', async () => {
    await writeFile(
      join(folder.root, 'up.lock.3'),
      JSON.stringify({ pid: process.pid, identity: 'an earlier boot:1' }),
    );
    await writeFile(folder.upState, JSON.stringify({ ownerPid: process.pid, ...addresses }));
    expect(await readUpState(folder)).toMatchObject({ state: 'down' });
    await claimed();
  });

  it('takes over a lock that a power cut damaged', async () => {
    await writeFile(join(folder.root, 'up.lock.7'), '');
    await claimed();
    expect((await readdir(folder.root)).filter((name) => name.startsWith('up.lock.'))).toEqual(['up.lock.8']);
  });

  it('refuses a second claim and names the owner', async () => {
    await claimed();
    expect(await claimUp(folder)).toEqual({ claimed: false, ownerPid: process.pid });
    expect((await claimant()).says).toBe(`owner ${process.pid}`);
  });

  it('lets one of many claims in one process succeed', async () => {
    const results = await Promise.all(Array.from({ length: 20 }, () => claimUp(folder)));
    expect(results.filter((result) => result.claimed)).toHaveLength(1);
  });

  it('lets one of several processes take over from a dead one', async () => {
    await end((await claimant()).child);
    const said = (await Promise.all(Array.from({ length: 4 }, () => claimant()))).map(({ child, says }) => ({
      pid: child.pid,
      says,
    }));
    const owner = said.find(({ says }) => says === 'claimed');
    expect(said.map(({ says }) => says).sort()).toEqual(['claimed', ...Array<string>(3).fill(`owner ${owner?.pid}`)]);
    expect(await readUpState(folder)).toMatchObject({ state: 'up', record: { ownerPid: owner?.pid } });
  });

  it('finds a server whose owner died, and ends it', async () => {
    const serverPid = idleServer(folder.temporalDatabase);
    const record = { ownerPid: 999_999_999, serverPid, ...addresses };
    await writeFile(folder.upState, JSON.stringify(record));
    expect(await readUpState(folder)).toEqual({ state: 'orphaned', record });
    const claim = await claimed();
    expect(await claim.endOrphanedServer()).toBe(serverPid);
    expect(isAlive(serverPid)).toBe(false);
    expect(await readUpState(folder)).toEqual({ state: 'down' });
  });

  it('can be claimed again after a release, which leaves nothing up', async () => {
    const first = await claimed();
    await first.publish({ ...addresses, serverPid: 4, workerPid: 5 });
    await first.release();
    expect(await readUpState(folder)).toEqual({ state: 'down' });
    await claimed();
  });

  it('leaves other data folders alone', async () => {
    const other = await openDataFolder(join(root, 'other'));
    await (await claimed()).publish(addresses);
    expect(await readUpState(other)).toEqual({ state: 'down' });
    expect((await claimUp(other)).claimed).toBe(true);
    expect(JSON.parse(await readFile(folder.upState, 'utf8'))).toMatchObject({ ownerPid: process.pid });
  });
});
