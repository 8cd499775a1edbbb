import { Option } from 'commander';
import { describeResult, describeRun } from '../describe';
import { describeLineage } from '../describe-lineage';
import { exitCodes } from '../exit-codes';
import { graphOf } from '../graph';
import { lineageAround, lineageOf } from '../lineage';
import { inputsOf } from '../recorded';
import { entryOf, journalOf, resultOfRun, viewRun } from '../runs';
import { withSession, type Session } from '../session';
import { jsonOption, type AddCommand } from './command';

interface ShowOptions {
  readonly graph?: true;
  readonly lineage?: string;
  readonly json?: true;
}

const help = `
A step that no longer counts is \`blamed\` (it was rejected), \`blaming\` (it rejected another) or \`stale\` (it came from what
was rejected). An attempt names the agent and the model, or the person, who made the output, and in brackets the gate that
sent it back or the failure that there was none for. An effect is done, undone, undone by hand, refused (it did not happen) or unknown.

Exit codes: 0 shown, whatever the run came to, 2 with --lineage: the run has no such step, 4 no such run.

Examples:
  counterpoint show first-review
  counterpoint show first-review --lineage reportWriter-1`;

export const addShow: AddCommand = (program, act) => {
  program
    .command('show')
    .argument('<run>', 'the run’s id')
    .description('show a run: its steps, what it spent, what waits, what it came to')
    .addOption(new Option('--graph', 'print its steps as they ran, as a Mermaid flowchart').conflicts('json'))
    .addOption(
      new Option('--lineage <step>', 'print what a step was made from, and what was made from it').conflicts('graph'),
    )
    .option(...jsonOption)
    .addHelpText('after', help)
    .action(
      act<ShowOptions>((context, [runId = ''], options) =>
        withSession(context, async (session) => {
          if (options.lineage === undefined) await show(session, runId, options);
          else await showLineage(session, { runId, step: options.lineage, isJson: options.json === true });
          return exitCodes.done;
        }),
      ),
    );
};

async function show({ client, terminal }: Session, runId: string, { graph, json }: ShowOptions): Promise<void> {
  const view = await viewRun(client, runId);
  if (graph === true) {
    terminal.print(graphOf(view));
    return;
  }
  if (json !== true) terminal.print(describeRun(view));
  const result = await resultOfRun(client, runId);
  if (json === true) terminal.printJson({ ...view, ...(result === undefined ? {} : { result }) });
  else if (result !== undefined) terminal.print(`\n${describeResult(result)}`);
  if (json === true || result === undefined || result.outcome === 'completed') return;
  terminal.print(`To go on from what still holds, once the cause is mended: counterpoint repair ${runId}`);
}

async function showLineage(
  { client, terminal }: Session,
  { runId, step, isJson }: { readonly runId: string; readonly step: string; readonly isJson: boolean },
): Promise<void> {
  const entries = await journalOf(client, runId);
  entryOf(entries, runId, step);
  const { inputs, isWhole } = await inputsOf(client, runId);
  if (!isWhole) terminal.say('The server no longer keeps all that the run went through: links may be missing.');
  const lineage = lineageAround(step, entries, lineageOf(entries, inputs));
  if (isJson) terminal.printJson({ runId, ...lineage, isWhole });
  else terminal.print(describeLineage(lineage, entries));
}
