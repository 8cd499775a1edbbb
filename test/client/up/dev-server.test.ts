import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import { registerSearchAttributes } from '../../../src/client/register-search-attributes';
import { startDevServer, type DevServer, type DevServerOptions } from '../../../src/client/up/dev-server';
import { openDataFolder } from '../../../src/client/up/data-folder';
import { isAlive } from '../../../src/client/up/process-identity';
import { findTemporalBinary } from '../../../src/client/up/temporal-binary';
import { claimUp, readUpState } from '../../../src/client/up/up-state';
import { loadConfig } from '../../../src/config';

describe('the dev server', () => {
  let root: string;
  let options: DevServerOptions;
  let server: DevServer | undefined;

  beforeAll(async () => {
    const binary = await findTemporalBinary('temporal', {
      cacheDir: loadConfig(process.env).cacheDir,
      env: process.env,
    });
    root = await mkdtemp(join(tmpdir(), 'counterpoint-server-'));
    const folder = await openDataFolder(root);
    const logFile = join(folder.logs, 'temporal.log');
    options = { binary, databaseFile: folder.temporalDatabase, logFile };
  }, 120_000);
  afterEach(async () => {
    await server?.stop();
    server = undefined;
  });
  afterAll(() => rm(root, { recursive: true, force: true }));

  async function occupiedPort(): Promise<{ readonly port: number; readonly listener: Server }> {
    const listener = createServer();
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
    return { port: (listener.address() as AddressInfo).port, listener };
  }

  it.each(['port', 'uiPort'] as const)('is not started when its %s is occupied, which is named', async (which) => {
    const { port, listener } = await occupiedPort();
    await expect(startDevServer({ ...options, [which]: port })).rejects.toMatchObject({
      type: 'PortOccupied',
      message: expect.stringMatching(new RegExp(`^Port ${port} of 127\\.0\\.0\\.1 is needed .* EADDRINUSE`)) as string,
      details: { port },
    });
    listener.close();
  });

  it('says what its log says when it ends at once', async () => {
    const failing = startDevServer({ ...options, databaseFile: join(root, 'missing', 'temporal.db') });
    await expect(failing).rejects.toMatchObject({
      type: 'ServerUnavailable',
      message: expect.stringMatching(
        /it ended with exit code 1\. Its log .* ends with:\n.*no such file or directory/,
      ) as string,
    });
  });

  it('is refused when its program cannot be started', async () => {
    await expect(startDevServer({ ...options, binary: join(root, 'missing') })).rejects.toMatchObject({
      type: 'ServerUnavailable',
      message: expect.stringContaining('ENOENT') as string,
    });
  });

  it('takes other free ports when the chosen ones were taken meanwhile', async () => {
    const binary = join(root, 'late');
    const first = join(root, 'was-here');
    const taken = `if [ ! -e ${first} ]; then touch ${first}; echo "bind: address already in use"; exit 1; fi`;
    await writeFile(binary, `#!/bin/sh\n${taken}\nexec ${options.binary} "$@"\n`);
    await chmod(binary, 0o755);
    const spawned: string[] = [];
    server = await startDevServer({
      ...options,
      binary,
      onSpawned: ({ address }) => {
        spawned.push(address);
        return Promise.resolve();
      },
    });
    expect(spawned).toHaveLength(2);
    expect(server.address).toBe(spawned[1]);
  });

  it('serves its API and its UI, stops when told, more than once, and leaves no process', async () => {
    server = await startDevServer(options);
    const connection = await Connection.connect({ address: server.address });
    const client = new Client({ connection });
    const { executionStatus } = await startUnworked(client);
    expect(executionStatus).toBe('RUNNING');
    await connection.close();
    const page = await fetch(server.uiUrl);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('<html');

    expect(isAlive(server.pid)).toBe(true);
    await Promise.all([server.stop(), server.stop()]);
    expect(isAlive(server.pid)).toBe(false);
    await expect(fetch(server.uiUrl)).rejects.toThrow();
  }, 120_000);

  it('keeps its workflows in the database file, and gets the search attributes of runs once', async () => {
    server = await startDevServer(options);
    const before = await Connection.connect({ address: server.address });
    await registerSearchAttributes(before, 'default');
    const { workflowId } = await startUnworked(new Client({ connection: before }));
    await before.close();
    await server.stop();

    server = await startDevServer(options);
    const after = await Connection.connect({ address: server.address });
    await registerSearchAttributes(after, 'default');
    expect((await new Client({ connection: after }).workflow.getHandle(workflowId).describe()).status.name).toBe(
      'RUNNING',
    );
    await after.close();
  });

  it('refuses a namespace in which a search attribute of runs has another type', async () => {
    server = await startDevServer({ ...options, databaseFile: `${options.databaseFile}.other` });
    const connection = await Connection.connect({ address: server.address });
    await connection.operatorService.addSearchAttributes({
      namespace: 'default',
      searchAttributes: { CounterpointState: temporal.api.enums.v1.IndexedValueType.INDEXED_VALUE_TYPE_INT },
    });
    await expect(registerSearchAttributes(connection, 'default')).rejects.toMatchObject({
      type: 'InvalidInput',
      message: expect.stringContaining('CounterpointState') as string,
    });
    await connection.close();
  });

  it('is found by its data folder when its owner died, and only there, and is ended', async () => {
    const folder = await openDataFolder(join(root, 'orphaned'));
    const other = await openDataFolder(join(root, 'other'));
    server = await startDevServer({ ...options, databaseFile: folder.temporalDatabase });
    const { address, uiUrl, pid: serverPid } = server;
    const record = { ownerPid: 999_999_999, serverPid, address, uiUrl, startedAt: '2026-11-21T00:00:00Z' };
    for (const { upState } of [folder, other]) await writeFile(upState, JSON.stringify(record));
    expect((await readUpState(other)).state).toBe('down');
    expect((await readUpState(folder)).state).toBe('orphaned');
    const claim = await claimUp(folder);
    expect(claim.claimed && (await claim.claim.endOrphanedServer())).toBe(serverPid);
    expect(isAlive(serverPid)).toBe(false);
    expect(await readFile(options.logFile, 'utf8')).toContain('Temporal Server:');
  });

  let started = 0;
  async function startUnworked(
    client: Client,
  ): Promise<{ readonly workflowId: string; readonly executionStatus: string }> {
    started += 1;
    const workflowId = `unworked-${started}`;
    const handle = await client.workflow.start('unworked', { workflowId, taskQueue: 'nobody' });
    return { workflowId, executionStatus: (await handle.describe()).status.name };
  }
});
