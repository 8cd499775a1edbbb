import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../src/client/up/free-port';
import { waitUntilServing } from '../../src/client/up/serving';

/**
 * How the dev server is started. `lifted`: as `counterpoint up` starts it, with a database file that is synced and
 * the limit lifted at which it reads its queues. `asItComes`: `temporal server start-dev` and nothing else, which
 * keeps everything in memory and reads its transfer queue 20 times a second.
 */
export const serverWays = ['lifted', 'asItComes'] as const;
export type ServerWay = (typeof serverWays)[number];

export interface TemporalServer {
  readonly address: string;
  readonly pid: number;
  stop(): Promise<void>;
}

const host = '127.0.0.1';
const stopWithinMs = 5_000;

/** Starts a dev server on free ports; it ends with this process. Its log is `temporal.log` in the folder. */
export async function startTemporalServer(binary: string, way: ServerWay, folder: string): Promise<TemporalServer> {
  const port = await freePort();
  const uiPort = await freePort();
  const log = openSync(join(folder, 'temporal.log'), 'a');
  const args = ['server', 'start-dev', '--ip', host, '--port', String(port), '--ui-port', String(uiPort)];
  const child = spawn(binary, [...args, ...argumentsOf(way, folder)], { stdio: ['ignore', log, log] });
  closeSync(log);
  const ended = once(child, 'exit');
  const endWithUs = () => child.kill('SIGKILL');
  process.once('exit', endWithUs);
  const died = ended.then((): never => {
    throw new Error(`The Temporal server of the benchmark ended; see ${join(folder, 'temporal.log')}.`);
  });
  died.catch(() => undefined);
  await waitUntilServing({ address: `${host}:${port}`, uiUrl: `http://${host}:${uiPort}` }, died);
  return {
    address: `${host}:${port}`,
    pid: child.pid ?? 0,
    async stop() {
      process.off('exit', endWithUs);
      child.kill('SIGTERM');
      const kill = setTimeout(() => child.kill('SIGKILL'), stopWithinMs);
      await ended;
      clearTimeout(kill);
    },
  };
}

function argumentsOf(way: ServerWay, folder: string): readonly string[] {
  switch (way) {
    case 'asItComes':
      return ['--log-level', 'error'];
    case 'lifted':
      return [
        ...['--db-filename', join(folder, 'temporal.db')],
        ...['--sqlite-pragma', 'journal_mode=WAL', '--sqlite-pragma', 'synchronous=FULL'],
        ...['--dynamic-config-value', 'history.transferProcessorMaxPollRPS=5000'],
        ...['--dynamic-config-value', 'history.transferProcessorMaxPollHostRPS=5000'],
        ...['--log-level', 'error'],
      ];
  }
}
