import { previewRejection } from '../decisions';
import { describePreview } from '../describe-rejection';
import { exitCodes } from '../exit-codes';
import { viewRun } from '../runs';
import { withSession } from '../session';
import { jsonOption, type AddCommand } from './command';

const help = `
Nothing is undone or asked by this. The step is one that \`show\` lists as answered.

Example:
  counterpoint preview first-review --reject riskAssessor-1`;

export const addPreview: AddCommand = (program, act) => {
  program
    .command('preview')
    .argument('<run>', 'the run’s id')
    .description('tell what a rejection of a step would undo and ask again, at most')
    .requiredOption('--reject <step>', 'the step that would be rejected')
    .option(...jsonOption)
    .addHelpText('after', help)
    .action(
      act<{ readonly reject: string; readonly json?: true }>((context, [runId = ''], { reject, json }) =>
        withSession(context, async ({ client, terminal }) => {
          await viewRun(client, runId); // a run that does not answer would keep an Update waiting
          const preview = await previewRejection(client, runId, reject);
          if (json === true) terminal.printJson({ runId, ...preview });
          else terminal.print(describePreview(preview));
          return exitCodes.done;
        }),
      ),
    );
};
