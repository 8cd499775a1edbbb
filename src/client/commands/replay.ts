import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { DefaultLogger, Runtime, Worker, type ReplayHistoriesIterable } from '@temporalio/worker';
import type { DataConverter } from '@temporalio/common';
import { failure } from '../../contracts/failures';
import { exitCodes } from '../exit-codes';
import { withSession, type Context } from '../session';
import { table } from '../terminal';
import { jsonOption, type AddCommand } from './command';

interface ReplayOptions {
  readonly live?: string;
  readonly json?: true;
}

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
        Runtime.install({ logger: new DefaultLogger('ERROR') });
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

/** Golden histories lie as JSON in a folder; their artifacts lie in `artifacts` beside it. */
async function replayFolder(context: Context, folder: string): Promise<Replayed[]> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.json'));
  if (names.length === 0)
    throw failure('InvalidInput', `There are no histories (*.json) in ${folder}. Name a folder that has some.`);
  const histories = names.map(async (name) => ({
    workflowId: basename(name, '.json'),
    history: JSON.parse(await readFile(join(folder, name), 'utf8')) as object,
  }));
  const { dataConverter } = context.project.openStores(join(dirname(folder), 'artifacts'));
  return replay(context, await Promise.all(histories), dataConverter);
}

function replayLive(context: Context, query: string): Promise<Replayed[]> {
  return withSession(context, ({ client, stores, terminal }) => {
    terminal.say('fetching and replaying histories');
    return replay(context, client.workflow.list({ query }).intoHistories(), stores.dataConverter);
  });
}

async function replay(
  { project, terminal }: Context,
  histories: ReplayHistoriesIterable,
  dataConverter: DataConverter,
) {
  const replayed: Replayed[] = [];
  const options = { workflowBundle: { codePath: project.workflowBundleFile }, dataConverter };
  for await (const { workflowId, error } of Worker.runReplayHistories(options, histories)) {
    replayed.push({ history: workflowId, fits: error === undefined, error: error?.message ?? null });
    terminal.show(`${replayed.length} histories replayed`);
  }
  return replayed;
}
