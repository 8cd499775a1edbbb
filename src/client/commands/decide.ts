import { readFile } from 'node:fs/promises';
import { Decision, type DecisionReceipt } from '../../contracts/decision';
import { failure } from '../../contracts/failures';
import { issuesOf } from '../../contracts/issues';
import type { RunView, WaitingView } from '../../contracts/run-view';
import { decide } from '../decisions';
import { exitCodes } from '../exit-codes';
import { viewRun } from '../runs';
import { withSession } from '../session';
import { oneLine } from '../terminal';
import { jsonOption, type AddCommand } from './command';

interface DecideOptions {
  readonly approve?: true;
  readonly edit?: string;
  readonly reject?: true;
  readonly retry?: true;
  readonly undoneByHand?: true;
  readonly tryAgain?: true;
  readonly reassign?: string;
  readonly as: string;
  readonly comment?: string;
  readonly blame?: string;
  readonly shown?: string;
  readonly json?: true;
}

const help = `
A waiting step offers some of these; \`show\` and \`inbox\` say which.
  --reject                 no, for good: the run ends and undoes all it did, unless the process provides for a no
  --reject --blame STEP    the answer of STEP is wrong: it is done again, told of the comment, with all that came from
                           it; the rest stands. \`preview RUN --reject STEP\` tells beforehand what that undoes
  --undone-by-hand         about an effect that could not be undone: you have undone it, and the run goes on
  --try-again              the same, or an effect of which nobody knows: try once more

Examples:
  counterpoint decide first-review counselSignOff-1 --approve --as ada
  counterpoint decide first-review counselSignOff-1 --reject --blame riskAssessor-1 --as ada --comment "Too mild."`;

export const addDecide: AddCommand = (program, act) => {
  program
    .command('decide')
    .argument('<run>', 'the run’s id')
    .argument('<step>', 'the waiting step, as `inbox` and `show` name it')
    .description('decide a waiting step')
    .option('--approve', 'approve what is shown')
    .option('--edit <file>', 'approve with this JSON in place of what is shown')
    .option('--reject', 'reject it: for good, or with --blame to have a step done again')
    .option('--retry', 'send the comment back to the agent, which needs --comment (where an agent escalated)')
    .option('--undone-by-hand', 'what could not be undone was undone by a person')
    .option('--try-again', 'what could not be undone, or may not have happened, is tried once more')
    .option('--reassign <role>', 'ask another role')
    .requiredOption('--as <actor>', 'who decides')
    .option('--comment <text>', 'why')
    .option('--blame <step>', 'with --reject: the step whose answer is wrong and is done again')
    .option('--shown <hash>', 'refuse unless this is what is shown (the hash that `show` prints, or its beginning)')
    .option(...jsonOption)
    .addHelpText('after', help)
    .action(
      act<DecideOptions>(async (context, [runId = '', step = ''], options) => {
        if (options.retry === true && options.comment === undefined) {
          throw failure('InvalidInput', '--retry needs --comment TEXT: it is what the agent is told.');
        }
        const kind = await kindOf(options);
        return withSession(context, async ({ client, terminal, up }) => {
          const waiting = waitingStep(await viewRun(client, runId), step);
          if (options.shown !== undefined && waiting?.shown.startsWith(options.shown) === false) {
            throw failure(
              'DecisionRefused',
              `${step} shows something else by now (${waiting.shown}). Look at it again with \`show\`.`,
            );
          }
          const { as: actor, comment } = options;
          // A step that does not wait is sent all the same: the run itself says why it refuses.
          const shown = waiting?.shown ?? '0'.repeat(64);
          const parsed = Decision.safeParse({
            ...kind,
            step,
            shown,
            actor,
            ...(comment === undefined ? {} : { comment }),
          });
          if (!parsed.success) throw failure('InvalidInput', `The decision does not fit: ${issuesOf(parsed.error)}`);
          const receipt = await decide(client, runId, parsed.data);
          if (options.json === true) terminal.printJson({ runId, ...receipt });
          else terminal.print(describeReceipt(receipt, options.blame));
          if (up?.isOwner === true) terminal.say('Nothing keeps the run going: it goes on with `counterpoint up`.');
          return exitCodes.done;
        });
      }),
    );
};

/** What was decided, and what then happens to a step that is blamed. */
export function describeReceipt({ step, decision, actor }: DecisionReceipt, blame: string | undefined): string {
  const decided = `${step}: ${decision} by ${oneLine(actor)}`;
  return blame === undefined ? decided : `${decided}; ${oneLine(blame)} is blamed, and is done again`;
}

/** The decision that the options make; exactly one must be given. */
async function kindOf(options: DecideOptions): Promise<object> {
  const { approve, edit, reject, retry, undoneByHand, tryAgain, reassign, blame } = options;
  const given = [
    ...(approve === true ? [{ decision: 'approve' }] : []),
    ...(edit === undefined ? [] : [{ decision: 'edit', value: await readJson(edit) }]),
    ...(reject === true ? [{ decision: 'reject', ...(blame === undefined ? {} : { blame }) }] : []),
    ...(retry === true ? [{ decision: 'retry' }] : []),
    ...(undoneByHand === true ? [{ decision: 'undoneByHand' }] : []),
    ...(tryAgain === true ? [{ decision: 'tryAgain' }] : []),
    ...(reassign === undefined ? [] : [{ decision: 'reassign', role: reassign }]),
  ];
  const [only] = given;
  if (only === undefined || given.length > 1) {
    throw failure(
      'InvalidInput',
      'Give exactly one of --approve, --edit FILE, --reject, --retry, --undone-by-hand, --try-again, --reassign ROLE.',
    );
  }
  if (blame !== undefined && reject !== true) {
    throw failure('InvalidInput', 'Only a rejection can blame a step: give --blame together with --reject.');
  }
  return only;
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw failure('InvalidInput', `${file} cannot be read as JSON: ${error instanceof Error ? error.message : ''}`, {
      file,
    });
  }
}

function waitingStep({ waiting }: RunView, step: string): WaitingView | undefined {
  return waiting.find((one) => one.step === step);
}
