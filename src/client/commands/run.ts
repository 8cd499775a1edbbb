import type { RunView, WaitingView } from '../../contracts/run-view';
import { decideAsDemo } from '../decide-for';
import { describeResult } from '../describe';
import { exitCodeOfOutcome, exitCodes } from '../exit-codes';
import { findProcess } from '../find-process';
import { followRun } from '../follow';
import { unlessInterrupted } from '../interrupt';
import { readInput } from '../read-input';
import { startRun } from '../runs';
import { withSession, type Session } from '../session';
import { oneLine } from '../terminal';
import { uiLink } from '../ui-link';
import { jsonOption, type AddCommand } from './command';

interface RunOptions {
  readonly input: string;
  readonly id?: string;
  readonly wait?: true;
  readonly yes?: true;
  readonly json?: true;
}

export const addRun: AddCommand = (program, act) => {
  program
    .command('run')
    .argument('<process>', 'the process, as `processes` names it')
    .description('start a run and print its id')
    .requiredOption(
      '--input <file>',
      'the input: a .json file, a document for a process that starts from one, or - for standard input',
    )
    .option('--id <id>', 'the run’s id; the same id twice starts nothing twice (default: a new one)')
    .option('--wait', 'follow the run to its end, with a server and a worker for as long as that takes if none is up')
    .option('--yes', 'with --wait: approve whatever waits, as the actor "demo"; reject what cannot be approved')
    .option(...jsonOption)
    .action(
      act<RunOptions>(async (context, [name = ''], options) => {
        const process = findProcess(context.project.processes, name);
        const { about, store } = await unlessInterrupted(readInput(process, options.input), context.signal);
        return withSession(context, async (session) => {
          const { client, config, terminal, stores, up } = session;
          const { id } = options;
          const given = { process, input: await store(stores), about, taskQueue: config.taskQueue };
          const runId = await startRun(client, id === undefined ? given : { ...given, runId: id });
          terminal.say(`run ${runId}${uiLink(session, runId)}`);
          if (options.wait === true) return waitForRun(session, runId, options);
          if (options.json === true) terminal.printJson({ runId });
          else terminal.print(runId);
          if (up?.isOwner === true) terminal.say('Nothing keeps it going yet: it goes on with `counterpoint up`.');
          return exitCodes.done;
        });
      }),
    );
};

async function waitForRun(session: Session, runId: string, { yes, json }: RunOptions): Promise<number> {
  const { terminal, signal } = session;
  const sayKept = () => {
    terminal.say(`The run ${runId} is kept and goes on with \`counterpoint up\`.`);
  };
  signal.addEventListener('abort', sayKept);
  const result = await followRun(session, runId, async (waiting: WaitingView, view: RunView) => {
    if (yes === true) await decideAsDemo(session, waiting, view);
    else terminal.say(`${oneLine(waiting.role)} must decide ${waiting.step}: counterpoint show ${runId}`);
  });
  signal.removeEventListener('abort', sayKept);
  if (json === true) terminal.printJson({ runId, ...result });
  else terminal.print(describeResult(result));
  return exitCodeOfOutcome(result.outcome);
}
