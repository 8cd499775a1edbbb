import { Client, Connection } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import type { Config } from '../config';
import type { Artifact } from '../contracts/artifact';
import { failure } from '../contracts/failures';
import type { AgentCard, ToolCard } from '../contracts/manifest';
import type { ProcessDescription } from '../contracts/process';
import type { ReadNode } from '../contracts/read-transcript';
import type { SystemsCopies, SystemsSource } from '../contracts/rehearsal';
import { unlessInterrupted } from './interrupt';
import type { WorkerProgram } from './rehearse/rehearsal-process';
import type { Terminal } from './terminal';
import type { OpenedShop, ShopPlace } from './with-shop';
import { bringUp, type Up } from './up/bring-up';
import { openDataFolder, type DataFolder } from './up/data-folder';

/** Histories and views may be large; gRPC's own limit is 4 MB. */
const messageBytesMax = 128 * 1024 * 1024;

const connectWithinMs = 5_000;

/** What the composition root gives the command line: this project's catalogues, stores and worker. */
export interface Project {
  readonly version: string;
  readonly processes: readonly ProcessDescription[];
  readonly tools: readonly ToolCard[];
  readonly workerFile: string;
  readonly outsideFile: string;
  readonly workflowBundleFile: string;
  /** The contract that `demo` reviews. */
  readonly demoDocument: string;
  /** The shop that `data load` loads when it is told no other. */
  readonly sampleShopFile: string;
  /** The worker that rehearses. */
  readonly rehearsalWorker: WorkerProgram;
  /** The inputs that are rehearsed when none is given, by process. */
  readonly samples: Readonly<Record<string, string>>;
  /** Makes systems of a shop, to be copied for each run of a rehearsal. */
  readonly copySystems: (source: SystemsSource) => Promise<SystemsCopies>;
  /** The agents, with the models that the configuration prefers for them. @throws `InvalidInput` */
  agentsOf(config: Config): Promise<readonly AgentCard[]>;
  /** @throws `InvalidInput` when a worker would not start with what the configuration says of models */
  assertModels(config: Config): Promise<void>;
  openStores(artifactFolder: string): Stores;
  /** Opens the shop's database; only one process may have an embedded one open. */
  openShop(place: ShopPlace): Promise<OpenedShop>;
  /** Opens the store of transcripts that a worker of this place writes to. */
  openTranscripts(place: TranscriptPlace): Promise<OpenedTranscripts>;
}

/** Where transcripts are kept: on a PostgreSQL server, or in a folder. */
export type TranscriptPlace = { readonly url: string } | { readonly folder: string };

/** A store of transcripts that can be read. */
export interface OpenedTranscripts {
  readonly read: ReadNode;
  close(): Promise<void>;
}

export interface Stores {
  readonly dataConverter: DataConverter;
  putDocument(content: Uint8Array, name: string): Promise<Artifact>;
}

/** Everything a command works with. */
export interface Context {
  readonly project: Project;
  readonly config: Config;
  readonly terminal: Terminal;
  /** Aborted at Ctrl-C. */
  readonly signal: AbortSignal;
}

/** A connection to the server, for one command. */
export interface Session extends Context {
  readonly client: Client;
  readonly folder: DataFolder;
  readonly stores: Stores;
  readonly up: Up | undefined;
}

/**
 * Works with the server: the configured one, the one that is up in the data folder, or one that is brought up for as
 * long as this takes. Whatever was brought up goes down again, also when the work fails or is interrupted.
 */
export async function withSession<Result>(
  context: Context,
  work: (session: Session) => Promise<Result>,
): Promise<Result> {
  const { config, project, terminal, signal } = context;
  const folder = await openDataFolder(config.dataDir);
  const up =
    config.temporal === undefined
      ? await bringUp({ config, folder, signal, ...project, say: terminal.say })
      : undefined;
  try {
    return await unlessInterrupted(withConnection(context, { folder, up }, work), signal);
  } finally {
    await up?.release();
  }
}

/**
 * Connects to what is up. The connection is closed when the work has succeeded. After a failure a call may still be
 * waiting to be tried again, which on a closed connection would throw where nobody can catch it; the process ends soon.
 */
async function withConnection<Result>(
  context: Context,
  { folder, up }: Pick<Session, 'folder' | 'up'>,
  work: (session: Session) => Promise<Result>,
): Promise<Result> {
  const { config, project } = context;
  const stores = project.openStores(folder.artifacts);
  const connection = await connect(config, up?.address);
  const client = new Client({ connection, namespace: config.namespace, dataConverter: stores.dataConverter });
  const result = await work({ ...context, client, folder, stores, up });
  await connection.close();
  return result;
}

/**
 * Connects to the configured server, or to the one at this address.
 *
 * @throws `ServerUnavailable` when it does not answer
 */
export async function connect({ temporal }: Config, address: string | undefined): Promise<Connection> {
  const options = temporal?.connectionOptions ?? { address: address ?? '' };
  try {
    return await Connection.connect({
      connectTimeout: connectWithinMs,
      ...options,
      channelArgs: { 'grpc.max_receive_message_length': messageBytesMax },
    });
  } catch (error) {
    throw failure(
      'ServerUnavailable',
      `The Temporal server at ${options.address ?? 'the configured address'} cannot be reached: ` +
        `${error instanceof Error ? error.message : String(error)}. Start it, or unset TEMPORAL_ADDRESS to have one brought up.`,
      { address: options.address ?? null },
    );
  }
}
