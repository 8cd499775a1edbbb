import { InvalidArgumentError } from 'commander';
import type { Config } from '../../config';
import { failure } from '../../contracts/failures';
import { exitCodes } from '../exit-codes';
import { unlessInterrupted } from '../interrupt';
import { connect } from '../session';
import { bringUp } from '../up/bring-up';
import { openDataFolder } from '../up/data-folder';
import type { AddCommand } from './command';

interface UpOptions {
  readonly port?: number;
  readonly uiPort?: number;
}

export const addUp: AddCommand = (program, act) => {
  program
    .command('up')
    .description('bring up a worker, and a Temporal server if none is configured, until stopped')
    .option('--port <port>', 'port of the Temporal server (default: a free one)', parsePort)
    .option('--ui-port <port>', 'port of the Temporal UI (default: a free one)', parsePort)
    .action(
      act<UpOptions>(async ({ config, project, terminal, signal }, _args, ports) => {
        const folder = await openDataFolder(config.dataDir);
        if (config.temporal !== undefined) await proveConfigured(config);
        const up = await bringUp({ config, folder, signal, ...project, say: terminal.say, ...ports });
        if (!up.isOwner) {
          await up.release();
          throw failure('DataFolderUnusable', `The data folder ${folder.root} is up already, at ${up.address}.`);
        }
        terminal.print(`up: Temporal at ${up.address}${up.uiUrl === undefined ? '' : `, its UI at ${up.uiUrl}`}`);
        if (up.outside !== undefined) {
          const { paymentProviderUrl, mailerUrl } = up.outside;
          terminal.print(`payment provider: ${paymentProviderUrl}${ownNote(config.paymentProviderUrl)}`);
          terminal.print(`mailer: ${mailerUrl}${ownNote(config.mailerUrl)}`);
        }
        terminal.print(`data folder: ${folder.root}`);
        terminal.print('Ctrl-C stops; runs are kept and go on with the next `up`.');
        try {
          const reason = await unlessInterrupted(up.lost, signal);
          throw failure('ServerUnavailable', `What was up is lost: ${reason}.`);
        } catch (error) {
          if (signal.aborted) return exitCodes.done;
          throw error;
        } finally {
          await up.release();
        }
      }),
    );
};

/** Nobody should take a system that pays and sends nothing for a real one. */
function ownNote(configuredUrl: string | undefined): string {
  return configuredUrl === undefined ? ' (for development: it keeps what it is asked for and passes nothing on)' : '';
}

/** @throws `ServerUnavailable`, which a worker could only say in its log */
async function proveConfigured(config: Config): Promise<void> {
  await (await connect(config, undefined)).close();
}

function parsePort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new InvalidArgumentError('A port is a number from 1 to 65535.');
}
