import { findProcess } from '../find-process';
import { unlessInterrupted } from '../interrupt';
import { readInput } from '../read-input';
import { startRun } from '../runs';
import { withSession } from '../session';
import { afterStart, startedOptions, type StartedOptions } from '../started-run';
import { jsonOption, type AddCommand } from './command';

interface RunOptions extends StartedOptions {
  readonly input: string;
  readonly id?: string;
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
    .option(...startedOptions.wait)
    .option(...startedOptions.yes)
    .option(...startedOptions.verbose)
    .option(...jsonOption)
    .action(
      act<RunOptions>(async (context, [name = ''], options) => {
        const process = findProcess(context.project.processes, name);
        const { about, store } = await unlessInterrupted(readInput(process, options.input), context.signal);
        return withSession(context, async (session) => {
          const { client, config, stores } = session;
          const { id } = options;
          const given = { process, input: await store(stores), about, taskQueue: config.taskQueue };
          const runId = await startRun(client, id === undefined ? given : { ...given, runId: id });
          return afterStart(session, { runId }, options);
        });
      }),
    );
};
