import { readInput } from '../read-input';
import { startRun } from '../runs';
import { withSession } from '../session';
import { afterStart, startedOptions, type StartedOptions } from '../started-run';
import { toFork } from '../take-over';
import { jsonOption, type AddCommand } from './command';

interface ForkOptions extends StartedOptions {
  readonly at: string;
  readonly input?: string;
  readonly id?: string;
}

const help = `
The new run begins with what the other was answered before STEP was. STEP, and what was asked after it was answered, is
asked anew, effects included; with another input, so is whatever then asks something else. The other run is left as it
is: what it did up to STEP is neither repeated nor undone by the new one, and costs it nothing.

Example:
  counterpoint fork first-review --at riskAssessor-1 --id second-opinion`;

export const addFork: AddCommand = (program, act) => {
  program
    .command('fork')
    .argument('<run>', 'the other run’s id')
    .description('start a new run with the answers of another, up to a step')
    .requiredOption('--at <step>', 'the step that is asked anew')
    .option('--input <file>', 'another input, as for `run` (default: the other run’s)')
    .option('--id <id>', 'the new run’s id; the same id twice starts nothing twice (default: a new one)')
    .option(...startedOptions.wait)
    .option(...startedOptions.yes)
    .option(...startedOptions.verbose)
    .option(...jsonOption)
    .addHelpText('after', help)
    .action(
      act<ForkOptions>((context, [from = ''], { at, input: file, id, ...options }) =>
        withSession(context, async (session) => {
          const { client, config, stores, project } = session;
          const { process, input, ...after } = await toFork(client, project.processes, { runId: from, at });
          const given = file === undefined ? undefined : await readInput(process, file);
          const runId = await startRun(client, {
            process,
            input: given === undefined ? input : await given.store(stores),
            taskQueue: config.taskQueue,
            about: [...(given === undefined ? [] : [given.about]), `fork of ${from} at ${at}`].join(', '),
            after,
            ...(id === undefined ? {} : { runId: id }),
          });
          return afterStart(session, { runId, from, at }, options);
        }),
      ),
    );
};
