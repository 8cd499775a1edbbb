import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { destination, pino } from 'pino';
import { openDataFolder, type DataFolder } from './client/up/data-folder';
import { awaitLock, type Lock } from './client/up/lock';
import { loadConfig } from './config';
import { failure } from './contracts/failures';
import { startMailer } from './outside/mailer';
import { startPaymentProvider } from './outside/payment-provider';

// What the systems keep is about customers: for its user only.
process.umask(0o077);

/** One whose starter was killed ends in a moment, and is waited for. */
const filesWithinMs = 20_000;

/**
 * Runs the payment provider and the mailer until told to stop: by a signal, or by the end of the process that started
 * this one. A starter is told their addresses; at a terminal they are printed.
 */
async function main(): Promise<void> {
  const toldToStop = untilToldToStop();
  const { ports, dataDir } = optionsOf(process.argv.slice(2));
  const config = loadConfig(process.env);
  const logger = pino({ level: config.logLevel }, destination(2));
  const onTrouble = (error: unknown) => {
    logger.error({ error }, error instanceof Error ? error.message : String(error));
  };
  const folder = await openDataFolder(dataDir ?? config.dataDir);
  const hold = await holdFiles(folder);
  const paymentProvider = await startPaymentProvider({
    ...{ file: join(folder.outside, 'refunds.jsonl'), port: ports.paymentProvider, onTrouble },
  });
  const mailer = await startMailer({ file: join(folder.outside, 'messages.jsonl'), port: ports.mailer, onTrouble });
  const addresses = { paymentProviderUrl: paymentProvider.url, mailerUrl: mailer.url };
  if (process.connected) process.send?.(addresses);
  else {
    process.stdout.write(`COUNTERPOINT_PAYMENT_PROVIDER_URL=${addresses.paymentProviderUrl}\n`);
    process.stdout.write(`COUNTERPOINT_MAILER_URL=${addresses.mailerUrl}\n`);
  }
  await toldToStop;
  await Promise.all([paymentProvider.close(), mailer.close()]);
  await hold.release();
}

/** @throws `InvalidInput` for an unknown option, or a port that is none */
function optionsOf(words: string[]) {
  try {
    const { values } = parseArgs({
      args: words,
      options: {
        data: { type: 'string' },
        'payment-provider-port': { type: 'string', default: '0' },
        'mailer-port': { type: 'string', default: '0' },
      },
    });
    const ports = {
      paymentProvider: portOf(values['payment-provider-port']),
      mailer: portOf(values['mailer-port']),
    };
    return { ports, dataDir: values.data };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw failure('InvalidInput', `${why} Options: --data DIR, --payment-provider-port PORT, --mailer-port PORT.`);
  }
}

function portOf(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port < 65_536) return port;
  throw failure('InvalidInput', `A port is a number from 0, a free one, to 65535; this is ${JSON.stringify(text)}.`);
}

/** @throws `DataFolderUnusable` when another process keeps the files */
async function holdFiles(folder: DataFolder): Promise<Lock> {
  const taking = await awaitLock(folder, 'outside', filesWithinMs);
  if (taking.taken) return taking.lock;
  throw failure(
    'DataFolderUnusable',
    `Process ${taking.ownerPid} runs the outside systems of ${folder.root}. End it, or use another data folder.`,
    { ownerPid: taking.ownerPid },
  );
}

function untilToldToStop(): Promise<void> {
  return new Promise((resolve) => {
    for (const end of ['disconnect', 'SIGTERM', 'SIGINT'] as const) {
      process.once(end, () => {
        resolve();
      });
    }
  });
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    pino(destination(2)).fatal({ error }, error instanceof Error ? error.message : String(error));
    process.exit(1);
  },
);
