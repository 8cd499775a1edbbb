import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { failure } from '../../contracts/failures';
import { exitCodes } from '../exit-codes';
import { findProcess } from '../find-process';
import { unlessInterrupted } from '../interrupt';
import { readInput } from '../read-input';
import type { Row } from '../rehearse/judge';
import { describeRehearsal, describeRehearsed } from '../rehearse/describe-rehearsal';
import { rehearse } from '../rehearse/rehearse';
import { startRehearsalServer, type RehearsalServer } from '../rehearse/rehearsal-server';
import type { Context } from '../session';
import { findTemporalBinary } from '../up/temporal-binary';
import { withShop } from '../with-shop';
import { jsonOption, type AddCommand } from './command';

interface RehearseOptions {
  readonly input?: string;
  readonly json?: true;
}

const serversMin = 2;
const serversMax = 4;

export const addRehearse: AddCommand = (program, act) => {
  program
    .command('rehearse')
    .argument('<process>', 'the process, as `processes` names it')
    .description('run a process on copies of its systems, once in peace and once with every fault of every effect')
    .option(
      '--input <file>',
      'as for `run`, on a copy of the shop as it is now (default: a shipped sample, on the shipped shop)',
    )
    .option(...jsonOption)
    .action(
      act<RehearseOptions>(async (context, [name = ''], { input, json }) => {
        const { terminal, signal } = context;
        const rows = await inScratchFolder(context, (folder, cleanUp) =>
          unlessInterrupted(rehearseIn(context, { name, input, folder, cleanUp }), signal),
        );
        if (json === true) terminal.printJson(rows);
        else terminal.print(describeRehearsal(rows));
        return rows.every(({ isGreen }) => isGreen) ? exitCodes.done : exitCodes.unexpected;
      }),
    );
};

type CleanUp = (work: () => Promise<void>) => void;

interface Given {
  readonly name: string;
  readonly input: string | undefined;
  readonly folder: string;
  readonly cleanUp: CleanUp;
}

async function rehearseIn(context: Context, { name, input, folder, cleanUp }: Given): Promise<readonly Row[]> {
  const { config, project, terminal } = context;
  const process = findProcess(project.processes, name);
  const file = input ?? project.samples[process.name];
  if (file === undefined) {
    throw failure('InvalidInput', `No sample is shipped for ${process.name}. Name an input with --input.`);
  }
  const { store, about } = await readInput(process, file);
  const artifacts = join(folder, 'artifacts');
  await mkdir(artifacts);
  const stores = project.openStores(artifacts);
  const stored = await store(stores);
  terminal.say(`rehearsing ${process.name} on ${about}: copying its systems`);
  const shop =
    input === undefined
      ? await readFile(project.sampleShopFile, 'utf8')
      : await withShop(context, (open) => open.dump());
  const copies = await project.copySystems({ folder, databaseUrl: config.databaseUrl, shop });
  cleanUp(() => copies.remove());
  const { cacheDir, binaryEnvironment: env } = config;
  const binary = await findTemporalBinary('temporal-test-server', {
    cacheDir,
    env,
    onProgress: (text) => {
      terminal.show(text);
    },
  });
  const servers: RehearsalServer[] = [];
  for (let count = Math.min(serversMax, Math.max(serversMin, availableParallelism())); count > 0; count -= 1) {
    const server = await startRehearsalServer(binary, stores.dataConverter);
    cleanUp(() => server.stop());
    servers.push(server);
  }
  const { workflowBundleFile, rehearsalWorker: worker } = project;
  const { policies, playbookFile } = config;
  return rehearse(
    { process, input: stored, copies, worker, workflowBundleFile, policies, playbookFile, folder, artifacts },
    servers as [RehearsalServer, ...RehearsalServer[]], // there is at least one
    (rehearsed) => {
      terminal.say(describeRehearsed(rehearsed));
    },
  );
}

/** Works in a folder of its own, and removes it and whatever else was made, also after a failure or an interruption. */
async function inScratchFolder<Result>(
  { terminal }: Context,
  work: (folder: string, cleanUp: CleanUp) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'counterpoint-rehearsal-'));
  const cleanings: (() => Promise<void>)[] = [];
  try {
    return await work(folder, (cleaning) => cleanings.push(cleaning));
  } finally {
    for (const cleaning of cleanings.reverse()) {
      await cleaning().catch((error: unknown) => {
        terminal.say(`could not be removed: ${error instanceof Error ? error.message : String(error)}`);
      });
    }
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
