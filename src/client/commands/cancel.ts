import { setTimeout as wait } from 'node:timers/promises';
import { describeResult } from '../describe';
import { exitCodes } from '../exit-codes';
import { cancelRun, resultOfRun } from '../runs';
import { withSession } from '../session';
import { jsonOption, type AddCommand } from './command';

const settleWithinMs = 30_000;
const lookEveryMs = 200;

const help = `
What cannot be undone, or nobody knows about, leaves the run \`needsRepair\` with the step named; what keeps failing to
be undone waits in \`inbox\` for the owner of the process, seven days at most. \`repair\` goes on from a cancelled run.

Example:
  counterpoint cancel first-review`;

export const addCancel: AddCommand = (program, act) => {
  program
    .command('cancel')
    .argument('<run>', 'the run’s id')
    .description('stop a run: what is in flight is settled, all it did is undone, newest first, then it ends')
    .option(...jsonOption)
    .addHelpText('after', help)
    .action(
      act<{ readonly json?: true }>((context, [runId = ''], { json }) =>
        withSession(context, async ({ client, terminal }) => {
          const isAsked = await cancelRun(client, runId);
          terminal.say(
            isAsked
              ? 'cancellation requested; what is in flight is settled, then everything is undone'
              : `The run ${runId} has ended already.`,
          );
          for (const deadline = Date.now() + settleWithinMs; Date.now() < deadline;) {
            await wait(lookEveryMs);
            const result = await resultOfRun(client, runId);
            if (result === undefined) continue;
            if (json === true) terminal.printJson({ runId, ...result });
            else terminal.print(describeResult(result));
            return exitCodes.done;
          }
          terminal.say(
            `Still settling and undoing after ${settleWithinMs / 1_000} s; \`counterpoint show ${runId}\` tells what it waits for, and when it has ended.`,
          );
          return exitCodes.done;
        }),
      ),
    );
};
