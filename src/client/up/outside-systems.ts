import { join } from 'node:path';
import * as z from 'zod/mini';
import type { Config } from '../../config';
import type { DataFolder } from './data-folder';
import { startSupervisedProcess } from './supervised-process';

/** Where the payment provider and the mailer are. */
export const OutsideAddresses = z.strictObject({
  paymentProviderUrl: z.string().check(z.maxLength(300)),
  mailerUrl: z.string().check(z.maxLength(300)),
});
export type OutsideAddresses = z.infer<typeof OutsideAddresses>;

export interface OutsideSystems {
  /** The configured ones, or else those that were started. */
  readonly addresses: OutsideAddresses;
  /** Resolves with the reason when they kept dying and were given up. */
  readonly givenUp: Promise<string>;
  stop(): Promise<void>;
}

export interface OutsideSystemsOptions {
  readonly config: Config;
  readonly folder: DataFolder;
  readonly outsideFile: string;
  readonly say: (message: string) => void;
}

/**
 * Uses the payment provider and the mailer that are configured. What is not configured is started in a process of its
 * own, which keeps its addresses when it dies and is started again.
 *
 * @throws `ServerUnavailable` when it does not start
 */
export async function startOutsideSystems(options: OutsideSystemsOptions): Promise<OutsideSystems> {
  const { config, folder, outsideFile, say } = options;
  const { paymentProviderUrl, mailerUrl } = config;
  if (paymentProviderUrl !== undefined && mailerUrl !== undefined) {
    const never = new Promise<string>(() => undefined);
    return { addresses: { paymentProviderUrl, mailerUrl }, givenUp: never, stop: () => Promise.resolve() };
  }
  const started: { at?: OutsideAddresses } = {};
  const supervised = await startSupervisedProcess({
    name: 'process of the payment provider and the mailer',
    file: outsideFile,
    argumentsNow: () => ['--data', folder.root, ...(started.at === undefined ? [] : portsOf(started.at))],
    // Nothing else of the environment: it needs no keys and no database.
    environment: { COUNTERPOINT_LOG_LEVEL: config.logLevel },
    logFile: join(folder.logs, 'outside.log'),
    onStarted(_pid, message) {
      started.at = OutsideAddresses.parse(message);
      return Promise.resolve();
    },
    onDied: say,
  });
  if (started.at === undefined) throw new Error('Expected the addresses of what was started.');
  const addresses = {
    paymentProviderUrl: paymentProviderUrl ?? started.at.paymentProviderUrl,
    mailerUrl: mailerUrl ?? started.at.mailerUrl,
  };
  return { ...supervised, addresses };
}

function portsOf({ paymentProviderUrl, mailerUrl }: OutsideAddresses): readonly string[] {
  return ['--payment-provider-port', new URL(paymentProviderUrl).port, '--mailer-port', new URL(mailerUrl).port];
}
