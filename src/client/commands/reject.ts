import { userInfo } from 'node:os';
import { failure } from '../../contracts/failures';
import { issuesOf } from '../../contracts/issues';
import { StepRejection } from '../../contracts/step-rejection';
import { askYesNo, withPerson } from '../ask-line';
import { previewRejection, rejectStep } from '../decisions';
import { describePreview } from '../describe-rejection';
import { exitCodes } from '../exit-codes';
import { viewRun } from '../runs';
import { withSession } from '../session';
import { oneLine } from '../terminal';
import { jsonOption, type AddCommand } from './command';

interface RejectOptions {
  readonly comment: string;
  readonly as?: string;
  readonly yes?: true;
  readonly json?: true;
}

const help = `
The step is asked again, with the comment. What came from its answer is undone and done again; everything else stands.
A step that waits for a decision is rejected with \`decide\`. At a terminal it first says what it would undo, and asks.

Example:
  counterpoint reject first-review clauseExtractor-3 --comment "The clause continues on page 4." --as ada`;

export const addReject: AddCommand = (program, act) => {
  program
    .command('reject')
    .argument('<run>', 'the run’s id')
    .argument('<step>', 'the answered step that is wrong, as `show` names it')
    .description('reject the answer of a step of a run under way: it is done again, with all that came from it')
    .requiredOption('--comment <text>', 'what is wrong: the step is asked again with it')
    .option('--as <name>', 'who rejects (default: the user’s name on this machine)')
    .option('--yes', 'ask nothing')
    .option(...jsonOption)
    .addHelpText('after', help)
    .action(
      act<RejectOptions>((context, [runId = '', step = ''], { comment, as: actor, yes, json }) => {
        const parsed = StepRejection.safeParse({ step, feedback: comment, actor: actor ?? userInfo().username });
        if (!parsed.success) throw failure('InvalidInput', `The rejection does not fit: ${issuesOf(parsed.error)}`);
        return withSession(context, async ({ client, terminal, up, signal }) => {
          await viewRun(client, runId); // a run that does not answer would keep an Update waiting
          if (terminal.isInteractive && yes !== true) {
            terminal.say(describePreview(await previewRejection(client, runId, step)));
            const goesOn = await withPerson(signal, (askLine) => askYesNo(askLine, `Reject ${oneLine(step)}?`));
            if (!goesOn) {
              terminal.say('Nothing was rejected.');
              return exitCodes.done;
            }
          }
          const receipt = await rejectStep(client, runId, parsed.data);
          if (json === true) terminal.printJson({ runId, ...receipt });
          else
            terminal.print(
              `${receipt.step}: rejected by ${oneLine(parsed.data.actor)}; pass ${receipt.pass} has begun`,
            );
          if (up?.isOwner === true) terminal.say('Nothing keeps the run going: it goes on with `counterpoint up`.');
          return exitCodes.done;
        });
      }),
    );
};
