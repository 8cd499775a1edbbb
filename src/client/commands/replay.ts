import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Client } from '@temporalio/client';
import {
  DefaultLogger,
  makeTelemetryFilterString,
  Runtime,
  Worker,
  type ReplayHistoriesIterable,
} from '@temporalio/worker';
import type { DataConverter } from '@temporalio/common';
import { failure } from '../../contracts/failures';
import { exitCodes } from '../exit-codes';
import { grpcStatusOf } from '../grpc-status';
import { withSession, type Context } from '../session';
import { table } from '../terminal';
import { jsonOption, type AddCommand } from './command';

interface ReplayOptions {
  readonly live?: string;
  readonly json?: true;
}

/** gRPC's number for an argument that does not fit. */
const invalidArgument = 3;

/** What replaying one history showed; `error` when it does not fit the code. */
interface Replayed {
  readonly history: string;
  readonly fits: boolean;
  readonly error: string | null;
}

export const addReplay: AddCommand = (program, act) => {
  program
    .command('replay')
    .argument('[folder]', 'a folder of golden histories', 'test/replay/histories/contract-review')
    .description('hold histories against the processes as they are now')
    .option('--live <query>', 'replay the namespace’s own histories that this visibility query finds')
    .option(...jsonOption)
    .action(
      act<ReplayOptions>(async (context, [folder = ''], { live, json }) => {
        logToStandardError();
        const replayed = live === undefined ? await replayFolder(context, folder) : await replayLive(context, live);
        const failed = replayed.filter(({ fits }) => !fits);
        if (json === true) context.terminal.printJson(replayed);
        else {
          context.terminal.print(
            table(
              ['history', 'replay'],
              replayed.map(({ history, error }) => [history, error ?? 'fits']),
            ),
          );
          context.terminal.print(`${replayed.length - failed.length} of ${replayed.length} histories fit.`);
        }
        return failed.length === 0 ? exitCodes.done : exitCodes.replayFailed;
      }),
    );
};

/** The SDK's native part would otherwise log to standard output, into the document that programs read. */
function logToStandardError(): void {
  const filter = makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' });
  Runtime.install({ logger: new DefaultLogger('ERROR'), telemetryOptions: { logging: { filter, forward: {} } } });
}

/** Golden histories lie as JSON in a folder; their artifacts lie in `artifacts` beside it. */
async function replayFolder(context: Context, folder: string): Promise<Replayed[]> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.json'));
  if (names.length === 0)
    throw failure('InvalidInput', `There are no histories (*.json) in ${folder}. Name a folder that has some.`);
  const histories = names.map(async (name) => ({
    workflowId: basename(name, '.json'),
    history: parseHistory(join(folder, name), await readFile(join(folder, name), 'utf8')),
  }));
  const { dataConverter } = context.project.openStores(join(dirname(folder), 'artifacts'));
  return replay(context, await Promise.all(histories), dataConverter);
}

function parseHistory(file: string, text: string): object {
  try {
    return JSON.parse(text) as object; // held against Temporal's own schema as it is replayed
  } catch (error) {
    throw failure(
      'InvalidInput',
      `${file} is not the JSON of a history: ${error instanceof Error ? error.message : ''}`,
      {
        file,
      },
    );
  }
}

function replayLive(context: Context, query: string): Promise<Replayed[]> {
  return withSession(context, async ({ client, stores, terminal }) => {
    // A query that is wrong says so here; among histories the answer would be lost.
    const found = await checkedQuery(client, query);
    if (found === 0) throw failure('InvalidInput', `The query ${query} finds no histories, so nothing was replayed.`);
    terminal.say(`replaying ${found} ${found === 1 ? 'history' : 'histories'}`);
    return replay(context, client.workflow.list({ query }).intoHistories(), stores.dataConverter);
  });
}

/** How many executions a query finds. @throws `InvalidInput` when the server does not understand it */
async function checkedQuery(client: Client, query: string): Promise<number> {
  try {
    return (await client.workflow.count(query)).count;
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined;
    if (!(cause instanceof Error && grpcStatusOf(cause) === invalidArgument)) throw error;
    throw failure('InvalidInput', `The server does not understand the query ${query}: ${cause.message}`, { query });
  }
}

async function replay(
  { project, terminal }: Context,
  histories: ReplayHistoriesIterable,
  dataConverter: DataConverter,
) {
  const replayed: Replayed[] = [];
  const options = { workflowBundle: { codePath: project.workflowBundleFile }, dataConverter };
  for await (const { workflowId, error } of Worker.runReplayHistories(options, histories)) {
    replayed.push({
      history: workflowId,
      fits: error === undefined,
      error: error === undefined ? null : reasonOf(error),
    });
    terminal.show(`replayed ${replayed.length}: ${workflowId}`);
  }
  return replayed;
}

/** What did not fit, without the debugging text that the SDK wraps around it. */
function reasonOf({ message }: Error): string {
  return /Nondeterminism error: (.*?)"?, source:/s.exec(message)?.[1] ?? message;
}
