import { describeWaiting } from '../describe';
import { exitCodes } from '../exit-codes';
import { listWaiting, runsListedMax } from '../runs';
import { withSession } from '../session';
import { oneLine } from '../terminal';
import { jsonOption, type AddCommand } from './command';

export const addInbox: AddCommand = (program, act) => {
  program
    .command('inbox')
    .description('list the steps that wait for a person')
    .option('--role <role>', 'only what waits for this role')
    .option(...jsonOption)
    .action(
      act<{ readonly role?: string; readonly json?: true }>((context, _args, { role, json }) =>
        withSession(context, async ({ client, terminal }) => {
          const { waiting: all, unanswered, isCut } = await listWaiting(client);
          for (const why of unanswered) terminal.say(`not listed: ${oneLine(why)}`);
          if (isCut) terminal.say(`More than ${runsListedMax} runs wait; only those of ${runsListedMax} are listed.`);
          const waiting = role === undefined ? all : all.filter((step) => step.role === role);
          if (json === true) terminal.printJson(waiting);
          else if (waiting.length === 0)
            terminal.print(
              unanswered.length === 0
                ? 'Nothing waits for a decision.'
                : 'Of the runs that answered, none waits for a decision.',
            );
          else
            terminal.print(
              waiting
                .map((step) => `${step.runId}: ${describeWaiting(step.runId, step, step.ifRejected)}`)
                .join('\n\n'),
            );
          return exitCodes.done;
        }),
      ),
    );
};
