import { readInput } from '../read-input';
import { startRun } from '../runs';
import { withSession } from '../session';
import { afterStart, startedOptions, type StartedOptions } from '../started-run';
import { toRepair } from '../take-over';
import { jsonOption, type AddCommand } from './command';

interface RepairOptions extends StartedOptions {
  readonly input?: string;
}

const help = `
The run begins again under its own id. What it was answered and what still stands is kept; what failed, was rejected or
was undone is asked anew. For a run that was cancelled, rejected or rolled back, that needs repair, left something out, or
was terminated: after its cause is mended, or with another input. A run that goes on, or has completed, is refused.

Exit codes: 0 the run goes on (--wait: it completed), 2 there is nothing to repair, or the input does not fit, 4 no such
run; with --wait: 10 completedPartially, 11 rejected, 12 rolledBack, 13 outOfBudget, 14 needsRepair.

Example:
  counterpoint repair first-review --wait`;

export const addRepair: AddCommand = (program, act) => {
  program
    .command('repair')
    .argument('<run>', 'the run’s id')
    .description('let a run that has ended without completing go on from what still holds')
    .option('--input <file>', 'another input, as for `run` (default: the run’s own)')
    .option(...startedOptions.wait)
    .option(...startedOptions.yes)
    .option(...startedOptions.verbose)
    .option(...jsonOption)
    .addHelpText('after', help)
    .action(
      act<RepairOptions>((context, [runId = ''], { input: file, ...options }) =>
        withSession(context, async (session) => {
          const { client, config, stores, project } = session;
          const { process, input, ...after } = await toRepair(client, project.processes, runId);
          const given = file === undefined ? undefined : await readInput(process, file);
          await startRun(client, {
            process,
            input: given === undefined ? input : await given.store(stores),
            taskQueue: config.taskQueue,
            about: [...(given === undefined ? [] : [given.about]), `repair of ${runId}`].join(', '),
            after,
            runId,
          });
          return afterStart(session, { runId }, options);
        }),
      ),
    );
};
